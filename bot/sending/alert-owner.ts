import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import type { Send } from '../outcome.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from './alert-department.ts'
import { alertRole } from './alert-role.ts'

/**
 * A word to whoever has a ticket, or should have taken it; to the grid workers of its place when nobody has. Whoever may
 * be complained about hears of no complaint about staff.
 */
export async function alertOwner(reading: Reading, ticket: Ticket, text: string): Promise<readonly Send[]> {
  const owner = ownerOf(ticket)
  if (owner !== undefined && owner !== 'operator') return alertPeople([owner], text)
  const group = await groupOfTicket(reading, ticket)
  return alertRole(reading, ticket.category === 'conduct' ? 'grid_leader' : 'grid_worker', group, text)
}
