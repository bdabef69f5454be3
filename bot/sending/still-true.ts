import type { TicketEvent, TicketFactType } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Send } from '../outcome.ts'
import type { Store } from '../ports/store.ts'
import type { Reading } from '../reading.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/** After one of these a question or a notice of before is not true any more. */
const turns: readonly TicketFactType[] = [
  ...(['done', 'closed', 'reopened', 'withdrawn', 'declined'] as const),
  ...(['on_hold', 'resumed', 'extended', 'erased'] as const),
]

/**
 * What waited for the end of the quiet hours is looked at again before it is sent: nobody is asked in the morning about a
 * ticket that was closed, or opened again, in the night. What names no ticket is always true.
 */
export async function isStillTrue(store: Store, { about }: Pick<OutboxEntry, 'about'>): Promise<boolean> {
  if (!about) return true
  const { documents } = await store.find<TicketEvent>('ticketEvents', {
    where: { ticket: about.ticket },
    order: 'sequence',
    range: { field: 'sequence', gte: about.sequence + 1 },
  })
  return !documents.some(({ type }) => turns.includes(type))
}

/** What waits names the event of its ticket after which it was true. @param planned the ticket as it will be */
export async function aboutOf(
  reading: Reading,
  send: Send,
  planned: (ticket: string) => Ticket | undefined,
): Promise<Pick<OutboxEntry, 'about'>> {
  if (send.kind !== 'reply' || !send.canWait || send.about === undefined) return {}
  const ticket = planned(send.about) ?? (await reading.get('tickets', send.about))
  return ticket ? { about: { ticket: ticket.id, sequence: ticket.sequence } } : {}
}
