import { describe, expect, test } from 'vitest'
import { deadlineOf } from '../../tickets/deadline.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { at, said } from './instant.ts'

/** Checked by hand against the calendar of the State Council for 2026. */
type Case = readonly [opened: string, days: number, due: string, why: string]

const official = createWorkingCalendar()

function dueOf(calendar: ReturnType<typeof createWorkingCalendar>, opened: string, days: number): string {
  return said(deadlineOf(calendar, at(opened), days, 'normal').deadline)
}

describe('a deadline is 18:00 on the Nth working day after the opening day', () => {
  const ordinary: readonly Case[] = [
    ['2026-11-16 09:00', 1, '2026-11-17 18:00', 'Monday morning, one day: Tuesday'],
    ['2026-11-16 00:00', 1, '2026-11-17 18:00', 'the opening day does not count, not even from midnight'],
    ['2026-11-16 08:00', 3, '2026-11-19 18:00', 'Monday, three days: Thursday'],
    ['2026-11-18 18:30', 3, '2026-11-23 18:00', 'Wednesday evening, three days: over the weekend to Monday'],
    ['2026-11-19 10:00', 1, '2026-11-20 18:00', 'Thursday, one day: Friday'],
    ['2026-11-19 10:00', 5, '2026-11-26 18:00', 'Thursday, five days: Thursday'],
    ['2026-11-16 12:00', 7, '2026-11-25 18:00', 'Monday, seven days: Wednesday of the week after'],
    ['2026-11-20 17:59', 1, '2026-11-23 18:00', 'Friday before closing time: Monday'],
    ['2026-11-20 20:00', 1, '2026-11-23 18:00', 'Friday evening: Monday all the same'],
    ['2026-11-20 20:00', 3, '2026-11-25 18:00', 'Friday evening, three days: Wednesday'],
    ['2026-11-20 23:59', 5, '2026-11-27 18:00', 'a minute before Saturday is still Friday'],
    ['2026-11-21 12:00', 1, '2026-11-23 18:00', 'Saturday: Monday'],
    ['2026-11-22 23:59', 1, '2026-11-23 18:00', 'Sunday night: Monday, which starts in a minute'],
    ['2026-11-23 00:00', 1, '2026-11-24 18:00', 'a minute later Monday does not count any more'],
  ]
  const holidays: readonly Case[] = [
    ['2025-12-31 12:00', 1, '2026-01-04 18:00', 'New Year: the Sunday after it is worked'],
    ['2025-12-31 12:00', 2, '2026-01-05 18:00', 'and the Monday is the second day'],
    ['2026-02-12 10:00', 2, '2026-02-14 18:00', 'the Saturday before Spring Festival is worked'],
    ['2026-02-13 19:00', 1, '2026-02-14 18:00', 'Friday evening: that Saturday'],
    ['2026-02-13 10:00', 3, '2026-02-25 18:00', '14, 24 and 25 February'],
    ['2026-02-14 10:00', 1, '2026-02-24 18:00', 'the nine days of Spring Festival do not count'],
    ['2026-02-17 09:00', 1, '2026-02-24 18:00', 'New Year day itself: the first day after the festival'],
    ['2026-02-23 09:00', 5, '2026-02-28 18:00', '24 to 28 February, the worked Saturday among them'],
    ['2026-02-27 10:00', 2, '2026-03-02 18:00', 'the worked Saturday, then Monday'],
    ['2026-04-03 10:00', 1, '2026-04-07 18:00', 'Qingming takes the Monday'],
    ['2026-04-30 10:00', 1, '2026-05-06 18:00', 'Labour Day takes five days'],
    ['2026-04-30 10:00', 4, '2026-05-09 18:00', '6, 7, 8 May and the Saturday worked for it'],
    ['2026-06-18 10:00', 1, '2026-06-22 18:00', 'Dragon Boat takes the Friday'],
    ['2026-09-18 10:00', 1, '2026-09-20 18:00', 'the Sunday before National Day is worked'],
    ['2026-09-24 10:00', 1, '2026-09-28 18:00', 'Mid-Autumn takes the Friday'],
    ['2026-09-30 10:00', 1, '2026-10-08 18:00', 'National Day takes a week'],
    ['2026-09-30 10:00', 3, '2026-10-10 18:00', '8, 9 and the worked Saturday 10 October'],
    ['2026-10-04 10:00', 7, '2026-10-15 18:00', '8, 9, 10, 12, 13, 14, 15 October'],
    ['2026-10-10 10:00', 1, '2026-10-12 18:00', 'the worked Saturday is followed by a free Sunday'],
  ]

  test.each(ordinary)('%s + %i is %s: %s', (opened, days, due) => {
    expect(dueOf(official, opened, days)).toBe(due)
  })

  test.each(holidays)('%s + %i is %s: %s', (opened, days, due) => {
    expect(dueOf(official, opened, days)).toBe(due)
  })
})

describe('a community has days of its own', () => {
  test('a day off of its own is skipped', () => {
    const calendar = createWorkingCalendar({ holidays: ['2026-11-23'] })
    expect(dueOf(calendar, '2026-11-20 10:00', 1)).toBe('2026-11-24 18:00')
  })

  test('a Saturday that it works counts', () => {
    const calendar = createWorkingCalendar({ workingDays: ['2026-11-21'] })
    expect(dueOf(calendar, '2026-11-20 10:00', 1)).toBe('2026-11-21 18:00')
  })

  test('it may take a make-up day off', () => {
    const calendar = createWorkingCalendar({ holidays: ['2026-02-14'] })
    expect(dueOf(calendar, '2026-02-13 10:00', 1)).toBe('2026-02-24 18:00')
  })

  test('years that nobody has published are known to be unknown, unless the community entered its days', () => {
    expect(official.knows(2026)).toBe(true)
    expect(official.knows(2027)).toBe(false)
    expect(createWorkingCalendar({ holidays: ['2027-01-01'] }).knows(2027)).toBe(true)
  })

  test('a calendar without working days is refused instead of searched for ever', () => {
    const never = { isWorkingDay: () => false, knows: () => true }
    expect(() => deadlineOf(never, at('2026-11-16 09:00'), 1, 'normal')).toThrow('no working day within')
  })
})

describe('an emergency has two hours by the clock', () => {
  const cases = [
    ['2026-11-18 10:00', '2026-11-18 12:00', 'on a working morning'],
    ['2026-11-20 17:30', '2026-11-20 19:30', 'past closing time'],
    ['2026-11-20 23:30', '2026-11-21 01:30', 'past midnight into Saturday'],
    ['2026-02-17 03:00', '2026-02-17 05:00', 'in the night of Spring Festival'],
  ] as const

  test.each(cases)('%s is due at %s, %s', (opened, due) => {
    expect(said(deadlineOf(official, at(opened), 3, 'emergency').deadline)).toBe(due)
  })

  test('and high urgency has the ordinary days', () => {
    expect(said(deadlineOf(official, at('2026-11-18 10:00'), 1, 'high').deadline)).toBe('2026-11-19 18:00')
  })
})
