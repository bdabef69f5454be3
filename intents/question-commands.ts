/** What staff say about the list of open questions. The words of an answer stay as they were written. */
export type QuestionCommand =
  | { readonly command: 'questions' }
  | (Numbered & Worded & { readonly command: 'answer' })
  | (Numbered & Worded & { readonly command: 'revise' })
  | (Numbered & { readonly command: 'withdraw' })
  | (Numbered & { readonly command: 'dismiss'; readonly reason?: string })
  /** A number, and nothing that says what to do with it. */
  | { readonly command: 'question'; readonly question: string }
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
  /** A date at the end that may be meant so, as written: whoever said it has to be asked. */
  readonly unread?: string
}

const verbs = {
  answer: '回答|答复|解答|回复|答',
  revise: '改答|修改答复|修改回答|改答复|更正答复',
  withdraw: '撤答|撤回答复|撤回回答|撤销答复|收回答复',
  dismiss: '忽略|不用答|不必答',
} as const
type Verb = keyof typeof verbs

const list =
  /^(?:问题|(?:还有)?(?:未答|没答|待答|未回答|没回答)(?:的)?(?:问题)?|问题(?:清单|列表)|(?:帮我|给我|我)?看(?:看|一下)?问题)[。.!！]?$/u
/** Ｑ１２, q 12, 问题12 */
const number = '(?:[qQｑＱ]\\s*|问题\\s*)(?<number>[0-9０-９]{1,9})(?![0-9０-９-])(?:号|题)?'
const bareNumber = '(?<number>[0-9０-９]{1,9})号?(?=[\\s:：,，.。、；;)）]|$)'
const gap = '[\\s:：,，]*'
/** What people write behind a number: Q1。 and Q1） are no part of the answer; -5度 and .5元 are. */
const behind = '(?:[\\s:：,，。、；;)）．]|\\.(?!\\d))*'

interface Form {
  readonly verb: Verb
  readonly pattern: RegExp
}

/**
 * The verb with a number, before or behind it; without one it must stand alone, or be set off. 回复 needs one, and
 * 答 even a Q: 答 3 answers the quiz.
 */
const forms: readonly Form[] = (Object.entries(verbs) as [Verb, string][]).flatMap(([verb, words]) => [
  { verb, pattern: new RegExp(`^(?:${words})${gap}${number}${behind}(?<rest>[\\s\\S]*)$`, 'u') },
  {
    verb,
    pattern: new RegExp(
      `^(?!答\\s*[0-9０-９])(?:${words})\\s*${bareNumber}${behind}(?<rest>[\\s\\S]*)$`,
      'u',
    ),
  },
  { verb, pattern: new RegExp(`^${number}${gap}(?:${words})${behind}(?<rest>[\\s\\S]*)$`, 'u') },
  { verb, pattern: new RegExp(`^(?!回复|答(?!复))(?:${words})(?:[\\s:：]+(?<rest>[\\s\\S]*))?$`, 'u') },
])
const numberAlone = new RegExp(`^${number}(?:[\\s:：,，。、；;?？][\\s\\S]*)?$`, 'u')

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
    const { number: written } = groups
    return commandOf(verb, written === undefined ? undefined : questionId(written), rest)
  }
  const alone = numberAlone.exec(line)?.groups?.['number']
  return alone === undefined ? undefined : { command: 'question', question: questionId(alone) }
}

const flaggedWord = new RegExp(
  `^[#＃]\\s*(?:(?:未答|待答)|问题(?:清单|列表)?\\s*$|(?:(?:${anyVerb})\\s*)?(?:[qQｑＱ]|问题)\\s*[0-9０-９]|(?!答\\s*[0-9０-９])(?:${anyVerb})\\s*[0-9０-９])`,
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

function questionId(written: string): string {
  return `Q${Number(halfWidth(written))}`
}

const longestEnd = 80
const wide = /^(?:全区|所有社区|全部社区)[\s:：,，]+/u
/** Set off at the end, or named: 缴费从9月1日起至2026-12-31 is part of what is said. */
const validity =
  /(?:(?:^|\s)[（(]?至|[（(]至|[\s，,。；;]*[（(]?有效期?[:：]?[至到]?)\s*(?<year>\d{4})\s*[-年./]\s*(?<month>\d{1,2})\s*[-月./]\s*(?<day>\d{1,2})\s*[日号]?(?:止|为止|有效)?\s*[)）]?[。.]?$/u
/** 九点至2027-01-01, 至12月31日, 至年底: perhaps how long it holds, perhaps what is said. */
const year = '\\d{4}\\s*[-年./]'
const whole = `${year}\\s*\\d{1,2}\\s*[-月./]\\s*\\d{1,2}\\s*[日号]?`
const inThisYear = '(?:(?:今年|明年|后年)\\s*)?\\d{1,2}月\\s*\\d{1,2}[日号]?'
const monthsEnd = '(?:\\d{4}年|今年|明年|后年|本月|下个?月)?\\s*(?:\\d{1,2}月|年|月)?[底末]'
const unreadDate = new RegExp(
  `(?:[至到]\\s*(?:${whole}|${inThisYear})|[\\s，,。；;]${whole}|\\s[至到]\\s*${monthsEnd})(?:止|为止)?\\s*[)）]?[。.]?$`,
  'u',
)
/** A span: 从9月1日起至2026-12-31. */
const spanBegins = /(?:从|自|起|—|~|～|\d\s*-)[^。；;\n]{0,16}$/u

function wordsOf(rest: string): Worded {
  const everywhere = wide.test(rest)
  const said = rest.replace(wide, '')
  // the last words only: what was pasted may be long
  const before = Math.max(0, said.length - longestEnd)
  const end = halfWidth(said.slice(before))
  const found = validity.exec(end)
  if (!found?.groups) return { text: said, everywhere, ...unreadIn(end) }
  const { year = '', month = '', day = '' } = found.groups
  const until = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
  return { text: said.slice(0, before + found.index).trim(), everywhere, until }
}

function unreadIn(said: string): { readonly unread?: string } {
  const found = unreadDate.exec(said)
  if (!found || spanBegins.test(said.slice(0, found.index))) return {}
  return { unread: found[0].replace(/^[\s，,。；;]+|[)）。.\s]+$/gu, '') }
}

/** One character for one, so that places stay. */
function halfWidth(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
}

function unnamed(pattern: string): string {
  return pattern.replace('?<number>', '?:')
}
