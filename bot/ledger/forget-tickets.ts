import type { ForgottenTicket } from '../../tickets/anchor.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import type { Put, Reading, Removal } from '../reading.ts'

interface Forgetting {
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
}

/** So many in one commit; the duty comes back for the rest. */
const batch = 200

/**
 * Ended tickets whose time is over, with everything that hangs on them: events, links, messages. What stays is a
 * record without a word of anybody, so that `ledger verify` can tell forgetting from tampering.
 * @param keep ms after the last event
 */
export async function oldTickets(
  reading: Reading,
  now: number,
  keep: number,
): Promise<Forgetting & { readonly more: boolean }> {
  const gone = await endedBefore(reading, now - keep)
  const names = new Set(gone.map(({ id }) => id))
  const puts: Put[] = []
  const removals: Removal[] = []
  for (const ticket of gone) {
    const { id, sequence, head, lastEventAt } = ticket
    const record: ForgottenTicket = { id, sequence, head, lastEventAt, at: now, keep }
    puts.push({ collection: 'forgottenTickets', document: record })
    removals.push({ collection: 'tickets', id }, ...(await hanging(reading, ticket)))
  }
  const messages = await messagesOf(reading, gone, names)
  return {
    puts: [...puts, ...messages.puts],
    removals: [...removals, ...messages.removals],
    more: gone.length === batch,
  }
}

/** What is still open is passed over, however old it is. */
async function endedBefore(reading: Reading, before: number): Promise<readonly Ticket[]> {
  const range = { field: 'lastEventAt', lte: before }
  const ended: Ticket[] = []
  let cursor: string | undefined
  do {
    const page = await reading.find('tickets', {
      ...{ order: 'lastEventAt', range },
      ...(cursor !== undefined && { cursor }),
    })
    ended.push(...page.documents.filter((ticket) => !isOpen(ticket)))
    cursor = page.next
  } while (cursor !== undefined && ended.length < batch)
  return ended.slice(0, batch)
}

async function hanging(reading: Reading, ticket: Ticket): Promise<readonly Removal[]> {
  const where = { ticket: ticket.id }
  const { documents } = await reading.find('ticketEvents', { where, order: 'sequence', limit: 10_000 })
  const deliveries = await reading.find('deliveries', { where, limit: 1_000 })
  const people = new Set([ticket.reporter, ...ticket.supporters])
  return [
    ...deliveries.documents.map(({ id }) => ({ collection: 'deliveries', id }) as const),
    ...documents.map(({ id }) => ({ collection: 'ticketEvents', id }) as const),
    ...[...people].map((person) => ({ collection: 'ticketPeople', id: `${person}/${ticket.id}` }) as const),
  ]
}

/** A message goes with the last ticket that came of it. */
async function messagesOf(
  reading: Reading,
  gone: readonly Ticket[],
  names: ReadonlySet<string>,
): Promise<Forgetting> {
  const puts: Put[] = []
  const removals: Removal[] = []
  for (const id of new Set(gone.flatMap(({ messages }) => messages))) {
    const entry = await reading.get('inbox', id)
    if (!entry) continue
    const tickets = (entry.tickets ?? []).filter((ticket) => !names.has(ticket))
    if (tickets.length === 0) removals.push({ collection: 'inbox', id })
    else puts.push({ collection: 'inbox', document: { ...entry, tickets } })
  }
  return { puts, removals }
}
