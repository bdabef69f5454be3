import type { Ticket } from '../../tickets/ticket.ts'
import type { Group } from '../documents.ts'
import type { Reading } from '../reading.ts'

/** Where it was reported; undefined for what came in private or from a device. */
export async function groupOfTicket(
  reading: Reading,
  ticket: Pick<Ticket, 'group'>,
): Promise<Group | undefined> {
  return ticket.group === null ? undefined : reading.get('groups', ticket.group)
}
