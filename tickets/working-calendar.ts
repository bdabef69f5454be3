import chineseDays from 'chinese-days'
import { addDays, day, hour, instantOf, type LocalDate, localDate, timeOfDay } from './shanghai-time.ts'

/** Default import on purpose: the named ones pass the type checker and crash in Node's module loader. */
const { getDayDetail } = chineseDays

/** Working days with 调休 make-up days, and working time 09:00–18:00 on them. */
export interface WorkingCalendar {
  isWorkingDay(date: LocalDate): boolean
  /** False for years whose official calendar is not known: their weekends are right, their holidays are not. */
  knows(year: number): boolean
}

export interface CalendarExceptions {
  /** Days off of this community, besides the official ones. */
  readonly holidays?: readonly LocalDate[]
  /** Days worked although the official calendar says otherwise. */
  readonly workingDays?: readonly LocalDate[]
}

/** ms since midnight */
export const openingTime = 9 * hour
export const closingTime = 18 * hour
/** The working time of a whole day, ms. */
export const workingDay = closingTime - openingTime
const officialYears = { first: 2004, last: 2026 }
/** More than the longest run of days off with room to spare; a calendar without working days must not hang. */
const searchLimit = 60

export function createWorkingCalendar(exceptions: CalendarExceptions = {}): WorkingCalendar {
  const off = new Set(exceptions.holidays)
  const on = new Set(exceptions.workingDays)
  const ownYears = new Set([...off, ...on].map((date) => Number(date.slice(0, 4))))
  return {
    isWorkingDay: (date) => on.has(date) || (!off.has(date) && isOfficial(date)),
    knows: (year) => (year >= officialYears.first && year <= officialYears.last) || ownYears.has(year),
  }
}

/**
 * The library builds its table, and reads a date, by the clocks of the host: west of UTC both are the day before, so that
 * they still agree, but its days of the week are wrong there. Those are our own.
 */
function isOfficial(date: LocalDate): boolean {
  const { name, work } = getDayDetail(date)
  // Spring Festival,春节,4 is of the table; Friday is not
  if (name.includes(',')) return work
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The Nth working day after `date`; `date` itself does not count. */
export function workingDayAfter(calendar: WorkingCalendar, date: LocalDate, count: number): LocalDate {
  let current = date
  for (let found = 0; found < count; ) {
    current = nextWorkingDay(calendar, current)
    found++
  }
  return current
}

/** Working milliseconds between two instants; 0 when `to` is not after `from`. */
export function workingTime(calendar: WorkingCalendar, from: number, to: number): number {
  let total = 0
  for (let date = localDate(from); instantOf(date, 0) < to; date = addDays(date, 1)) {
    if (!calendar.isWorkingDay(date)) continue
    const start = Math.max(from, instantOf(date, openingTime))
    const end = Math.min(to, instantOf(date, closingTime))
    if (end > start) total += end - start
  }
  return total
}

/** The instant at which `amount` of working time (ms) has passed since `from`. */
export function addWorkingTime(calendar: WorkingCalendar, from: number, amount: number): number {
  let left = amount
  let date = localDate(from)
  let start = Math.max(timeOfDay(from), openingTime)
  for (;;) {
    const room = calendar.isWorkingDay(date) ? Math.max(0, closingTime - start) : 0
    if (left <= room) return instantOf(date, start + left)
    left -= room
    date = nextWorkingDay(calendar, date)
    start = openingTime
  }
}

/** The earliest instant from which `amount` of working time (ms) passes until `from`: 18:00 rather than the next 09:00. */
export function subtractWorkingTime(calendar: WorkingCalendar, from: number, amount: number): number {
  let left = amount
  let date = localDate(from)
  let end = Math.min(timeOfDay(from), closingTime)
  for (;;) {
    const room = calendar.isWorkingDay(date) ? Math.max(0, end - openingTime) : 0
    if (left < room) return instantOf(date, end - left)
    left -= room
    date = nextWorkingDay(calendar, date, -1)
    end = closingTime
  }
}

/** `direction` is 1 for the next one, -1 for the one before. */
function nextWorkingDay(calendar: WorkingCalendar, date: LocalDate, direction: 1 | -1 = 1): LocalDate {
  let current = date
  for (let step = 0; step < searchLimit; step++) {
    current = addDays(current, direction)
    if (calendar.isWorkingDay(current)) return current
  }
  throw new Error(
    `no working day within ${searchLimit} days (${searchLimit * day} ms) ${direction > 0 ? 'after' : 'before'} ${date}: check the holidays in tickets/calendar.yaml`,
  )
}
