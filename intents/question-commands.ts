/** What staff say about the list of open questions. The words of an answer stay as they were written. */
export type QuestionCommand =
  | { readonly command: 'questions' }
  | (Numbered & Worded & { readonly command: 'answer' })
  | (Numbered & Worded & { readonly command: 'revise' })
  | (Numbered & { readonly command: 'withdraw' })
  | (Numbered & { readonly command: 'dismiss'; readonly reason?: string })
  /** Two commands in one message: which words belong to which answer must not be guessed. */
  | { readonly command: 'several' }

interface Numbered {
  /** Q12; absent when nobody knows which is meant. */
  readonly question?: string
}

interface Worded {
  readonly text: string
  /** 全区: not only for the community in which it was asked. */
  readonly everywhere: boolean
  /** The last day on which it holds, 2026-12-31, as written: it may not exist. */
  readonly until?: string
}

const verbs = {
  answer: '回答|答复|解答|回复',
  revise: '改答|修改答复|修改回答|改答复|更正答复',
  withdraw: '撤答|撤回答复|撤回回答|撤销答复|收回答复',
  dismiss: '忽略|不用答|不必答',
} as const
type Verb = keyof typeof verbs

const list =
  /^(?:问题|(?:还有)?(?:未答|没答|待答|未回答|没回答)(?:的)?(?:问题)?|问题(?:清单|列表)|看(?:看|一下)?问题)[。.!！]?$/u
/** Ｑ１２, q 12, 问题12 */
const number = '(?:[qQｑＱ]\\s*|问题\\s*)(?<number>[0-9０-９]{1,9})(?![0-9０-９-])(?:号|题)?'
const bareNumber = '(?<number>[0-9０-９]{1,9})号?(?=[\\s:：,，]|$)'
const gap = '[\\s:：,，]*'

interface Form {
  readonly verb: Verb
  readonly pattern: RegExp
}

/** The verb with a number, before or behind it; without one it must stand alone, or be set off. 回复 needs one. */
const forms: readonly Form[] = (Object.entries(verbs) as [Verb, string][]).flatMap(([verb, words]) => [
  { verb, pattern: new RegExp(`^(?:${words})${gap}${number}${gap}(?<rest>[\\s\\S]*)$`, 'u') },
  { verb, pattern: new RegExp(`^(?:${words})\\s*${bareNumber}${gap}(?<rest>[\\s\\S]*)$`, 'u') },
  { verb, pattern: new RegExp(`^${number}${gap}(?:${words})${gap}(?<rest>[\\s\\S]*)$`, 'u') },
  { verb, pattern: new RegExp(`^(?!回复)(?:${words})(?:[\\s:：]+(?<rest>[\\s\\S]*))?$`, 'u') },
])

const anyVerb = Object.values(verbs).join('|')
const another = new RegExp(
  `\\n\\s*[#＃]?\\s*(?:(?:${anyVerb})\\s*${unnamed(number)}|${unnamed(number)}${gap}(?:${anyVerb}))`,
  'u',
)

/** `said`: without the leading #. Undefined when it is no such command. */
export function parseQuestionCommand(said: string): QuestionCommand | undefined {
  const line = said.trim()
  if (list.test(line)) return { command: 'questions' }
  for (const { verb, pattern } of forms) {
    const groups = pattern.exec(line)?.groups
    if (!groups) continue
    const rest = (groups['rest'] ?? '').trim()
    if (another.test(`\n${rest}`) || another.test(line)) return { command: 'several' }
    return commandOf(verb, questionId(groups['number']), rest)
  }
  return undefined
}

const flaggedWord = new RegExp(
  `^[#＃]\\s*(?:(?:未答|待答)|问题(?:清单|列表)?\\s*$|(?:${anyVerb})\\s*(?:[qQｑＱ]?\\s*[0-9０-９]|问题\\s*[0-9０-９]))`,
  'u',
)

/** # and such words: meant for the bot. #问题反馈 and #回答一下 are somebody's own. */
export function startsLikeQuestionCommand(text: string): boolean {
  return flaggedWord.test(text.trim())
}

function commandOf(verb: Verb, question: string | undefined, rest: string): QuestionCommand {
  const which = question === undefined ? {} : { question }
  switch (verb) {
    case 'withdraw':
      return { command: 'withdraw', ...which }
    case 'dismiss':
      return { command: 'dismiss', ...which, ...(rest !== '' && { reason: rest }) }
    case 'answer':
    case 'revise':
      return { command: verb, ...which, ...wordsOf(rest) }
  }
}

function questionId(written: string | undefined): string | undefined {
  return written === undefined ? undefined : `Q${Number(halfWidth(written))}`
}

const wide = /^(?:全区|所有社区|全部社区)[\s:：,，]+/u
/** Set off at the end, or named: 缴费从9月1日起至2026-12-31 is part of what is said. */
const validity =
  /(?:(?:^|\s)[（(]?至|[（(]至|[\s，,。；;]*[（(]?有效期?[:：]?[至到]?)\s*(?<year>\d{4})\s*[-年./]\s*(?<month>\d{1,2})\s*[-月./]\s*(?<day>\d{1,2})\s*日?(?:止|为止|有效)?\s*[)）]?[。.]?$/u

function wordsOf(rest: string): Worded {
  const everywhere = wide.test(rest)
  const said = rest.replace(wide, '')
  const found = validity.exec(halfWidth(said))
  if (!found?.groups) return { text: said, everywhere }
  const { year = '', month = '', day = '' } = found.groups
  const until = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  return { text: said.slice(0, found.index).trim(), everywhere, until }
}

/** One character for one, so that places stay. */
function halfWidth(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}

function unnamed(pattern: string): string {
  return pattern.replace('?<number>', '?:')
}
