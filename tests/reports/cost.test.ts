import { expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import type { Document, Query, Store } from '../../bot/ports/store.ts'
import { gatherReports } from '../../bot/reports/gather.ts'
import { schema } from '../../bot/schema.ts'
import { periodAt } from '../../tickets/reports/period.ts'
import { realLore } from '../bot/stage.ts'
import { lifeOf } from './histories.ts'

const now = Date.parse('2026-11-20T17:45:00+08:00')
const hours = 3_600_000

/** How many documents a weekly report reads from a ledger with so many tickets that ended last year. */
async function documentsRead(old: number): Promise<{ readonly read: number; readonly opened: number }> {
  const store = openMemoryStore(schema)
  const lives = [
    ...Array.from({ length: old }, (_, at) => ({
      ...{ openedAt: now - (9_000 + at) * hours, number: at + 1 },
      // acknowledged, handled, done, closed
      steps: [0, 1, 1, 2].map((choice) => ({ choice, hours: 2 })),
    })),
    ...Array.from({ length: 20 }, (_, at) => ({
      openedAt: now - (1 + at) * hours,
      number: old + at + 1,
      steps: [],
    })),
  ].map((plan) => lifeOf({ ...plan, group: null, category: 1, urgency: 0, due: 72 }))
  expect(lives.filter(({ ticket }) => ticket.endedAt !== undefined)).toHaveLength(old)
  await store.commit(
    lives.flatMap(({ ticket, events }) => [
      { collection: 'tickets', id: ticket.id, put: ticket },
      ...events.map((put) => ({ collection: 'ticketEvents', id: put.id, put })),
    ]),
  )
  let read = 0
  const counting: Store = {
    ...store,
    async find<T extends Document>(collection: string, query?: Query) {
      const page = await store.find<T>(collection, query)
      read += page.documents.length
      return page
    },
  }
  const request = { period: periodAt('weekly', now), now }
  const [report] = await gatherReports({ ...(await realLore()), store: counting }, request, [null])
  return { read, opened: report?.figures.opened ?? 0 }
}

test('a report reads no more when the history is a thousand tickets longer', async () => {
  const young = await documentsRead(0)
  // each with its two events, and once more among those to which something happened
  expect(young).toEqual({ read: 20 + 20 + 20 * 2, opened: 20 })
  expect(await documentsRead(1_000)).toEqual(young)
})
