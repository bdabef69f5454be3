import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { gatherReports } from '../../bot/reports/gather.ts'
import type { Report } from '../../bot/reports/report.ts'
import { schema } from '../../bot/schema.ts'
import { applyEvent } from '../../tickets/fold.ts'
import { type Figures, noFigures, sumOf } from '../../tickets/reports/figures.ts'
import { type Period, periodAt, periodBefore, reportKinds } from '../../tickets/reports/period.ts'
import { day } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { realLore } from '../bot/stage.ts'
import { type Life, lifeOf } from './histories.ts'

/** The report against somebody who reads every ticket from its first event on, and counts on fingers. */

const start = Date.parse('2026-10-20T00:00:00+08:00')
const places = [
  { id: 'street', name: '幸福街道', kind: 'street', parent: null },
  { id: 'a', name: '槐荫社区', kind: 'community', parent: 'street' },
  { id: 'a1', name: '第一网格', kind: 'grid', parent: 'a' },
  { id: 'a2', name: '第二网格', kind: 'grid', parent: 'a' },
  { id: 'b', name: '花园社区', kind: 'community', parent: 'street' },
  { id: 'b1', name: '第一网格', kind: 'grid', parent: 'b' },
] as const
const groups = [
  { id: 'in-a1', places: ['a1'] },
  { id: 'in-a2', places: ['a', 'a2'] },
  { id: 'in-both', places: ['a1', 'a2'] },
  { id: 'in-b1', places: ['b1'] },
  { id: 'nowhere', places: [] },
]
/** Worked out by hand: where the tickets of each group belong. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'in-a1': ['a1', 'a', 'street'],
  'in-a2': ['a2', 'a', 'street'],
  'in-both': ['a', 'street'],
  'in-b1': ['b1', 'b', 'street'],
}

/** Whole hours, and often midnight: what lies on a border is where counting goes wrong. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: 45 }).map((days) => days * 24),
  fc.integer({ min: 0, max: 60 * 24 }),
)

const lives = fc.array(
  fc.record({
    openedAt: instants.map((hours) => start + hours * 3_600_000),
    group: fc.constantFrom<string | null>(...groups.map(({ id }) => id), null),
    steps: fc.array(fc.record({ choice: fc.nat(11), hours: fc.constantFrom(0, 1, 6, 12, 24, 48, 90) }), {
      maxLength: 12,
    }),
    category: fc.nat(15),
    urgency: fc.nat(2),
    due: fc.constantFrom(2, 6, 12, 24, 48, 72),
  }),
  { maxLength: 30 },
)

describe('a report agrees with a naive recount', () => {
  test('of any ledger, for every kind, place and instant', async () => {
    const lore = await realLore()
    await fc.assert(
      fc.asyncProperty(
        lives,
        fc.constantFrom(...reportKinds),
        instants,
        fc.integer({ min: 0, max: 40 }),
        async (plans, kind, hours, back) => {
          const now = start + hours * 3_600_000
          const ledger = plans
            .map((plan, number) => lifeOf({ ...plan, number: number + 1 }))
            .map((life) => until(life, now))
            .filter((life) => life !== undefined)
          const store = openMemoryStore(schema)
          await store.commit([
            ...places.map((put) => ({ collection: 'places', id: put.id, put })),
            ...groups.map((put) => ({ collection: 'groups', id: put.id, put })),
            ...ledger.map(({ ticket }) => ({ collection: 'tickets', id: ticket.id, put: ticket })),
            ...ledger.flatMap(({ events }) =>
              events.map((put) => ({ collection: 'ticketEvents', id: put.id, put })),
            ),
          ])
          const period = periodAt(kind, now - back * day)
          const scopes = [null, ...places.map(({ id }) => id)]
          const reports = await gatherReports({ ...lore, store }, { period, now }, scopes)
          for (const [at, report] of reports.entries())
            compare(report, ledger, scopes[at] ?? null, period, now)
        },
      ),
      { numRuns: 80 },
    )
  }, 60_000)
})

function compare(
  report: Report,
  ledger: readonly Life[],
  scope: string | null,
  period: Period,
  now: number,
): void {
  const inScope = ledger.filter(({ ticket }) => scope === null || homeOf(ticket).includes(scope))
  const earlier = periodBefore(period)
  expect(report.figures).toEqual(recount(inScope, period, Math.min(period.to, now + 1)))
  expect(report.before).toEqual(recount(inScope, earlier, earlier.to))
  if (report.grids.length === 0) return
  const parts = [...report.grids.map(({ figures }) => figures), report.rest]
  expect(parts.reduce(sumOf, noFigures)).toEqual(report.figures)
}

function homeOf({ group }: Ticket): readonly string[] {
  return homes[group ?? ''] ?? []
}

/** The ledger does not know the future. */
function until({ events }: Life, now: number): Life | undefined {
  const past = events.filter(({ at }) => at <= now)
  const ticket = past.reduce<Ticket | undefined>(applyEvent, undefined)
  return ticket && { ticket, events: past }
}

