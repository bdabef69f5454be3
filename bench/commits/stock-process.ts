import { join } from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import type { TicketEvent } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { tellReady, tellResult } from '../child.ts'
import { measureCommitting } from './commit-figures.ts'
import { makeTicket, targetOf, ticketId, urge } from './tickets.ts'

/** `stock-process.ts FOLDER TICKETS CHANGES CROWD_ROUNDS`: lowdb as its README has it, one write() a change. It does not sync. */
const [folder = '', ticketsText, changesText, crowdText] = process.argv.slice(2)
const tickets = Number(ticketsText)

interface Data {
  readonly tickets: Record<string, Ticket>
  readonly ticketEvents: TicketEvent[]
}

const database = await JSONFilePreset<Data>(join(folder, 'db.json'), { tickets: {}, ticketEvents: [] })
for (let at = 0; at < tickets; at++) database.data.tickets[ticketId(at)] = makeTicket(at)
await database.write()
tellReady()

const figures = await measureCommitting({
  changes: Number(changesText),
  crowdRounds: Number(crowdText),
  async commit(change) {
    const before = database.data.tickets[ticketId(targetOf(change, tickets))]
    if (before === undefined) throw new Error(`no ticket for change ${change}`)
    const { ticket, event } = urge(before)
    database.data.tickets[ticket.id] = ticket
    database.data.ticketEvents.push(event)
    await database.write()
  },
})
tellResult(figures)
