import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../../adapters/files/project-root.ts'
import type { Repeat } from '../../../bot/notices/notice.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import {
  assertEnd,
  assertSchedule,
  beginAt,
  firstTime,
  nextTime,
} from '../../../bot/notices/times/schedule.ts'
import { afterQuietHours, isQuiet } from '../../../bot/sending/quiet-hours.ts'
import { day, hour, isoShanghai, localDate, minute, timeOfDay } from '../../../tickets/shanghai-time.ts'
import { createWorkingCalendar } from '../../../tickets/working-calendar.ts'
import { instant } from '../stage.ts'

const calendar = createWorkingCalendar()
const rules = { farthest: 90 }
const now = instant('2026-11-20 10:00')

function weekly(cron: string, more: Partial<Repeat> = {}): Repeat {
  return { cron, words: '每周', workingDaysOnly: false, ...more }
}

function faultOf(work: () => unknown): object | undefined {
  try {
    work()
  } catch (error) {
    if (error instanceof NoticeRefusedError) return error.fault
    throw error
  }
  return undefined
}

function shown(at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoShanghai(at).slice(0, 16).replace('T', ' ')
}

describe('when a notice begins', () => {
  it.each([
    ['2026-11-20 10:00', undefined, false, '2026-11-20 10:00'],
    ['2026-11-20 22:30', undefined, false, '2026-11-21 07:00'],
    ['2026-11-20 22:30', undefined, true, '2026-11-20 22:30'],
    ['2026-11-20 03:00', undefined, false, '2026-11-20 07:00'],
    ['2026-11-20 10:00', '2026-11-21 06:30', false, '2026-11-21 07:00'],
    ['2026-11-20 10:00', '2026-11-21 06:30', true, '2026-11-21 06:30'],
    ['2026-11-20 10:00', '2026-11-20 09:59', false, '2026-11-20 10:00'],
    ['2026-11-20 10:00', '2026-11-20 21:59', false, '2026-11-20 21:59'],
  ])('written %s for %s, emergency %s: begins %s', (written, sendAt, emergency, begins) => {
    const at = sendAt === undefined ? undefined : instant(sendAt)
    expect(shown(beginAt(instant(written), { sendAt: at, emergency }))).toBe(begins)
  })

  it('is never in quiet hours, unless it is an emergency, and never before it was written', () => {
    const instants = fc.integer({ min: instant('2026-01-01 00:00'), max: instant('2028-12-31 00:00') })
    fc.assert(
      fc.property(instants, instants, fc.boolean(), (written, sendAt, emergency) => {
        const begins = beginAt(written, { sendAt, emergency })
        expect(begins).toBeGreaterThanOrEqual(Math.max(written, sendAt))
        if (!emergency) expect(isQuiet(begins)).toBe(false)
        expect(begins - Math.max(written, sendAt)).toBeLessThanOrEqual(emergency ? 0 : 9 * hour)
      }),
    )
  })
})

describe('a schedule that cannot be kept is refused', () => {
  it.each([
    ['a time that is over', { sendAt: now - hour }, 'in-the-past'],
    ['a time too far away', { sendAt: now + 91 * day }, 'too-far'],
    ['an end before its beginning', { sendAt: now + day, expiresAt: now + hour }, 'ends-before-it-begins'],
    ['an end that is over', { expiresAt: now - 1 }, 'ends-before-it-begins'],
    [
      'an end in the night that it waits through',
      { sendAt: instant('2026-11-20 22:30'), expiresAt: instant('2026-11-21 06:00'), emergency: false },
      'ends-before-it-begins',
    ],
    ['words instead of cron', { repeat: weekly('每周一早上') }, 'bad-repeat'],
    ['a field too many', { repeat: weekly('0 30 8 * * 1') }, 'bad-repeat'],
    ['a field too few', { repeat: weekly('30 8 * *') }, 'bad-repeat'],
    ['an hour that no day has', { repeat: weekly('0 25 * * *') }, 'bad-repeat'],
    ['a day that no month has', { repeat: weekly('0 9 31 2 *') }, 'bad-repeat'],
    ['every minute', { repeat: weekly('* * * * *') }, 'bad-repeat'],
    ['twice within an hour', { repeat: weekly('0,30 9 * * *') }, 'bad-repeat'],
    ['a nickname', { repeat: weekly('@daily') }, 'bad-repeat'],
    [
      'a repeat that ends before its first time',
      { repeat: weekly('30 8 * * 1', { until: instant('2026-11-22 00:00') }) },
      'ends-before-it-begins',
    ],
  ])('%s', (_, schedule, kind) => {
    expect(faultOf(() => assertSchedule(now, schedule, rules))).toMatchObject({ kind })
  })

  it.each([
    ['at once', {}],
    ['a clock that is a little slow', { sendAt: now - 30_000 }],
    ['the last lawful day', { sendAt: now + 90 * day, expiresAt: now + 91 * day }],
    [
      'an emergency in the night',
      { sendAt: instant('2026-11-20 22:30'), expiresAt: instant('2026-11-21 06:00'), emergency: true },
    ],
    ['every Monday', { repeat: weekly('30 8 * * 1') }],
    ['twice a day', { repeat: weekly('0 8,18 * * *') }],
    ['once a year', { repeat: weekly('0 9 1 6 *') }],
  ])('%s is lawful', (_, schedule) => {
    expect(faultOf(() => assertSchedule(now, schedule, rules))).toBeUndefined()
  })
})

