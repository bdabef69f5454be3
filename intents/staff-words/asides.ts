import { spaced } from './spaced.ts'

/** What staff say to the bot about orders: how one is said, that a ticket shall be closed, where they work. */
export type StaffAside =
  | { readonly aside: 'how'; readonly of: HowTo }
  | { readonly aside: 'close' }
  | { readonly aside: 'workplace' }

/** The orders that have an example. */
export type HowTo =
  | 'accept'
  | 'complete'
  | 'extend'
  | 'decide'
  | 'hold'
  | 'resume'
  | 'return'
  | 'decline'
  | 'whistle'
  | 'report-for-duty'
  | 'reassign'
  | 'reopen'

const words: readonly (readonly [HowTo, string])[] = [
  ['accept', '接单'],
  ['complete', '办结|结单'],
  ['decide', '不同意延期|同意延期|批准延期|驳回延期'],
  ['extend', '申请延期|延期'],
  ['decline', '不予受理|不受理'],
  ['hold', '挂起|搁置'],
  ['resume', '恢复办理'],
  ['return', '退单|不归我们?管'],
  ['whistle', '吹哨'],
  ['report-for-duty', '报到'],
  ['reassign', '转派|转办|改派|派单'],
  ['reopen', '重办|重新办理|重开'],
]

const how = '(?:怎么|怎样|咋|如何)(?:样|弄|说|写|办|用|操作|才能)?'
const question = /[?？吗呢么]$|什么|哪|几|多少|可以|材料|手续|电话/u
const longest = 30

/** What is said about orders; undefined when it is none of that. */
export function readAside(text: string): StaffAside | undefined {
  const line = spaced(text)
    .replace(/^#\s*/u, '')
    .replace(/[。.!！]+$/u, '')
  if (
    /^(?:销号|销单|关单|关闭工单|关闭)(?:了|吧)?(?=$|[\s\d:：,，])/u.test(line) ||
    /^[\d\s-]{8,}(?:可以)?(?:销号|销单|关单|关闭)(?:了|吧)?$/u.test(line)
  )
    return { aside: 'close' }
  if (/^我们?(?:是|就是|在)[\p{Script=Han}]{2,8}(?:的|工作的|上班的|的工作人员|的人)$/u.test(line))
    return { aside: 'workplace' }
  for (const [of, word] of words)
    if (
      new RegExp(
        `^(?:我?(?:要|想)?)?${how}(?:${word})(?:啊|呀|呢)?[?？]?$|^(?:${word})${how}(?:啊|呀|呢)?[?？]?$`,
        'u',
      ).test(line)
    )
      return { aside: 'how', of }
  return undefined
}

/** An order that begins or ends with its word and could not be read: which one it was meant to be. */
export function unreadOrder(text: string): HowTo | undefined {
  const line = spaced(text)
    .replace(/^#\s*/u, '')
    .replace(/[。.!！]+$/u, '')
  if (line.length > longest || question.test(line)) return undefined
  const bare = line.replace(/^[\d\s,，:：-]+|[\d\s,，:：-]+$/gu, '')
  for (const [of, word] of words)
    if (new RegExp(`^(?:${word})|(?:${word})(?:了|吧)?$`, 'u').test(bare)) return of
  return undefined
}
