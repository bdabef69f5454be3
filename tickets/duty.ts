import { addDays, day, instantOf, type LocalDate, localDate } from './shanghai-time.ts'
import type { WorkingCalendar } from './working-calendar.ts'

/** Who is on duty when: tickets/duty.yaml is what admins edit. Times are those of Shanghai, which has no summer time. */
export interface Duty {
  readonly shifts: readonly Shift[]
  /** Who has an emergency while nobody is on duty, or nobody named is on the roster. */
  readonly fallback: 'grid_worker' | 'grid_leader' | 'department' | 'admin'
}

export interface Shift {
  /** As people call it: 白班, 夜班, 防汛. */
  readonly name: string
  /** The days on which it begins: one fits. */
  readonly on: readonly DutyDay[]
  /** ms since midnight. An end that is not after the beginning lies on the next day. */
  readonly from: number
  readonly to: number
  /** MM-DD, both days counted; it may go over New Year. Looked at on the day on which the shift begins. */
  readonly season?: { readonly from: string; readonly to: string } | undefined
  /** Names or ids of places; without them everywhere. */
  readonly places?: readonly string[] | undefined
  /** Names on the roster, or person ids. */
  readonly people: readonly string[]
}

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export const dayKinds = ['working_day', 'day_off', 'every_day'] as const
/** Or one day: 2026-10-01. */
export type DutyDay = (typeof weekdays)[number] | (typeof dayKinds)[number] | LocalDate

/** A shift that runs, or will. Instants in ms. */
export interface Watch {
  readonly shift: Shift
  readonly from: number
  readonly to: number
}

/**
 * The shifts that run at `at`, in the order of the file; several may run side by side.
 * @param places names and ids of the place in question and of all above it; undefined: it may be anywhere
 */
export function watchesAt(
  { shifts }: Duty,
  calendar: WorkingCalendar,
  at: number,
  places: ReadonlySet<string> | undefined,
): readonly Watch[] {
  const today = localDate(at)
  return shifts.flatMap((shift) =>
    // the night of yesterday is not over in the morning
    [addDays(today, -1), today]
      .map((date) => watchOn(shift, date))
      .filter(({ from, to }) => from <= at && at < to)
      .filter(({ from }) => begins(shift, localDate(from), calendar) && isFor(shift, places)),
  )
}

/** More than the longest holiday: a roster with a season only is not searched for a year. */
const searchedDays = 14

/** The shifts that begin next, all at the same instant; none within two weeks: []. */
export function nextWatches(
  { shifts }: Duty,
  calendar: WorkingCalendar,
  at: number,
  places: ReadonlySet<string> | undefined,
): readonly Watch[] {
  const here = shifts.filter((shift) => isFor(shift, places))
  let date = localDate(at)
  for (let step = 0; step <= searchedDays; step++, date = addDays(date, 1)) {
    const later = here
      .filter((shift) => begins(shift, date, calendar))
      .map((shift) => watchOn(shift, date))
      .filter(({ from }) => from > at)
    const soonest = Math.min(...later.map(({ from }) => from))
    if (later.length > 0) return later.filter(({ from }) => from === soonest)
  }
  return []
}

function watchOn(shift: Shift, date: LocalDate): Watch {
  const ends = shift.to > shift.from ? shift.to : shift.to + day
  return { shift, from: instantOf(date, shift.from), to: instantOf(date, ends) }
}

function begins({ on, season }: Shift, date: LocalDate, calendar: WorkingCalendar): boolean {
  return on.some((each) => isDay(each, date, calendar)) && (!season || isInSeason(season, date.slice(5)))
}

function isDay(wanted: DutyDay, date: LocalDate, calendar: WorkingCalendar): boolean {
  switch (wanted) {
    case 'every_day':
      return true
    case 'working_day':
      return calendar.isWorkingDay(date)
    case 'day_off':
      return !calendar.isWorkingDay(date)
    default:
      return wanted === date || wanted === weekdays[new Date(`${date}T00:00:00.000Z`).getUTCDay()]
  }
}

/** 06-01 to 09-30; 11-15 to 03-15 goes over New Year. */
function isInSeason({ from, to }: NonNullable<Shift['season']>, monthDay: string): boolean {
  return from <= to ? from <= monthDay && monthDay <= to : monthDay >= from || monthDay <= to
}

function isFor({ places }: Shift, here: ReadonlySet<string> | undefined): boolean {
  return places === undefined || here === undefined || places.some((place) => here.has(place))
}
