import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  day,
  instantOf,
  isoShanghai,
  localDate,
  plainDateTime,
  timeOfDay,
} from '../../tickets/shanghai-time.ts'

const instant = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2099, 11, 31) })

/** The zone as the runtime itself knows it. */
const runtime = new Intl.DateTimeFormat('sv-SE', {
  ...{ timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
})

describe('time is that of Shanghai, whatever the machine says', () => {
  test('an instant is its day and its time of day', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(instantOf(localDate(at), timeOfDay(at))).toBe(at)
        expect(timeOfDay(at)).toBeGreaterThanOrEqual(0)
        expect(timeOfDay(at)).toBeLessThan(day)
      }),
    )
  })

  test('the written form has milliseconds and +08:00, names the instant, and agrees with the time zone data', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const written = isoShanghai(at)
        expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/)
        expect(Date.parse(written)).toBe(at)
        expect(written.slice(0, 19).replace('T', ' ')).toBe(runtime.format(at))
      }),
    )
  })

  test('adding days and taking them away again changes nothing, over leap days and new years', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -2000, max: 2000 }), (at, days) => {
        const date = localDate(at)
        expect(addDays(addDays(date, days), -days)).toBe(date)
        expect(instantOf(addDays(date, days), 0) - instantOf(date, 0)).toBe(days * day)
      }),
    )
  })

  test('a day begins at midnight', () => {
    expect(localDate(Date.parse('2026-11-18T00:00:00+08:00'))).toBe('2026-11-18')
    expect(localDate(Date.parse('2026-11-18T00:00:00+08:00') - 1)).toBe('2026-11-17')
  })

  test('residents read month, day and time', () => {
    expect(plainDateTime(Date.parse('2026-01-05T09:07:00+08:00'))).toBe('1月5日09:07')
  })
})
