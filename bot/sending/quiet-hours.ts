import { addDays, hour, instantOf, localDate, timeOfDay } from '../../tickets/shanghai-time.ts'

/** 22:00–07:00: notices, quizzes and follow-ups wait; answers never do. */
const from = 22 * hour
const to = 7 * hour

export function isQuiet(now: number): boolean {
  const time = timeOfDay(now)
  return time >= from || time < to
}

/** The instant at which what must not disturb may be sent: now, or 07:00. */
export function afterQuietHours(now: number): number {
  if (!isQuiet(now)) return now
  const morning = instantOf(localDate(now), to)
  return morning > now ? morning : instantOf(addDays(localDate(now), 1), to)
}
