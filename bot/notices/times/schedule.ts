import { Cron } from 'croner'
import { day, hour, isoShanghai, localDate } from '../../../tickets/shanghai-time.ts'
import type { WorkingCalendar } from '../../../tickets/working-calendar.ts'
import type { Instant } from '../../ports/chat.ts'
import { afterQuietHours } from '../../sending/quiet-hours.ts'
import type { Repeat } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import type { NoticeRules } from '../rules.ts'
import { lastMomentIn, overBefore } from './last-moment.ts'

/** When a notice begins, when it is over, and when it comes again. */

/** At its time, and not while people sleep, unless it is an emergency. */
export function beginAt(
  now: Instant,
  { sendAt, emergency }: { readonly sendAt?: Instant | undefined; readonly emergency: boolean },
): Instant {
  const wanted = Math.max(now, sendAt ?? now)
  return emergency ? wanted : afterQuietHours(wanted)
}

export interface Schedule {
  readonly sendAt?: Instant | undefined
  readonly expiresAt?: Instant | undefined
  readonly repeat?: Repeat | undefined
  /** Absent: not looked at, as if it passed the quiet hours. */
  readonly emergency?: boolean | undefined
}

/** A clock of a phone may be a little behind, and typing takes a while. */
const tolerance = 60_000

/** @throws NoticeRefusedError in-the-past, ends-before-it-begins, too-far, bad-repeat */
export function assertSchedule(now: Instant, schedule: Schedule, rules: Pick<NoticeRules, 'farthest'>): void {
  const { sendAt, expiresAt, repeat, emergency = true } = schedule
  // a repeat has begun at its start, and goes on
  if (sendAt !== undefined && !repeat && sendAt < now - tolerance)
    throw new NoticeRefusedError(
      { kind: 'in-the-past', at: sendAt },
      `${isoShanghai(sendAt)} is over: expected a time to come, or none for at once`,
    )
  if (sendAt !== undefined && sendAt > now + rules.farthest * day)
    throw new NoticeRefusedError(
      { kind: 'too-far', days: rules.farthest },
      `${isoShanghai(sendAt)} is too far: expected at most ${rules.farthest} days ahead (tickets/notices.yaml)`,
    )
  const begins = beginAt(now, { sendAt, emergency })
  if (expiresAt !== undefined && !repeat && expiresAt <= begins) throw endsBefore(begins, expiresAt)
  if (repeat) assertRepeat(now, repeat)
}

/** More often than that, it is no notice but a nuisance, ms. */
const leastApart = hour
/** That many in a row are looked at. */
const looked = 60

function assertRepeat(now: Instant, repeat: Repeat): void {
  const next = cronOf(repeat)
    .nextRuns(looked, new Date(now))
    .map((run) => run.getTime())
  const [first] = next
  if (first === undefined) throw badRepeat(repeat, 'there is no such day')
  if (next.some((at, each) => each > 0 && at - (next[each - 1] ?? 0) < leastApart))
    throw badRepeat(repeat, 'expected at least an hour between two times')
  if (repeat.until !== undefined && repeat.until < first)
    throw new NoticeRefusedError(
      { kind: 'ends-before-it-begins', sendAt: first, expiresAt: repeat.until },
      `it would begin at ${isoShanghai(first)} for the first time, after its end at ${isoShanghai(repeat.until)}`,
    )
}

function cronOf(repeat: Repeat): Cron {
  if (repeat.cron.trim().split(/\s+/u).length !== 5) throw badRepeat(repeat, 'there are not five fields')
  try {
    return new Cron(repeat.cron, { timezone: 'Asia/Shanghai', mode: '5-part' })
  } catch (error) {
    throw badRepeat(repeat, error instanceof Error ? error.message : String(error), error)
  }
}

function badRepeat({ cron }: Repeat, why: string, cause?: unknown): NoticeRefusedError {
  const error = new NoticeRefusedError(
    { kind: 'bad-repeat', cron },
    `expected minute, hour, day of month, month, day of week, for example "30 8 * * 1"; ${JSON.stringify(cron)}: ${why}`,
  )
  if (cause !== undefined) error.cause = cause
  return error
}

