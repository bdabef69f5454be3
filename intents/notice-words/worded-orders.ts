import type { NoticeCommand } from '../notice-commands.ts'
import { anyNumber, namedNumber, numberIn } from './number.ts'

/** Orders that carry words: 改 12 …, 更正通知12：…, 不同意 12 理由, 12 已到 幸福里业主群. */
export type WordedOrder =
  | { readonly order: 'revise'; readonly notice?: string; readonly words: string }
  | { readonly order: 'retime'; readonly notice?: string; readonly words: string }
  | { readonly order: 'retarget'; readonly notice?: string; readonly words: string }
  | { readonly order: 'correct'; readonly notice?: string; readonly words: string }
  | { readonly order: 'retract'; readonly notice?: string; readonly words: string }
  | { readonly order: 'refuse'; readonly notice?: string; readonly words: string }
  | {
      readonly order: 'settle'
      readonly notice?: string
      readonly as: 'arrived' | 'again' | 'left'
      /** Which groups, as said; '' for all of them. */
      readonly words: string
    }

interface Form {
  readonly order: Exclude<WordedOrder['order'], 'settle'>
  readonly words: string
  /** Without a number and without 通知, words must be set off (改 …), or may be glued to it (改成…). */
  readonly without: 'never' | 'set-off' | 'glued'
}

const forms: readonly Form[] = [
  {
    order: 'retime',
    words:
      '(?:改|换|调整)(?:发送|一下|下)*(?:的)?时间|(?:发送)?时间(?:改|换|调)(?:到|成|为|一下)?|推迟到|推到|延到|提前到|改到|改成(?=.{2,24}[再才]发[。!！]?$)|定在|定时(?:到|在)?',
    without: 'set-off',
  },
  {
    order: 'retarget',
    words:
      '(?:改|换|调整)(?:发送|一下|下)*(?:的)?(?:范围|对象|群|接收群)|(?:范围|对象)(?:改|换|调)(?:到|成|为)?|(?:改|换)(?:成)?(?:发给|发到)|再?加上?群',
    without: 'set-off',
  },
  {
    order: 'correct',
    words: '更正(?:一下|为|成)?|更证|纠正|勘误|改正|订正',
    without: 'never',
  },
  { order: 'retract', words: '撤回|撤销|撤消|撤[了掉下]|收回|作废|召回', without: 'never' },
  {
    order: 'refuse',
    words: '不同意(?:发送?)?|不批准?|驳回|不通过|不准发?|不行|退回',
    without: 'set-off',
  },
  {
    order: 'revise',
    words:
      '(?:把?(?:内容|文字|正文)?)?(?:修改|更改|改一下|改下|改一改|改成|改为|改作|重写|换成|改(?!到))(?:内容|文字|正文)?(?:成|为)?',
    without: 'set-off',
  },
]

const gap = '[\\s:：,，、。]*'
/** Not by its number. */
const thatOne =
  '(?:(?:刚刚|刚才|刚|上面|上|前面|前|那|这|昨天|今天)?(?:发|一)*(?:的)?(?:那|这|一)?(?:个|条)?(?:的)?通知)'
const off = '[\\s:：,，。]+'

const patterns = forms.map(({ order, words, without }) => ({
  order,
  without,
  /** 改 12 …, 更正通知12：… */
  first: new RegExp(
    `^(?:请|麻烦|帮我|我?要|把)?(?:${words})${gap}${anyNumber}(?<gap>${gap})(?<rest>[\\s\\S]*)$`,
    'iu',
  ),
  /** 12 改成…, 通知12更正：… */
  last: new RegExp(
    `^(?:请|麻烦|帮我|把|将)?${anyNumber}(?:的)?${gap}(?:${words})(?<gap>${gap})(?<rest>[\\s\\S]*)$`,
    'iu',
  ),
  /** 更正通知：…, 撤回刚才那条通知 */
  unnumbered: new RegExp(
    `^(?:请|麻烦|帮我|把)?(?:${words})\\s*${thatOne}(?<gap>${gap})(?<rest>[\\s\\S]*)$`,
    'iu',
  ),
  /** 刚才那条通知作废 */
  thatOne: new RegExp(
    `^(?:请|麻烦|帮我|把)?${thatOne}(?:给我)?(?:${words})(?<gap>${gap})(?<rest>[\\s\\S]*)$`,
    'iu',
  ),
  /** 改 明早9点停水 */
  alone: new RegExp(`^(?:${words})(?<gap>${gap})(?<rest>[\\s\\S]*)$`, 'iu'),
}))

/** @param line as `said`, with narrow digits: a place in one is a place in the other */
export function readWordedOrder(said: string, line: string): NoticeCommand | undefined {
  return readSettling(said, line) ?? readForms(said, line)
}

function readForms(said: string, line: string): NoticeCommand | undefined {
  for (const pattern of patterns) {
    const command = readNumbered(pattern, said, line) ?? readUnnumbered(pattern, said, line)
    if (command) return command
  }
  return undefined
}

type Pattern = (typeof patterns)[number]

function readNumbered(
  { order, first, last }: Pattern,
  said: string,
  line: string,
): NoticeCommand | undefined {
  const begins = first.exec(line)
  const match = begins ?? last.exec(line)
  const { notice, named } = numberIn(match?.groups)
  if (!match || notice === undefined) return undefined
  // 改3天后 and 改12人 count something; 12改天再说 is no order either
  const mayBeGlued = named || (!begins && !/改$/u.test(verbOf(match)))
  return isGlued(match) && !mayBeGlued ? undefined : build(order, notice, rest(said, match), named)
}

