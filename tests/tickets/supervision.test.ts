import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { readSupervision } from '../../adapters/files/supervision-file.ts'
import { lightOf, timeLeft } from '../../tickets/deadline.ts'
import {
  isHeavy,
  isRecurring,
  nextStepAt,
  nextSummaryAt,
  weightOf,
  wouldComeTooLate,
} from '../../tickets/supervision.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { at, said } from './instant.ts'

const calendar = createWorkingCalendar()
const supervision = await readSupervision(projectRoot(), undefined)
const plain = { urgency: 'normal', supporters: [], urges: 0, reopenings: 0 } as const

describe('summaries come at 08:30 and 17:30 of working days', () => {
  test.each([
    ['2026-11-18 08:29', '2026-11-18 08:30'],
    ['2026-11-18 08:30', '2026-11-18 17:30'],
    ['2026-11-20 17:30', '2026-11-23 08:30'],
    ['2026-09-30 18:00', '2026-10-08 08:30'],
    ['2026-10-09 18:00', '2026-10-10 08:30'],
  ])('after %s the next is %s', (after, next) => {
    expect(said(nextSummaryAt(supervision.summaries, calendar, at(after)) ?? 0)).toBe(next)
  })

  test('on days off as well where that is wanted, and never where none is', () => {
    const daily = { ...supervision.summaries, everyDay: true }
    expect(said(nextSummaryAt(daily, calendar, at('2026-11-20 17:30')) ?? 0)).toBe('2026-11-21 08:30')
    expect(nextSummaryAt({ ...daily, at: [] }, calendar, at('2026-11-20 17:30'))).toBeUndefined()
  })
})

describe('a light cannot wait when the summary leaves less than two working hours', () => {
  test.each([
    ['2026-11-17 12:00', '2026-11-17 18:00', true, 'half an hour is left at 17:30'],
    ['2026-11-18 15:00', '2026-11-19 18:00', false, 'the whole Thursday is left'],
    ['2026-11-17 18:00', '2026-11-18 11:00', false, 'two hours from 09:00 on, exactly'],
    ['2026-11-17 18:00', '2026-11-18 10:59', true, 'a minute less'],
  ])('turned %s, due %s: %s, %s', (now, due, expected) => {
    expect(wouldComeTooLate(supervision, calendar, at(due), at(now))).toBe(expected)
  })
})

describe('what a ticket weighs', () => {
  const { weight } = supervision

  test('is the sum of what speaks for it', () => {
    expect(weightOf(plain, weight)).toBe(0)
    const pressing = { ...plain, urgency: 'high', supporters: ['p-1', 'p-2'], urges: 1 } as const
    expect(weightOf(pressing, weight)).toBe(2 + 2 + 1)
    expect(weightOf({ ...plain, reopenings: 1, recurredFrom: '20261101-001' }, weight)).toBe(3 + 3)
  })

  test('six neighbours are as heavy as an emergency', () => {
    const six = { ...plain, supporters: ['1', '2', '3', '4', '5', '6'] }
    expect(isHeavy(six, weight)).toBe(true)
    expect(isHeavy({ ...six, supporters: six.supporters.slice(1) }, weight)).toBe(false)
    expect(isHeavy({ ...plain, urgency: 'emergency' }, weight)).toBe(true)
  })

  test('coming back is being closed and here again, or reopened twice', () => {
    expect(isRecurring(plain, supervision)).toBe(false)
    expect(isRecurring({ reopenings: 1 }, supervision)).toBe(false)
    expect(isRecurring({ reopenings: 2 }, supervision)).toBe(true)
    expect(isRecurring({ reopenings: 0, recurredFrom: '20261101-001' }, supervision)).toBe(true)
  })
})

describe('the ladder of a red ticket', () => {
  const red = at('2026-11-19 18:00') + 1

  test('goes one step up a working day later, over the weekend as well', () => {
    expect(said(nextStepAt(supervision, calendar, plain, 1, red))).toBe('2026-11-20 18:00')
    expect(said(nextStepAt(supervision, calendar, plain, 2, at('2026-11-20 18:00')))).toBe('2026-11-23 18:00')
  })

  test('takes half the time for a heavy one', () => {
    const heavy = { ...plain, urgency: 'emergency' } as const
    expect(said(nextStepAt(supervision, calendar, heavy, 1, red))).toBe('2026-11-20 13:30')
  })
})

describe('a light on hold stands still', () => {
  const due = {
    deadline: at('2026-11-19 18:00'),
    yellowAt: at('2026-11-18 15:00'),
    urgency: 'normal',
  } as const

  test.each([
    ['2026-11-17 10:00', 'blue'],
    ['2026-11-18 15:00', 'yellow'],
    ['2026-11-19 18:00', 'yellow'],
    ['2026-11-19 18:01', 'red'],
  ] as const)('held at %s it stays %s for months', (from, expected) => {
    expect(lightOf(due, at(from))).toBe(expected)
    const hold = timeLeft(calendar, due, at(from))
    expect(lightOf({ ...due, hold }, at('2027-02-01 10:00'))).toBe(expected)
  })

  test('also an emergency, whose time runs by night', () => {
    const night = {
      deadline: at('2026-11-19 03:00'),
      yellowAt: at('2026-11-19 02:20'),
      urgency: 'emergency',
    } as const
    const hold = timeLeft(calendar, night, at('2026-11-19 01:30'))
    expect(lightOf({ ...night, hold }, at('2026-11-20 10:00'))).toBe('blue')
  })
})
