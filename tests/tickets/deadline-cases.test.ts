import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Urgency } from '../../intents/understanding.ts'
import {
  type Deadline,
  deadlineAfterHold,
  deadlineOf,
  extendedDeadline,
  lightOf,
  reopenedDeadline,
  timeLeft,
} from '../../tickets/deadline.ts'
import { createWorkingCalendar } from '../../tickets/working-calendar.ts'
import { at, said } from './instant.ts'

/** The table beside this file was worked out by hand from the notice of the State Council; see its first lines. */

const calendar = createWorkingCalendar()

interface Case {
  readonly opened: string
  readonly time: string
  readonly happened: string
  readonly due: string
  readonly yellow: string
  readonly why: string
}

const cases = readCases()

function readCases(): readonly Case[] {
  const text = readFileSync(new URL('deadline-cases.tsv', import.meta.url), 'utf8')
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return rows.slice(1).map((line) => {
    const [opened, time, happened, due, yellow, why, ...more] = line.split('\t')
    if (!opened || !time || !happened || !due || !yellow || !why || more.length > 0)
      throw new Error(`deadline-cases.tsv: expected 6 columns, got: ${line}`)
    return { opened, time, happened, due, yellow, why }
  })
}

function instant(said: string): number {
  return at(`2026-${said}`)
}

/** Lets everything happen to a ticket that its row says. */
function endOf({ opened, time, happened }: Case): Deadline {
  const urgency: Urgency = time === 'emergency' ? 'emergency' : time.endsWith(' high') ? 'high' : 'normal'
  const days = urgency === 'emergency' ? 1 : Number.parseInt(time, 10)
  const steps = happened === '-' ? [] : happened.split('; ')
  return steps.reduce(
    (due, step) => after(due, step, days, urgency),
    deadlineOf(calendar, instant(opened), days, urgency),
  )
}

function after(due: Deadline, step: string, days: number, urgency: Urgency): Deadline {
  const hold = /^hold (.+) > (.+)$/u.exec(step)
  if (hold?.[1] && hold[2]) {
    const left = timeLeft(calendar, { ...due, urgency }, instant(hold[1]))
    return deadlineAfterHold(calendar, left, instant(hold[2]), urgency)
  }
  const extension = /^extend (\d+)$/u.exec(step)
  if (extension) return extendedDeadline(calendar, due, Number(extension[1]))
  const reopening = /^reopen (.+)$/u.exec(step)
  if (reopening?.[1]) return reopenedDeadline(calendar, instant(reopening[1]), days, urgency)
  throw new Error(`deadline-cases.tsv: expected hold FROM > TO, extend DAYS or reopen AT, got: ${step}`)
}

describe('deadlines over Spring Festival and National Day of 2026 are what was worked out by hand', () => {
  test('there are at least 60 cases, each once', () => {
    const keys = cases.map(({ opened, time, happened }) => `${opened} ${time} ${happened}`)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThanOrEqual(60)
  })

  test.each(cases)('$opened + $time, $happened: $why', (row) => {
    const { deadline, yellowAt } = endOf(row)
    expect({ due: said(deadline), yellow: said(yellowAt) }).toEqual({
      due: `2026-${row.due}`,
      yellow: `2026-${row.yellow}`,
    })
  })
})

describe('a hold makes nothing better and nothing worse', () => {
  const held = cases.filter(({ happened }) => /^hold [^;]+$/u.test(happened))

  test.each(held)('the light after the hold is the light before it: $opened, $happened', (row) => {
    const [, from = '', to = ''] = /^hold (.+) > (.+)$/u.exec(row.happened) ?? []
    const before = lightOf(endOf({ ...row, happened: '-' }), instant(from))
    expect(lightOf(endOf(row), instant(to))).toBe(before)
  })
})

describe('the calendar of 2026 is that of the notice of 4 November 2025', () => {
  const off = ['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05', '06-19/06-21', '09-25/09-27']
  const holidays = [...off, '10-01/10-07'].map((span) => span.split('/'))
  const worked = ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10']

  test('on each of its 365 days', () => {
    const days = Array.from({ length: 365 }, (_, index) => new Date(Date.UTC(2026, 0, 1 + index)))
    const wrong = days
      .map((date) => ({ day: date.toISOString().slice(5, 10), weekend: date.getUTCDay() % 6 === 0 }))
      .filter(({ day, weekend }) => {
        const holiday = holidays.some(([from = '', to = '']) => day >= from && day <= to)
        const expected = worked.includes(day) || !(weekend || holiday)
        return calendar.isWorkingDay(`2026-${day}`) !== expected
      })
    expect(wrong).toEqual([])
  })
})
