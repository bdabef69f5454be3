import { addDays, type LocalDate, localDate } from '../../../tickets/shanghai-time.ts'
import type { Instant } from '../../ports/chat.ts'

/** 明早 in a text that is read on another day than the one on which it was written. */
export interface MisreadDay {
  /** As written: 明早 */
  readonly word: string
  /** What readers will take it for. */
  readonly readAs: LocalDate
}

const days: Readonly<Record<string, number>> = { 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2, 大: 3 }
const relative = /大后[天日]|[前昨今明后](?:[天日早晚晨]|(?=上午|下午|中午|凌晨|夜里))/u

/** The first word of this kind, when the notice begins on another day; undefined: nobody can misread it. */
export function misreadDay(text: string, written: Instant, begins: Instant): MisreadDay | undefined {
  const to = localDate(begins)
  const word = localDate(written) === to ? undefined : relative.exec(text)?.[0]
  if (word === undefined) return undefined
  const later = days[word[0] ?? ''] ?? 0
  return { word, readAs: addDays(to, later) }
}