/** A working day is found within so many days, or there is none: 1月1日 is a holiday every year. */
const searched = 2 * 366 * day

/**
 * The next time after an instant, Asia/Shanghai, before the quiet hours put it off; undefined when there is none. In years that the calendar does not know,
 * its weekends are right and its holidays are not (it warns of that itself).
 *
 * @throws NoticeRefusedError bad-repeat
 */
export function nextTime(
  repeat: Repeat,
  after: Instant,
  calendar: WorkingCalendar,
  emergency = false,
): Instant | undefined {
  const cron = cronOf(repeat)
  const last = Math.min(repeat.until ?? Number.POSITIVE_INFINITY, lastTried(repeat, after))
  for (let at = after; ; ) {
    const next = cron.nextRun(new Date(at))?.getTime()
    // the second: a clock that does not go on must not hang the bot
    if (next === undefined || next <= at || next > last) return undefined
    // 22:30 of a Friday is read on Saturday, when the quiet hours are over
    const read = beginAt(next, { sendAt: next, emergency })
    if (!repeat.workingDaysOnly || calendar.isWorkingDay(localDate(read))) return next
    at = next
  }
}

function lastTried({ workingDaysOnly }: Repeat, after: Instant): Instant {
  return workingDaysOnly ? after + searched : Number.POSITIVE_INFINITY
}

/**
 * The first time, and not before its start when it has one; undefined when there is none, or no repeat and no start.
 *
 * @throws NoticeRefusedError bad-repeat
 */
export function firstTime(
  { repeat, sendAt, emergency }: Pick<Schedule, 'repeat' | 'sendAt' | 'emergency'>,
  now: Instant,
  calendar: WorkingCalendar,
): Instant | undefined {
  if (!repeat) return sendAt
  // its start counts as well: a round at that very minute is the first one
  const next = nextTime(repeat, Math.max(now, (sendAt ?? now) - 1), calendar, emergency)
  if (next !== undefined) return next
  throw new NoticeRefusedError({ kind: 'bad-repeat', cron: repeat.cron }, `${repeat.cron} has no next time`)
}

/**
 * When it is over, if nobody says so: at the end of the time its words speak of (明早8点到12点), else after the usual time.
 *
 * @param notice `begins`: when it will begin; `said`: from when 今天 and 明早 are counted, the time that it is written for:
 *   now, when it is not scheduled
 * @throws NoticeRefusedError ends-before-it-begins when all that its words speak of is over by then
 */
export function defaultExpiry(
  {
    text,
    begins,
    said,
  }: { readonly text: string; readonly begins: Instant; readonly said?: Instant | undefined },
  now: Instant,
  rules: Pick<NoticeRules, 'lasts' | 'partsOfDay'>,
): Instant {
  const over = overBefore({ text, begins, said: said ?? now, written: now }, rules.partsOfDay)
  if (over !== undefined) throw endsBefore(begins, over)
  return lastMomentIn(text, said ?? now, rules.partsOfDay) ?? begins + rules.lasts
}

/** @throws NoticeRefusedError ends-before-it-begins, too-far */
export function assertEnd(
  expiresAt: Instant | undefined,
  begins: Instant,
  { farthest }: Pick<NoticeRules, 'farthest'>,
): void {
  if (expiresAt === undefined) return
  if (expiresAt <= begins) throw endsBefore(begins, expiresAt)
  if (expiresAt > begins + farthest * day)
    throw new NoticeRefusedError(
      { kind: 'too-far', days: farthest },
      `its end at ${isoShanghai(expiresAt)} is too far: expected at most ${farthest} days after its beginning at ${isoShanghai(begins)} (tickets/notices.yaml)`,
    )
}

function endsBefore(sendAt: Instant, expiresAt: Instant): NoticeRefusedError {
  return new NoticeRefusedError(
    { kind: 'ends-before-it-begins', sendAt, expiresAt },
    `it would begin at ${isoShanghai(sendAt)}, when it is over since ${isoShanghai(expiresAt)}: give it an earlier time or a later end`,
  )
}
