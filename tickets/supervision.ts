import type { Light } from './deadline.ts'
import { addDays, hour, instantOf, localDate } from './shanghai-time.ts'
import type { Ticket } from './ticket.ts'
import { addWorkingTime, type WorkingCalendar, workingDay } from './working-calendar.ts'

/**
 * Who hears of which light, and when; how a red ticket is reported step by step to somebody higher, until somebody
 * says that they have seen it. tickets/supervision.yaml is what admins edit.
 */
export interface Supervision {
  readonly lights: Readonly<Record<Exclude<Light, 'blue'>, readonly Audience[]>>
  /** A light of which the next summary would tell so late (working hours before the deadline) is told at once. */
  readonly atOnceBelowHours: number
  /** Lowest first, at least one. */
  readonly ladder: readonly Level[]
  readonly summaries: Summaries
  readonly recurrence: {
    /** The same place and category within so many days after it was closed. */
    readonly days: number
    /** Reopened so often it counts as recurring, too. */
    readonly reopenings: number
  }
  readonly weight: Weights
}

/**
 * `owner`: who has it, else the grid workers of the place; a role: all of the place who hold it; `department`: staff
 * of the ticket's department; `community`, `street`: admins of that place; anything else: a name on the roster, or
 * a person id.
 */
export type Audience = string

export interface Level {
  /** Working days after the light turned red; may be 0 and a fraction. */
  readonly after: number
  readonly to: readonly Audience[]
}

export interface Summaries {
  /** Times of day in ms since midnight, in order; none: everything is told at once. */
  readonly at: readonly number[]
  /** Also on days off. */
  readonly everyDay: boolean
  /** Tickets in one message; the others are counted. */
  readonly most: number
  /** Minutes by which one may be late; after that it waits for the next. */
  readonly latest: number
}

/** What makes a ticket weigh. */
export interface Weights {
  readonly high: number
  readonly emergency: number
  readonly supporter: number
  readonly urge: number
  readonly reopening: number
  readonly recurrence: number
  /** From here on it is heavy: told sooner, and its ladder is shorter. */
  readonly heavy: number
  /** A heavy ticket's steps take this share of their time. */
  readonly heavyShare: number
}

type Weighed = Pick<Ticket, 'urgency' | 'supporters' | 'urges' | 'reopenings' | 'recurredFrom'>

/** How much it presses: the sum of what speaks for it. */
export function weightOf(ticket: Weighed, weights: Weights): number {
  const urgency = ticket.urgency === 'normal' ? 0 : weights[ticket.urgency]
  return (
    urgency +
    ticket.supporters.length * weights.supporter +
    ticket.urges * weights.urge +
    ticket.reopenings * weights.reopening +
    (ticket.recurredFrom === undefined ? 0 : weights.recurrence)
  )
}

export function isHeavy(ticket: Weighed, weights: Weights): boolean {
  return weightOf(ticket, weights) >= weights.heavy
}

/** It came back: closed and here again, or reopened too often. */
export function isRecurring(
  ticket: Pick<Ticket, 'reopenings' | 'recurredFrom'>,
  { recurrence }: Supervision,
): boolean {
  return ticket.recurredFrom !== undefined || ticket.reopenings >= recurrence.reopenings
}

/**
 * When the ladder goes one step higher, having told `level` (from 1) at `now`. On top it only looks again a working
 * day later: it still waits for an answer.
 */
export function nextStepAt(
  { ladder, weight }: Supervision,
  calendar: WorkingCalendar,
  ticket: Weighed,
  level: number,
  now: number,
): number {
  const [here, above] = [ladder[level - 1], ladder[level]]
  const days = here && above ? above.after - here.after : 1
  const share = isHeavy(ticket, weight) ? weight.heavyShare : 1
  return addWorkingTime(calendar, now, Math.round(days * share * workingDay))
}

/** When the first step is due for a light that turned red at `now`. */
export function firstStepAt(
  { ladder, weight }: Supervision,
  calendar: WorkingCalendar,
  ticket: Weighed,
  now: number,
): number {
  const share = isHeavy(ticket, weight) ? weight.heavyShare : 1
  const days = ladder[0]?.after ?? 0
  return days === 0 ? now : addWorkingTime(calendar, now, Math.round(days * share * workingDay))
}

/** The longest run of days off, with room to spare. */
const searchLimit = 60

/** The next summary after an instant; undefined when none is wanted. */
export function nextSummaryAt(
  { at, everyDay }: Summaries,
  calendar: WorkingCalendar,
  after: number,
): number | undefined {
  let date = localDate(after)
  for (let step = 0; step < searchLimit; step++, date = addDays(date, 1)) {
    if (!everyDay && !calendar.isWorkingDay(date)) continue
    for (const time of at) {
      const instant = instantOf(date, time)
      if (instant > after) return instant
    }
  }
  return undefined
}

/** The next summary would tell of it when it is nearly, or quite, too late to do something. */
export function wouldComeTooLate(
  { summaries, atOnceBelowHours }: Supervision,
  calendar: WorkingCalendar,
  deadline: number,
  now: number,
): boolean {
  const next = nextSummaryAt(summaries, calendar, now)
  return next === undefined || addWorkingTime(calendar, next, atOnceBelowHours * hour) > deadline
}
