import { addDays, day, hour, instantOf, localDate } from '../../../tickets/shanghai-time.ts'
import type { Instant } from '../../ports/chat.ts'
import type { PartOfDay } from '../rules.ts'
import { timeWordsIn } from './time-words.ts'

/**
 * When what a notice speaks of begins: 8:00 of tomorrow for 明早8点到12点停水.
 *
 * @param said when it is said: 今天 and 明早 are counted from then
 * @returns undefined when it names no time
 */
export function firstMomentIn(
  text: string,
  said: Instant,
  partsOfDay: readonly PartOfDay[],
): Instant | undefined {
  let date = localDate(said)
  let isNamed = false
  let part: PartOfDay | undefined
  for (const word of timeWordsIn(text.normalize('NFKC'), date, partsOfDay)) {
    if (word.kind === 'day') {
      date = word.date
      isNamed = true
    } else if (word.kind === 'part') {
      part = word.part
    } else if (word.kind === 'clock') {
      const at = instantOf(date, inPart(word.time, part))
      // 8点, said at 9:00 without a day: it has begun, or it is tomorrow's
      return !isNamed && at < said - day / 2 ? instantOf(addDays(date, 1), inPart(word.time, part)) : at
    }
  }
  if (part) return instantOf(date, part.from)
  return isNamed ? instantOf(date, 0) : undefined
}

/** 下午2点 is 14:00; 3点, without a word, is in the afternoon. */
function inPart(time: number, part: PartOfDay | undefined): number {
  if (time >= day / 2) return time
  const later = time + day / 2
  if (!part) return time < 6 * hour ? later : time
  return part.to > day / 2 && later >= part.from && later <= part.to + 2 * hour ? later : time
}