function recount(ledger: readonly Life[], { from, to }: Period, end: number): Figures {
  const inside = (at: number | undefined) => at !== undefined && at >= from && at < to && at < end
  const then = ledger.flatMap(({ events }) => {
    const past = events.filter(({ at }) => at < end)
    const ticket = past.reduce<Ticket | undefined>(applyEvent, undefined)
    return ticket ? [{ ticket, events: past }] : []
  })
  const number = (fits: (life: Life) => boolean) => then.filter(fits).length
  const had = ({ events }: Life, type: string) =>
    events.some((event) => event.type === type && inside(event.at))
  const opened = (life: Life) => inside(life.ticket.openedAt)
  const answered = ({ ticket: { acknowledgedAt, doneAt, state } }: Life) =>
    acknowledgedAt !== undefined || doneAt !== undefined || state === 'declined'
  const ended = (state: string) => (life: Life) => life.ticket.state === state && inside(life.ticket.endedAt)
  const open = ({ ticket }: Life) => !['closed', 'declined', 'withdrawn'].includes(ticket.state)
  const lit = (light: string) => (life: Life) => {
    const { state, deadline, yellowAt, hold } = life.ticket
    if (!open(life) || state === 'done') return false
    const left = hold ? hold.left : deadline - end
    const leftToYellow = hold ? hold.leftToYellow : yellowAt - end
    if (left < 0) return light === 'red'
    return light === (leftToYellow > 0 ? 'blue' : 'yellow')
  }
  const acknowledged = then.filter((life) => opened(life) && life.ticket.acknowledgedAt !== undefined)
  return {
    opened: number(opened),
    emergencies: number((life) => opened(life) && life.ticket.urgency === 'emergency'),
    recurred: number((life) => opened(life) && life.events.some(({ type }) => type === 'recurred')),
    answerable: number((life) => opened(life) && (answered(life) || life.ticket.state !== 'withdrawn')),
    answered: number((life) => opened(life) && answered(life)),
    acknowledged: acknowledged.length,
    answerTime: acknowledged.reduce(
      (sum, { ticket }) => sum + (ticket.acknowledgedAt ?? 0) - ticket.openedAt,
      0,
    ),
    done: number(({ ticket }) => inside(ticket.doneAt)),
    onTime: number(({ ticket }) => inside(ticket.doneAt) && (ticket.doneAt ?? 0) <= ticket.deadline),
    closed: number(ended('closed')),
    declined: number(ended('declined')),
    withdrawn: number(ended('withdrawn')),
    unsolved: number((life) => had(life, 'reopened') && life.ticket.state !== 'closed'),
    rated: number((life) => had(life, 'rated')),
    satisfied: number((life) => {
      const last = life.events.filter((event) => event.type === 'rated').at(-1)
      return had(life, 'rated') && last?.type === 'rated' && last.satisfied
    }),
    escalated: number((life) => had(life, 'escalated')),
    open: number(open),
    running: number(({ ticket }) => ['accepted', 'dispatched', 'handling'].includes(ticket.state)),
    waiting: number(({ ticket }) => ticket.state === 'done'),
    onHold: number(({ ticket }) => ticket.state === 'on_hold'),
    blue: number(lit('blue')),
    yellow: number(lit('yellow')),
    red: number(lit('red')),
  }
}
