/**
 * Wall-clock arithmetic in Asia/Shanghai. China has had one offset and no daylight saving since 1991, so a
 * fixed shift is exact and needs no time zone data of the machine.
 */
const offset = 8 * 3_600_000
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** 2026-11-18 */
export type LocalDate = string

/** The calendar day of an instant (ms since 1970). */
export function localDate(at: number): LocalDate {
  return new Date(at + offset).toISOString().slice(0, 10)
}

/** Milliseconds since local midnight. */
export function timeOfDay(at: number): number {
  return (((at + offset) % day) + day) % day
}

/** The instant of a local day at a time of day in milliseconds. */
export function instantOf(date: LocalDate, time: number): number {
  return Date.parse(`${date}T00:00:00.000Z`) - offset + time
}

/** The next instant after `now` at which it is this time of day (ms). */
export function nextTime(time: number, now: number): number {
  const today = instantOf(localDate(now), time)
  return today > now ? today : instantOf(addDays(localDate(now), 1), time)
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * day).toISOString().slice(0, 10)
}

/** 2026-11-18T09:00:00.000+08:00 */
export function isoShanghai(at: number): string {
  return new Date(at + offset).toISOString().replace('Z', '+08:00')
}

/** 11月23日18:00, as residents read it. */
export function plainDateTime(at: number): string {
  return `${plainDate(at)}${isoShanghai(at).slice(11, 16)}`
}

/** 11月23日 */
export function plainDate(at: number): string {
  const [, month, dayOfMonth] = localDate(at).split('-')
  return `${Number(month)}月${Number(dayOfMonth)}日`
}
