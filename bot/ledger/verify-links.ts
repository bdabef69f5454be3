import type { TicketEvent } from '../../tickets/event.ts'
import { type Ticket, takesPart } from '../../tickets/ticket.ts'
import { everyPage } from './pages.ts'
import type { Inspection } from './verify-ledger.ts'

/** What hangs on no ticket: events and links whose ticket is gone, or that were put there by somebody. */
export async function verifyLinks(inspection: Inspection): Promise<void> {
  await strayEvents(inspection)
  // links have no date: with a part of the ledger only those of its tickets are looked at
  if (inspection.since === undefined) await strayLinks(inspection)
}

async function strayEvents(inspection: Inspection): Promise<void> {
  const { store, sinceNumber } = inspection
  const range = { field: 'id', gte: sinceNumber ?? '' }
  for await (const page of everyPage(store, 'ticketEvents', { range }))
    for (const { id, ticket, sequence } of page) {
      const place = id.split(':')[0] ?? id
      const known = await store.get<Ticket>('tickets', place)
      if (known && known.sequence >= sequence && id === `${ticket}:${sequence}`) continue
      if (await isStill(inspection, id, place))
        inspection.report({
          ...{ place, field: 'order', ...(Number.isInteger(sequence) && { event: sequence }) },
          what: known
            ? `${id} is no event that the ticket knows`
            : 'an event is there, and its ticket is not',
        })
    }
}

/** A bot that runs may have gone on since the page was read. */
async function isStill({ store }: Inspection, id: string, ticket: string): Promise<boolean> {
  const known = await store.get<Ticket>('tickets', ticket)
  const event = await store.get<TicketEvent>('ticketEvents', id)
  if (!event) return false
  return !(known && known.sequence >= event.sequence && id === `${event.ticket}:${event.sequence}`)
}

async function strayLinks(inspection: Inspection): Promise<void> {
  const { store } = inspection
  for await (const page of everyPage(store, 'ticketPeople'))
    for (const { id, person, ticket: number } of page) {
      const ticket = await store.get<Ticket>('tickets', String(number))
      const named = ticket && Array.isArray(ticket.supporters) && takesPart(ticket, person)
      if (named && id === `${person}/${number}`) continue
      if (await store.get('ticketPeople', id)) {
        const place = id.slice(id.lastIndexOf('/') + 1)
        inspection.report({ place, field: 'people', what: `${id} links a person who takes no part in it` })
      }
    }
}
