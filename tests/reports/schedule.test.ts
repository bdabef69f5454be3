import { describe, expect, test } from 'vitest'
import { nextReport, periodOfDue } from '../../tickets/reports/schedule.ts'
import type { Scheduled } from '../../tickets/reports/settings.ts'
import { hour, isoShanghai, minute } from '../../tickets/shanghai-time.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'

const calendar = createWorkingCalendar()
const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}:00+08:00`)
const evening: Scheduled = { at: 17 * hour + 45 * minute, days: 'working', to: ['admin'], picture: false }
const morning: Scheduled = { at: 8 * hour + 40 * minute, days: 'all', to: ['admin'], picture: true }
const due = (...[kind, scheduled, after]: [Parameters<typeof nextReport>[0], Scheduled, string]) => {
  const { day, at: instant } = nextReport(kind, scheduled, calendar, at(after))
  return `${day} ${isoShanghai(instant).slice(0, 16)}`
}

describe('when reports are made by themselves', () => {
  test('the daily one on working days, make-up days among them, never on holidays', () => {
    expect(due('daily', evening, '2026-11-20 17:44')).toBe('2026-11-20 2026-11-20T17:45')
    expect(due('daily', evening, '2026-11-20 17:45')).toBe('2026-11-23 2026-11-23T17:45')
    expect(due('daily', evening, '2026-09-30 18:00')).toBe('2026-10-08 2026-10-08T17:45')
    expect(due('daily', evening, '2026-10-09 18:00')).toBe('2026-10-10 2026-10-10T17:45')
  })

  test('the weekly one on Mondays about the week before', () => {
    expect(due('weekly', morning, '2026-11-20 09:00')).toBe('2026-11-23 2026-11-23T08:40')
    expect(periodOfDue('weekly', '2026-11-23')).toMatchObject({ first: '2026-11-16', last: '2026-11-22' })
  })

  test('the half-monthly one on the 1st and the 16th, the monthly one on the 1st', () => {
    expect(due('half_monthly', morning, '2026-11-01 09:00')).toBe('2026-11-16 2026-11-16T08:40')
    expect(due('half_monthly', morning, '2026-11-16 09:00')).toBe('2026-12-01 2026-12-01T08:40')
    expect(due('monthly', morning, '2026-12-01 08:40')).toBe('2027-01-01 2027-01-01T08:40')
    expect(periodOfDue('half_monthly', '2026-12-01')).toMatchObject({
      first: '2026-11-16',
      last: '2026-11-30',
    })
    expect(periodOfDue('monthly', '2027-01-01')).toMatchObject({ first: '2026-12-01', last: '2026-12-31' })
  })

  test('on a holiday the report that wants a working day waits for the next, and is about the same time', () => {
    const working = { ...morning, days: 'working' as const }
    expect(due('monthly', working, '2026-09-30 09:00')).toBe('2026-10-01 2026-10-08T08:40')
    expect(due('monthly', working, '2026-10-05 09:00')).toBe('2026-10-01 2026-10-08T08:40')
    expect(periodOfDue('monthly', '2026-10-01')).toMatchObject({ first: '2026-09-01', last: '2026-09-30' })
  })

  test('a daily report is about its own day', () => {
    expect(periodOfDue('daily', '2026-11-20')).toMatchObject({ first: '2026-11-20', last: '2026-11-20' })
  })
})
