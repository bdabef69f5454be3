import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { schema } from '../../bot/schema.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { tellReady, tellResult } from '../child.ts'
import { measureCommitting } from './commit-figures.ts'
import { makeTicket, targetOf, ticketId, urge } from './tickets.ts'

/** `linli-process.ts FOLDER TICKETS CHANGES CROWD_ROUNDS`: the product's own store and schema, as the bot opens it. */
const [folder = '', ticketsText, changesText, crowdText] = process.argv.slice(2)
const tickets = Number(ticketsText)

const filling = await openLowdbStore({ folder, schema })
for (let from = 0; from < tickets; from += 500) {
  const changes = Array.from({ length: Math.min(500, tickets - from) }, (_, at) => {
    const put = makeTicket(from + at)
    return { collection: 'tickets', id: put.id, put }
  })
  await filling.commit(changes)
}
// Opened anew, as after a restart: what filling has left to tidy up is no part of the measurement.
await filling.close()
const store = await openLowdbStore({ folder, schema })
tellReady()

const figures = await measureCommitting({
  changes: Number(changesText),
  crowdRounds: Number(crowdText),
  async commit(change) {
    const before = await store.get<Ticket>('tickets', ticketId(targetOf(change, tickets)))
    if (before === undefined) throw new Error(`no ticket for change ${change}`)
    const { ticket, event } = urge(before)
    await store.commit([
      { collection: 'tickets', id: ticket.id, put: ticket, expect: before.version },
      { collection: 'ticketEvents', id: event.id, put: event, expect: 'absent' },
    ])
  },
})
await store.close()
tellResult(figures)
