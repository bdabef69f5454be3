import { addDays, instantOf, type LocalDate, localDate } from '../shanghai-time.ts'
import type { WorkingCalendar } from '../working-calendar.ts'
import { type Period, periodBefore, periodOfDay, type ReportKind } from './period.ts'
import type { Scheduled } from './settings.ts'

/** When reports are made by themselves. */
export interface ReportDue {
  /** The day on which it is due by its rule; a holiday may move the instant to a later one. */
  readonly day: LocalDate
  readonly at: number
}

/** A holiday may move a report by so many days; months are the longest step. */
const farthestMoved = 30
const farthestAhead = 70

/** The first one after this instant. @throws Error when the calendar has no working days */
export function nextReport(
  kind: ReportKind,
  scheduled: Scheduled,
  calendar: WorkingCalendar,
  after: number,
): ReportDue {
  const today = localDate(after)
  for (let step = -farthestMoved; step <= farthestAhead; step++) {
    const day = addDays(today, step)
    if (!isDueOn(kind, scheduled, calendar, day)) continue
    const at = instantOf(sendingDay(scheduled, calendar, day), scheduled.at)
    if (at > after) return { day, at }
  }
  throw new Error(
    `no ${kind} report is due within ${farthestAhead} days after ${today}: check the holidays in tickets/calendar.yaml`,
  )
}

/** The daily one is about its own day, the others about the period that has just ended. */
export function periodOfDue(kind: ReportKind, day: LocalDate): Period {
  const period = periodOfDay(kind, day)
  return kind === 'daily' ? period : periodBefore(period)
}

function isDueOn(kind: ReportKind, { days }: Scheduled, calendar: WorkingCalendar, day: LocalDate): boolean {
  if (kind === 'daily') return days === 'all' || calendar.isWorkingDay(day)
  return periodOfDay(kind, day).first === day
}

function sendingDay({ days }: Scheduled, calendar: WorkingCalendar, day: LocalDate): LocalDate {
  if (days === 'all') return day
  for (let step = 0; step < farthestMoved; step++)
    if (calendar.isWorkingDay(addDays(day, step))) return addDays(day, step)
  return day
}
