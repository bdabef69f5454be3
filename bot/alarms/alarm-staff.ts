import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import type { Group } from '../documents.ts'
import type { Send } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from '../sending/alert-department.ts'
import { alertRole } from '../sending/alert-role.ts'

/** A word to whoever has to answer for the ticket of an alarm; to the grid workers when the roster names nobody. */
export async function tellOwner(reading: Reading, ticket: Ticket, text: string): Promise<readonly Send[]> {
  const owner = ownerOf(ticket)
  if (owner !== undefined && !owner.startsWith('system/') && owner !== 'operator')
    return alertPeople([owner], text)
  return alertRole(reading, 'grid_worker', await groupOf(reading, ticket), text)
}

export async function groupOf(reading: Reading, ticket: Ticket): Promise<Group | undefined> {
  return ticket.group === null ? undefined : reading.get('groups', ticket.group)
}
