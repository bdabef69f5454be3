import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { periodAt, periodBefore, reportKinds } from '../../tickets/reports/period.ts'
import { addDays, day, localDate } from '../../tickets/shanghai-time.ts'

const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}+08:00`)

describe('the period that a report is about', () => {
  test.each([
    ['daily', '2026-11-19 00:00:00.000', '2026-11-19', '2026-11-19'],
    ['daily', '2026-11-19 23:59:59.999', '2026-11-19', '2026-11-19'],
    ['weekly', '2026-11-22 23:59:59.999', '2026-11-16', '2026-11-22'],
    ['weekly', '2026-11-23 00:00:00.000', '2026-11-23', '2026-11-29'],
    ['weekly', '2027-01-01 12:00:00.000', '2026-12-28', '2027-01-03'],
    ['half_monthly', '2026-11-15 23:59:59.999', '2026-11-01', '2026-11-15'],
    ['half_monthly', '2026-11-16 00:00:00.000', '2026-11-16', '2026-11-30'],
    ['half_monthly', '2028-02-20 08:00:00.000', '2028-02-16', '2028-02-29'],
    ['monthly', '2026-12-31 23:59:59.999', '2026-12-01', '2026-12-31'],
    ['monthly', '2027-01-01 00:00:00.000', '2027-01-01', '2027-01-31'],
  ] as const)('%s at %s is %s to %s, by the clock of Shanghai', (kind, local, first, last) => {
    const period = periodAt(kind, at(local))
    expect(period).toMatchObject({ first, last })
    expect(period.from).toBe(at(`${first} 00:00:00.000`))
    expect(period.to).toBe(at(`${addDays(last, 1)} 00:00:00.000`))
  })

  test('every instant lies in one period of each kind, and the one before ends where it begins', () => {
    const instants = fc.integer({ min: at('2024-01-01 00:00:00.000'), max: at('2030-01-01 00:00:00.000') })
    fc.assert(
      fc.property(fc.constantFrom(...reportKinds), instants, (kind, instant) => {
        const period = periodAt(kind, instant)
        expect(period.from <= instant && instant < period.to).toBe(true)
        expect(periodAt(kind, period.from)).toEqual(period)
        expect(periodAt(kind, period.to - 1)).toEqual(period)
        const before = periodBefore(period)
        expect(before.to).toBe(period.from)
        expect(periodAt(kind, period.from - 1)).toEqual(before)
      }),
    )
  })

  test('a week has seven days and begins on a Monday', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
        const { from, to, first } = periodAt('weekly', at('2024-01-01 09:00:00.000') + days * day)
        expect((to - from) / day).toBe(7)
        expect(new Date(`${first}T00:00:00Z`).getUTCDay()).toBe(1)
        expect(localDate(from)).toBe(first)
      }),
    )
  })
})
