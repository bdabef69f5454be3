import type { TicketEvent } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { type LedgerFault, verifyTicket } from '../../tickets/verify.ts'
import type { Documents } from '../documents.ts'
import { everyPage } from './pages.ts'
import type { Inspection } from './verify-ledger.ts'

/** Each ticket: its events, their chain, what they come to, who takes part, and which messages it came from. */
export async function verifyTickets(inspection: Inspection): Promise<void> {
  const { since, store } = inspection
  const changed = { order: 'lastEventAt', range: { field: 'lastEventAt', gte: since ?? 0 } }
  for await (const page of everyPage(store, 'tickets', {
    limit: 50,
    ...(since === undefined ? {} : changed),
  }))
    for (const { id } of page) await verifyOne(inspection, id)
}

/** A bot that runs goes on meanwhile: what changed while it was read is read again. */
const attempts = 5

async function verifyOne(inspection: Inspection, id: string): Promise<void> {
  const { store } = inspection
  for (let attempt = 1; ; attempt++) {
    const document = await store.get<Ticket>('tickets', id)
    if (!document && attempt > 1) return
    const events = await eventsOf(inspection, id)
    const { faults, ticket } = verifyTicket({ id, document, events })
    const all = ticket ? [...faults, ...(await belongings(inspection, ticket))] : faults
    const after = all.length > 0 ? await store.get<Ticket>('tickets', id) : document
    if (after?.version !== document?.version && attempt < attempts) continue
    inspection.count('tickets')
    inspection.count('events', events.length)
    inspection.report(...all)
    return
  }
}

async function eventsOf({ store }: Inspection, ticket: string): Promise<readonly TicketEvent[]> {
  const events: TicketEvent[] = []
  let cursor: string | undefined
  do {
    const page = await store.find<TicketEvent>('ticketEvents', {
      ...{ where: { ticket }, order: 'sequence' },
      ...(cursor !== undefined && { cursor }),
    })
    events.push(...page.documents)
    cursor = page.next
  } while (cursor !== undefined)
  return events
}

async function belongings({ store }: Inspection, ticket: Ticket): Promise<readonly LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (const person of [ticket.reporter, ...ticket.supporters]) {
    const link = await store.get<Documents['ticketPeople']>('ticketPeople', `${person}/${ticket.id}`)
    const fits = link?.person === person && link.ticket === ticket.id && link.openedAt === ticket.openedAt
    if (fits) continue
    const what = link ? `the link of ${person} was changed` : `${person} takes part, and the link is missing`
    faults.push({ place: ticket.id, field: 'people', what })
  }
  for (const message of ticket.messages)
    if (!(await store.get('inbox', message)))
      faults.push({ place: ticket.id, field: 'messages', what: `its message ${message} is missing` })
  return faults
}
