import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { Delivery } from '../../bot/forwarding/delivery.ts'
import { schema } from '../../bot/schema.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { startChild } from '../storage/child-process.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { openCity } from './city.ts'

const tickets = 150
const kills = 4

test(`killed with -9 ${kills} times while it forwards ${tickets} tickets, none is lost and none doubled`, async () => {
  const folder = await temporaryFolder()
  const city = await openCity()
  const acknowledged = new Set<string>()
  for (let round = 0; round <= kills; round++) {
    const child = startChild('../forwarding/forwarder-process.ts', folder, city.url, String(tickets))
    child.lines.on('line', (line) => {
      if (line !== 'idle') acknowledged.add(line)
    })
    const exited = once(child.process, 'exit')
    const ended = exited.then(() => Promise.reject(new Error('it ended by itself')))
    ended.catch(() => undefined)
    const first = Promise.race([child.line(), ended])
    if (round === kills) {
      while ((await Promise.race([child.line(), ended])) !== 'idle');
      await exited
      continue
    }
    await first
    // some answers are lost on the way, too
    city.mood = round % 2 === 0 ? 'loses answers' : 'well'
    await sleep(Math.random() * 150)
    await child.kill()
    city.mood = 'well'
  }
  const store = await openLowdbStore({ folder, schema, onWarning: () => undefined })
  const deliveries = (await store.find<Delivery>('deliveries', { limit: 10_000 })).documents
  const kept = (await store.find<Ticket>('tickets', { limit: 10_000 })).documents
  const events = (await store.find<TicketEvent>('ticketEvents', { limit: 10_000 })).documents
  await store.close()
  expect(kept).toHaveLength(tickets)
  expect([...acknowledged].filter((id) => !city.kept.has(id))).toEqual([])
  expect(city.kept.size).toBe(tickets)
  expect(new Set([...city.kept.values()].map(({ id }) => id)).size).toBe(tickets)
  for (const { ticket, remoteId, state } of deliveries)
    expect({ ticket, remoteId, state }).toEqual({
      ticket,
      remoteId: city.kept.get(ticket)?.id,
      state: 'settled',
    })
  expect(events.filter(({ type }) => type === 'forwarded')).toHaveLength(tickets)
  // it was killed in the middle of it: something had to be sent twice, and was known
  expect(city.messages.length).toBeGreaterThan(tickets)
}, 120_000)