describe('the next time of a repeated notice', () => {
  it.each([
    ['30 8 * * 1', '2026-11-20 10:00', '2026-11-23 08:30'],
    ['30 8 * * 1', '2026-11-23 08:29', '2026-11-23 08:30'],
    ['30 8 * * 1', '2026-11-23 08:30', '2026-11-30 08:30'],
    ['0 9 1 * *', '2026-12-15 00:00', '2027-01-01 09:00'],
    ['0 9 29 2 *', '2026-12-15 00:00', '2028-02-29 09:00'],
    ['0 7 * * *', '2026-12-31 23:59', '2027-01-01 07:00'],
  ])('%s after %s is %s, by the clocks of Shanghai', (cron, after, next) => {
    expect(shown(nextTime(weekly(cron), instant(after), calendar))).toBe(next)
  })

  it('on working days only, it leaves out holidays and takes the make-up days', () => {
    // National Day 2026: 1 to 7 October are off, Saturday 10 October is worked
    const days: string[] = []
    const repeat = weekly('0 9 * * *', { workingDaysOnly: true })
    for (let at = instant('2026-09-30 10:00'); days.length < 4; ) {
      at = nextTime(repeat, at, calendar) as number
      days.push(localDate(at))
    }
    expect(days).toEqual(['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12'])
  })

  it('on working days only, it is the day on which it begins that counts: not the Saturday after a late Friday', () => {
    const late = weekly('30 22 * * *', { workingDaysOnly: true })
    const next = nextTime(late, now, calendar) as number
    expect(shown(beginAt(next, { sendAt: next, emergency: false }))).toBe('2026-11-23 07:00')
    expect(shown(nextTime(late, now, calendar, true))).toBe('2026-11-20 22:30')
  })

  it('does not begin before the start that was given', () => {
    const repeat = weekly('30 8 * * 1')
    const sendAt = instant('2026-12-07 08:30')
    expect(shown(firstTime({ repeat, sendAt }, now, calendar))).toBe('2026-12-07 08:30')
    expect(shown(firstTime({ repeat }, now, calendar))).toBe('2026-11-23 08:30')
    expect(shown(firstTime({ sendAt }, now, calendar))).toBe('2026-12-07 08:30')
  })

  it('may not end before its beginning, nor further away than notices are written for', () => {
    const begins = instant('2026-11-23 08:30')
    expect(faultOf(() => assertEnd(begins, begins, rules))).toMatchObject({ kind: 'ends-before-it-begins' })
    expect(faultOf(() => assertEnd(begins + 91 * day, begins, rules))).toMatchObject({ kind: 'too-far' })
    expect(faultOf(() => assertEnd(begins + 90 * day, begins, rules))).toBeUndefined()
  })

  it.each(['America/New_York', 'Pacific/Kiritimati', 'Asia/Shanghai'])(
    'working days are those of China also on a host in %s',
    (TZ) => {
      const code =
        "import { createWorkingCalendar } from './tickets/working-calendar.ts'; const { isWorkingDay } = createWorkingCalendar(); console.log(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-10-07', '2026-10-08', '2026-10-10'].map((date) => (isWorkingDay(date) ? 1 : 0)).join(''))"
      const args = ['--import', 'tsx', '--input-type=module', '-e', code]
      const said = execFileSync(process.execPath, args, { cwd: projectRoot(), env: { TZ }, encoding: 'utf8' })
      expect(said.trim()).toBe('1001011')
    },
    20_000,
  )

  it('ends with its last time', () => {
    const until = instant('2026-11-30 08:30')
    const repeat = weekly('30 8 * * 1', { until })
    expect(nextTime(repeat, instant('2026-11-24 00:00'), calendar)).toBe(until)
    expect(nextTime(repeat, until, calendar)).toBeUndefined()
  })

  it('a day that is never worked has no next time, and nothing hangs', () => {
    expect(nextTime(weekly('0 9 * * 0', { workingDaysOnly: true }), now, calendar)).toBeUndefined()
    const never = { isWorkingDay: () => false, knows: () => true }
    expect(nextTime(weekly('0 9 * * *', { workingDaysOnly: true }), now, never)).toBeUndefined()
    expect(nextTime(weekly('0 9 31 2 *'), now, calendar)).toBeUndefined()
  })

  it('years that the calendar does not know have their weekends', () => {
    const next = nextTime(
      weekly('0 9 * * 6,0,1', { workingDaysOnly: true }),
      instant('2031-05-02 10:00'),
      calendar,
    )
    expect(shown(next)).toBe('2031-05-05 09:00')
  })

  it('is always later, at its minute, on a working day if it says so, and none is left out', () => {
    const cron = fc.record({
      at: fc.nat({ max: 59 }),
      hour: fc.nat({ max: 23 }),
      days: fc.uniqueArray(fc.nat({ max: 6 }), { minLength: 1 }),
    })
    const after = fc.integer({ min: instant('2024-01-01 00:00'), max: instant('2026-12-01 00:00') })
    fc.assert(
      fc.property(cron, after, fc.boolean(), ({ at, hour: at2, days }, start, workingDaysOnly) => {
        const repeat = weekly(`${at} ${at2} * * ${days.join(',')}`, { workingDaysOnly })
        // minute by minute would take for ever: a naive twin goes by days
        let naive: number | undefined
        for (let each = 0; each < 800 && naive === undefined; each++) {
          const midnight = start - timeOfDay(start) + each * day
          const time = midnight + at2 * hour + at * minute
          const weekday = new Date(`${localDate(midnight)}T00:00:00Z`).getUTCDay()
          const fits =
            days.includes(weekday) &&
            (!workingDaysOnly || calendar.isWorkingDay(localDate(afterQuietHours(time))))
          if (time > start && fits) naive = time
        }
        expect(nextTime(repeat, start, calendar)).toBe(naive)
      }),
      { numRuns: 60 },
    )
  })
})