function readUnnumbered(pattern: Pattern, said: string, line: string): NoticeCommand | undefined {
  const { order, without } = pattern
  const unnumbered = pattern.unnumbered.exec(line)
  if (unnumbered && (isOneOf(order) || !isGlued(unnumbered)))
    return build(order, undefined, rest(said, unnumbered), true)
  const behind = isOneOf(order) && !/[?？吗么呢]$/u.test(line) ? pattern.thatOne.exec(line) : null
  // 通知作废的那张 is somebody's own
  if (behind && (!isGlued(behind) || /^(?:了|吧|一下)[。!！]?$/u.test(rest(said, behind))))
    return build(order, undefined, isGlued(behind) ? '' : rest(said, behind), true)
  const alone = without === 'never' ? null : pattern.alone.exec(line)
  return alone && standsAlone(order, alone) ? build(order, undefined, rest(said, alone), false) : undefined
}

/** What stands before the words. */
function verbOf(match: RegExpExecArray): string {
  return match[0].slice(0, match[0].length - (match.groups?.['rest']?.length ?? 0))
}

/** 更正通知停水改到后天: what follows 通知 needs no gap. */
function isOneOf(order: WordedOrder['order']): boolean {
  return order === 'correct' || order === 'retract'
}

function isGlued(match: RegExpExecArray): boolean {
  return (match.groups?.['gap'] ?? '') === '' && (match.groups?.['rest'] ?? '') !== ''
}

function standsAlone(order: WordedOrder['order'], match: RegExpExecArray): boolean {
  const [whole = ''] = match
  const after = match.groups?.['rest'] ?? ''
  if (order === 'refuse') return after === '' || !isGlued(match)
  if (order === 'revise' && /^(?:改成|改为|换成|内容改|把)/u.test(whole)) return after !== ''
  if (/^(?:改|换|调整)(?:发送|一下|下)*(?:的)?(?:时间|范围|对象)/u.test(whole)) return true
  if (order === 'retime') return after !== '' && /\d|[一二三四五六七八九十]点|明|后天|周|星期/u.test(after)
  return after !== '' && !isGlued(match)
}

function build(
  order: Form['order'],
  notice: string | undefined,
  words: string,
  sure: boolean,
): NoticeCommand {
  return { command: 'notice', order: { order, ...(notice && { notice }), words }, sure }
}

/** As it was written, with its wide digits. */
function rest(said: string, match: RegExpExecArray): string {
  const length = match.groups?.['rest']?.length ?? 0
  return length === 0 ? '' : said.slice(said.length - length).trim()
}

const arrived = '(?:都|全部?|全都)?(?:已经?)?(?:到(?:了|达|齐)?|收到了?|送达|发到了?|看到了?|有了|在群里了?)'
const again = '(?:都|全部?)?(?:请|要)?(?:补发|重发|再发(?:一?[次遍下])?|重新发(?:送|一[次遍])?|补一?下)'
const left = '(?:都|全部?)?(?:不(?:用|要|必)?(?:再|补|重)?发了?|不补了?|不管了|算了|就这样了?|跳过)'

const settlings = (
  [
    ['arrived', arrived],
    ['again', again],
    ['left', left],
  ] as const
).map(([as, words]) => ({
  as,
  /** 12 已到 幸福里业主群; 通知12补发 */
  numbered: new RegExp(`^${anyNumber}${gap}(?:${words})(?<gap>${gap})(?<rest>.{0,200})$`, 'iu'),
  /** 12 幸福里业主群 已到 */
  between: new RegExp(`^${anyNumber}${off}(?<group>.{2,80}?)${gap}(?:${words})$`, 'iu'),
  /** 补发 12 幸福里业主群; 补发通知12 */
  first: new RegExp(`^(?:${words})${gap}${anyNumber}(?<gap>${gap})(?<rest>.{0,200})$`, 'iu'),
  /** 幸福里业主群 已到 */
  group: new RegExp(`^(?<group>[^\\s].{1,60}?群)${gap}(?:${words})$`, 'iu'),
  /** 补发 幸福里业主群; 已到 */
  alone: new RegExp(`^(?:${words})(?:${off}(?<rest>.{2,200}))?$`, 'iu'),
}))

function readSettling(said: string, line: string): NoticeCommand | undefined {
  if (/[?？吗么]$/u.test(line) || line.length > 240 || line.includes('\n')) return undefined
  const words = line.replace(/[。.!！]+$/u, '')
  for (const { as, numbered, between, first, group, alone } of settlings) {
    const match = numbered.exec(words) ?? between.exec(words) ?? first.exec(words)
    const { notice, named } = numberIn(match?.groups)
    if (match && notice !== undefined && !(isGlued(match) && !named)) {
      const which = match.groups?.['group'] ?? match.groups?.['rest'] ?? ''
      return settle(as, notice, which.trim(), named)
    }
    const unnumbered = group.exec(words)?.groups?.['group'] ?? (alone.test(words) ? '' : undefined)
    if (unnumbered === undefined || (as === 'arrived' && unnumbered === '' && !/^(?:都|全|已)/u.test(words)))
      continue
    return settle(as, undefined, (unnumbered || alone.exec(words)?.groups?.['rest'] || '').trim(), false)
  }
  return undefined

  function settle(
    as: 'arrived' | 'again' | 'left',
    notice: string | undefined,
    which: string,
    sure: boolean,
  ): NoticeCommand {
    // as it was written: names of groups keep their wide digits
    const at = line.indexOf(which)
    const group = said.slice(at, at + which.length)
    return {
      command: 'notice',
      order: { order: 'settle', ...(notice && { notice }), as, words: group },
      sure,
    }
  }
}

/** 通知12：停水改到后天: another wording, a correction, or a new notice? Only they know. */
export const unclearNumber = new RegExp(`^${namedNumber}\\s*[:：]\\s*(?<rest>[\\s\\S]{2,})$`, 'u')
