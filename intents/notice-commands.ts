import { normalize } from './normalize.ts'
import { type BareOrder, readBareOrder } from './notice-words/bare-orders.ts'
import { narrow } from './notice-words/number.ts'
import { readWordedOrder, type WordedOrder } from './notice-words/worded-orders.ts'
import { readWriting, type WritingOrder } from './notice-words/writing.ts'

/**
 * What staff say about notices (通知): write, look at it, send, approve, watch, stop, correct. Pure: which places and
 * groups there are, and which notice is meant, others know. Words stay as they were written.
 */
export type NoticeOrder = WritingOrder | WordedOrder | BareOrder

export interface NoticeCommand {
  readonly command: 'notice'
  readonly order: NoticeOrder
  /** Its words can mean nothing but notices; else it depends on whether there is one that fits. */
  readonly sure: boolean
}

/** Longer ones are looked at by whoever takes the text; they are no short order. */
const longestOrder = 60

/** @param text with or without the leading #. Undefined when it speaks of no notice. */
export function parseNoticeCommand(text: string): NoticeCommand | undefined {
  const said = text.trim().replace(/^[#＃]\s*/u, '')
  if (said === '') return undefined
  const line = narrow(said)
  const command = bareIn(line) ?? readWordedOrder(said, line) ?? readWriting(said, line)
  // 不同意 1120-003 再催催
  return command && !command.sure && command.order.order !== 'write' && ticketNumber.test(line)
    ? undefined
    : command
}

const ticketNumber = /(?<!\d)(?:20\d{2})?(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\s?-\s?\d{3,4}(?!\d)/u

function bareIn(line: string): NoticeCommand | undefined {
  if (line.length > longestOrder || line.includes('\n')) return undefined
  // 發送, 進度
  return readBareOrder(line) ?? readBareOrder(normalize(line))
}

const flaggedWord =
  /^[#＃]\s*(?:(?:紧急|加急)?通知(?![书单栏函])|发(?:布|个|一?个|一?条)?通知|群发|(?:更正|撤回|作废|暂停|停止|继续|取消|同意|不同意)通知|(?:确认)?发送\s*\d|(?:取消|更正|撤回|作废|补发|同意|不同意)\s*[Nn]?\d{1,6}(?![\d-]))/u

/** # and a word of notices: meant for the bot, also when the rest cannot be read. */
export function startsLikeNoticeCommand(text: string): boolean {
  return flaggedWord.test(narrow(text.trim()))
}
