import type { Urgency } from '../intents/understanding.ts'
import { hour, instantOf, localDate } from './shanghai-time.ts'
import {
  addWorkingTime,
  closingTime,
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

const emergencyTime = 2 * hour

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
  if (urgency === 'emergency') {
    const deadline = openedAt + emergencyTime
    return { deadline, yellowAt: deadline - emergencyTime / 3 }
  }
  const deadline = instantOf(workingDayAfter(calendar, localDate(openedAt), workingDays), closingTime)
  const whole = workingTime(calendar, openedAt, deadline)
  return { deadline, yellowAt: addWorkingTime(calendar, openedAt, Math.ceil((whole * 2) / 3)) }
}

/** Blue while more than a third of the time is left, yellow in the last third, red past the deadline. */
export function lightOf(ticket: Deadline, now: number): Light {
  if (now > ticket.deadline) return 'red'
  return now >= ticket.yellowAt ? 'yellow' : 'blue'
}
