import type { TicketEvent } from '../../tickets/event.ts'
import { fold } from '../../tickets/fold.ts'
import { isOpen, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import type { Store } from '../ports/store.ts'
import { everyDocument } from './every-document.ts'

/**
 * The tickets of a time from `from` to `end`, page by page: those that are open now, and those to which something
 * happened since. What rested before is not looked at, however long the history is.
 */
export interface LiveTicket {
  readonly ticket: Ticket
  /** Oldest first; none when nothing happened since `from`. */
  readonly events: readonly TicketEvent[]
}

const mostEvents = 10_000
const openStates = ticketStates.filter((state) => isOpen({ state }))

export async function* liveTickets(store: Store, from: number, end: number): AsyncGenerator<LiveTicket> {
  // one that closes while this is read would come twice
  const seen = new Set<string>()
  const open = {
    where: { state: { in: openStates } },
    order: 'openedAt',
    range: { field: 'openedAt', lt: end },
  }
  for await (const ticket of everyDocument<Ticket>(store, 'tickets', open)) {
    seen.add(ticket.id)
    yield { ticket, events: await eventsOf(store, ticket, from) }
  }
  // what ended long ago may still be rated
  const since = { order: 'lastEventAt', range: { field: 'lastEventAt', gte: from } }
  for await (const ticket of everyDocument<Ticket>(store, 'tickets', since)) {
    if (seen.has(ticket.id) || ticket.openedAt >= end) continue
    seen.add(ticket.id)
    yield { ticket, events: await eventsOf(store, ticket, from) }
  }
}

/** As it stood at that instant; undefined when it was not there yet. */
export function asOf({ ticket, events }: LiveTicket, end: number): Ticket | undefined {
  if (ticket.openedAt >= end) return undefined
  return ticket.lastEventAt < end ? ticket : fold(events.filter(({ at }) => at < end))
}

async function eventsOf(store: Store, ticket: Ticket, from: number): Promise<readonly TicketEvent[]> {
  if (ticket.lastEventAt < from) return []
  const where = { ticket: ticket.id }
  return (await store.find<TicketEvent>('ticketEvents', { where, order: 'sequence', limit: mostEvents }))
    .documents
}
