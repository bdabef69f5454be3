import type { Urgency } from '../intents/understanding.ts'
import { hour, instantOf, localDate } from './shanghai-time.ts'
import {
  addWorkingTime,
  closingTime,
  subtractWorkingTime,
  type WorkingCalendar,
  workingDayAfter,
  workingTime,
} from './working-calendar.ts'

/** When a ticket is due and when its light turns; all instants in ms. */
export interface Deadline {
  readonly deadline: number
  readonly yellowAt: number
}

export type Light = 'blue' | 'yellow' | 'red'

/** What is left of a ticket's time, in ms: of working time, of an emergency by the clock. Negative when it is over. */
export interface TimeLeft {
  readonly left: number
  readonly leftToYellow: number
}

/** A ticket, as far as its time is concerned. */
type Timed = Deadline & { readonly urgency: Urgency }

const emergencyTime = 2 * hour
/** After "not satisfied" there is this share of the first time: whole days, at least one; of an emergency, the hours. */
const reopenedShare = 0.5

/**
 * The opening day does not count; due at 18:00 on the Nth working day. An emergency has 2 hours by the clock.
 * Yellow begins where a third of the time from opening to deadline is left.
 */
export function deadlineOf(
  calendar: WorkingCalendar,
  openedAt: number,
  workingDays: number,
  urgency: Urgency,
): Deadline {
  if (urgency === 'emergency') return byTheClock(openedAt, emergencyTime)
  const deadline = instantOf(workingDayAfter(calendar, localDate(openedAt), workingDays), closingTime)
  const whole = workingTime(calendar, openedAt, deadline)
  return { deadline, yellowAt: addWorkingTime(calendar, openedAt, Math.ceil((whole * 2) / 3)) }
}

/**
 * What is left at `now`, to be kept while the ticket is on hold. An overdue ticket has at least 1 ms less than
 * nothing, also when no working time has passed since its deadline: a hold makes nothing good.
 */
export function timeLeft(calendar: WorkingCalendar, ticket: Timed, now: number): TimeLeft {
  const span = (from: number, to: number) =>
    ticket.urgency === 'emergency' ? to - from : workingTime(calendar, from, to)
  const until = (instant: number) => (now > instant ? -Math.max(1, span(instant, now)) : span(now, instant))
  return { left: until(ticket.deadline), leftToYellow: until(ticket.yellowAt) }
}

/**
 * The ticket goes on at `now` with what was left. What was yellow or red stays so: its deadline then lies as much
 * working time in the past as it was overdue when the hold began.
 */
export function deadlineAfterHold(
  calendar: WorkingCalendar,
  hold: TimeLeft,
  now: number,
  urgency: Urgency,
): Deadline {
  const after = (left: number) => {
    if (urgency === 'emergency') return now + left
    return left > 0 ? addWorkingTime(calendar, now, left) : subtractWorkingTime(calendar, now, -left)
  }
  return { deadline: after(hold.left), yellowAt: after(hold.leftToYellow) }
}

/**
 * 18:00 on the Nth working day after the day of the present deadline. The last third grows with the whole: it is
 * what it was and a third of what was added, whether the ticket was on hold or reopened before. An emergency that
 * is extended has working days from then on.
 */
export function extendedDeadline(calendar: WorkingCalendar, ticket: Deadline, days: number): Deadline {
  const deadline = instantOf(workingDayAfter(calendar, localDate(ticket.deadline), days), closingTime)
  const third = workingTime(calendar, ticket.yellowAt, ticket.deadline)
  const added = workingTime(calendar, ticket.deadline, deadline)
  return { deadline, yellowAt: subtractWorkingTime(calendar, deadline, third + Math.floor(added / 3)) }
}

/** Shorter than the first time: half of the category's working days, one at least; of an emergency, an hour. */
export function reopenedDeadline(
  calendar: WorkingCalendar,
  now: number,
  workingDays: number,
  urgency: Urgency,
): Deadline {
  if (urgency === 'emergency') return byTheClock(now, emergencyTime * reopenedShare)
  return deadlineOf(calendar, now, Math.max(1, Math.floor(workingDays * reopenedShare)), urgency)
}

function byTheClock(from: number, whole: number): Deadline {
  const deadline = from + whole
  return { deadline, yellowAt: deadline - whole / 3 }
}

/** Blue while more than a third of the time is left, yellow in the last third, red past the deadline; on hold as it was. */
export function lightOf(ticket: Deadline & { readonly hold?: TimeLeft }, now: number): Light {
  // what is left goes below nothing once it is over: see timeLeft
  if (ticket.hold) return ticket.hold.left < 0 ? 'red' : ticket.hold.leftToYellow > 0 ? 'blue' : 'yellow'
  if (now > ticket.deadline) return 'red'
  return now >= ticket.yellowAt ? 'yellow' : 'blue'
}
