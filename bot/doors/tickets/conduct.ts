import { findNumber } from '../../../tickets/number.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import type { Person } from '../../documents.ts'
import { atLeast } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { ticketByNumber } from '../../tickets-of.ts'

/**
 * Whoever is complained about does not get the complaint: conduct goes to grid leaders and above, never to somebody
 * whom its words name, or who had the ticket of which they speak.
 */
export async function mayHaveConduct(
  reading: Reading,
  ticket: Ticket,
  person: Person,
  now: number,
): Promise<boolean> {
  if (ticket.category !== 'conduct') return true
  if (!atLeast(person, 'grid_leader') || ticket.text.includes(person.name)) return false
  if ([ticket.reporter, ...ticket.supporters].includes(person.id)) return false
  const spokenOf = findNumber(ticket.text) && (await ticketByNumber(reading, ticket.text, now))
  return !spokenOf || ![spokenOf.assigned, spokenOf.responsible].includes(person.id)
}
