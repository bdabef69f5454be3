import { localDate } from '../../tickets/shanghai-time.ts'
import type { WorkingCalendar } from '../../tickets/working-calendar.ts'

/** Says once a year that deadlines are counted in it without its holidays. */
export function warningCalendar(calendar: WorkingCalendar, warn: (line: string) => void): WorkingCalendar {
  const told = new Set<number>()
  return {
    knows: (year) => calendar.knows(year),
    isWorkingDay(date) {
      const year = Number(date.slice(0, 4))
      if (!calendar.knows(year) && !told.has(year)) {
        told.add(year)
        warn(unknownYear(year))
      }
      return calendar.isWorkingDay(date)
    },
  }
}

/** What to tell at start: next year's calendar is published in November, and unknown before to everybody. */
export function calendarWarning(calendar: WorkingCalendar, now: number): string | undefined {
  const [year = 0, month = 0] = localDate(now).split('-').map(Number)
  const needed = month >= 11 ? [year, year + 1] : [year]
  const unknown = needed.find((each) => !calendar.knows(each))
  return unknown === undefined ? undefined : unknownYear(unknown)
}

function unknownYear(year: number): string {
  return `calendar: the holidays of ${year} are not known, deadlines ignore them: write them into tickets/calendar.yaml, or update LinLi`
}
