import { beforeAll, describe, expect, test } from 'vitest'
import type { Documents } from '../../bot/documents.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { judge } from './judge.ts'
import { type Lived, live } from './month.ts'

/**
 * A district in small: the two weeks around Spring Festival. The whole month of 642 groups is lived through by
 * `npm run simulate`.
 */
const twoWeeks = { groups: 24, tickets: 120, from: '2026-02-11', to: '2026-02-28' }

/** Seconds when nothing else runs; ms. */
const patience = 600_000

let lived: Lived

beforeAll(async () => {
  lived = await live({ ...twoWeeks, seed: 12 })
}, patience)

describe('after two weeks of a district over Spring Festival', () => {
  test('as many tickets were opened as were meant, and every way of a ticket was gone', () => {
    const types = lived.events.map((event) => event.type)
    expect(types.filter((type) => type === 'opened')).toHaveLength(twoWeeks.tickets)
    const ways = ['supported', 'withdrawn', 'urged', 'done', 'closed', 'reopened', 'escalated', 'supervised']
    const more = [
      'on_hold',
      'resumed',
      'extension_asked',
      'extended',
      'whistled',
      'reported_for_duty',
      'returned',
    ]
    for (const way of [...ways, ...more]) expect(types, way).toContain(way)
  })

  test('the ledger is lawful, every promise kept or reported, and reports agree with a recount', async () => {
    expect(await judge(lived)).toEqual({ ledger: [], promises: [], reports: [] })
  })

  test(
    'the same seed lives the same life, another one another',
    async () => {
      const few = { groups: 6, tickets: 12, from: '2026-02-10', to: '2026-02-12' }
      const [one, same, other] = [
        await live({ ...few, seed: 1 }),
        await live({ ...few, seed: 1 }),
        await live({ ...few, seed: 2 }),
      ]
      const told = ({ stage }: Lived) => stage.chat.sent.map(({ at, text }) => `${at} ${text}`)
      expect(told(same)).toEqual(told(one))
      expect(told(other)).not.toEqual(told(one))
    },
    patience,
  )
})

/** Spoils one document, judges, and puts it back. */
async function judged<C extends 'tickets' | 'ticketEvents' | 'timers' | 'outbox'>(
  collection: C,
  id: string,
  change: Partial<Documents[C]>,
) {
  const before = await lived.stage.store.get<Documents[C]>(collection, id)
  await lived.stage.change(collection, id, change)
  const faults = await judge(lived)
  if (before) await lived.stage.put(collection, before)
  return faults
}

/** A grid worker of other places, who is still there at the end. */
function isElsewhere(id: string, than: string): boolean {
  const { district, left } = lived
  const [one, other] = [district.staffById(id), district.staffById(than)]
  const shared = one?.places.some((place) => other?.places.includes(place))
  return one?.role === 'grid_worker' && !shared && !left.has(id)
}

function eventWhere(holds: (event: TicketEvent) => boolean): TicketEvent {
  const found = lived.events.find(holds)
  if (!found) throw new Error('expected such an event in two weeks of a district')
  return found
}

describe('whoever judges it notices', () => {
  test('a word that was changed', async () => {
    const { id } = eventWhere(({ type }) => type === 'done')
    const { ledger } = await judged('ticketEvents', id, { note: '什么也没做' } as Partial<TicketEvent>)
    expect(ledger.join()).toContain('(done): words')
  })

  test('a deadline that was moved', async () => {
    const event = eventWhere(({ type }) => type === 'resumed')
    const { ledger } = await judged('ticketEvents', event.id, {
      deadline: event.at + 1,
    } as Partial<TicketEvent>)
    expect(ledger.join()).toContain('after resumed')
  })

  test('somebody whose ticket it is not', async () => {
    const event = eventWhere(({ type, by }) => type === 'handling' && by.startsWith('p-第'))
    const elsewhere = lived.district.staff.find(({ id }) => isElsewhere(id, event.by))
    const { ledger } = await judged('ticketEvents', event.id, { by: elsewhere?.id } as Partial<TicketEvent>)
    expect(ledger.join()).toContain('whose ticket it is not')
  })

  test('a red ticket of which nobody above was told', async () => {
    const event = eventWhere((each) => each.type === 'escalated' && each.reason === 'overdue')
    const { promises } = await judged('ticketEvents', event.id, { type: 'urged' } as Partial<TicketEvent>)
    expect(promises.join()).toContain('nobody above was told')
  })

  test('a ticket that was closed behind the back of whoever reported it', async () => {
    const event = eventWhere(({ type }) => type === 'closed')
    const { promises } = await judged('ticketEvents', event.id, {
      remark: '已阅',
      at: event.at - 1,
    } as Partial<TicketEvent>)
    expect(promises.join()).toContain('which nobody gave reason for')
  })

  test('a count that is wrong', async () => {
    const event = eventWhere(({ type }) => type === 'closed')
    const { reports } = await judged('ticketEvents', event.id, { at: lived.ends + 1 } as Partial<TicketEvent>)
    expect(reports.length).toBeGreaterThan(0)
  })

  test('something that was never sent', async () => {
    const [entry] = await lived.stage.all('outbox')
    const { promises } = await judged('outbox', entry?.id ?? '', { state: 'failed' })
    expect(promises.join()).toContain('is failed')
  })
})
