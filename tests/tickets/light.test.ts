import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deadlineOf, lightOf } from '../../tickets/deadline.ts'
import { createWorkingCalendar, workingTime } from '../../tickets/working-calendar.ts'
import { at, said } from './instant.ts'

const calendar = createWorkingCalendar()
const third = 3

describe('the light is blue, yellow in the last third of the working time, and red past the deadline', () => {
  const cases = [
    ['2026-11-16 09:00', 1, '2026-11-17 12:00', '18 working hours: 12 after the opening'],
    ['2026-11-16 15:00', 1, '2026-11-17 14:00', '3 + 9 hours: 8 after the opening'],
    ['2026-11-16 20:00', 1, '2026-11-17 15:00', 'opened in the evening: 9 hours, 6 of them gone'],
    ['2026-11-18 18:30', 3, '2026-11-20 18:00', '27 hours from Thursday on: 18 are gone on Friday evening'],
    ['2026-11-21 12:00', 1, '2026-11-23 15:00', 'opened on a Saturday: Monday counts alone'],
    ['2026-09-30 18:00', 3, '2026-10-09 18:00', 'National Day does not count'],
  ] as const

  test.each(cases)('opened %s with %i days it turns at %s: %s', (opened, days, yellow) => {
    expect(said(deadlineOf(calendar, at(opened), days, 'normal').yellowAt)).toBe(yellow)
  })

  test('each border belongs to the side that people expect', () => {
    const due = deadlineOf(calendar, at('2026-11-16 09:00'), 1, 'normal')
    expect(lightOf(due, at('2026-11-16 09:00'))).toBe('blue')
    expect(lightOf(due, due.yellowAt - 1)).toBe('blue')
    expect(lightOf(due, due.yellowAt)).toBe('yellow')
    expect(lightOf(due, due.deadline)).toBe('yellow')
    expect(lightOf(due, due.deadline + 1)).toBe('red')
  })

  test('an emergency is yellow 40 minutes before the end', () => {
    const due = deadlineOf(calendar, at('2026-11-16 23:00'), 1, 'emergency')
    expect(said(due.yellowAt)).toBe('2026-11-17 00:20')
    expect(lightOf(due, due.yellowAt - 1)).toBe('blue')
    expect(lightOf(due, due.yellowAt)).toBe('yellow')
  })
})

test('yellow lies between opening and deadline, and leaves a third of the working time, whenever it opens', () => {
  const opening = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-11-30 23:59') })
  fc.assert(
    fc.property(opening, fc.integer({ min: 1, max: 15 }), (opened, days) => {
      const { deadline, yellowAt } = deadlineOf(calendar, opened, days, 'normal')
      const whole = workingTime(calendar, opened, deadline)
      expect(yellowAt).toBeGreaterThanOrEqual(opened)
      expect(yellowAt).toBeLessThanOrEqual(deadline)
      expect(workingTime(calendar, yellowAt, deadline)).toBe(Math.floor(whole / third))
    }),
  )
})

test('working time of two stretches adds up to that of the whole', () => {
  const instant = fc.integer({ min: at('2026-01-01 00:00'), max: at('2026-12-31 23:59') })
  fc.assert(
    fc.property(fc.tuple(instant, instant, instant), (three) => {
      const [from, middle, to] = three.toSorted((a, b) => a - b) as [number, number, number]
      const parts = workingTime(calendar, from, middle) + workingTime(calendar, middle, to)
      expect(parts).toBe(workingTime(calendar, from, to))
    }),
  )
})
