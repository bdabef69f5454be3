import type { TicketFactType } from '../../../tickets/event.ts'
import { ownerOf, type Ticket } from '../../../tickets/ticket.ts'
import type { Person } from '../../documents.ts'
import type { Lore } from '../../house.ts'
import { atLeast, isStaff } from '../../people/directory.ts'
import { groupOfTicket } from '../../people/group-of-ticket.ts'
import { reachesPlace } from '../../people/reaches-place.ts'
import type { Reading } from '../../reading.ts'
import { mayHelp } from '../../routing/first-hands.ts'
import { type Actor, byOf, RefusedError } from '../command.ts'

/**
 * Whose ticket it is. Staff bound to places answer for the tickets of those places; staff of a department for those
 * of the department; whoever has it, or should have taken it, in any case; who is bound to nothing, and the
 * operator, for all. Another system may touch what it reported and what was forwarded to it.
 * @throws RefusedError
 */
export async function assertTheirs(
  lore: Pick<Lore, 'routing'>,
  reading: Reading,
  actor: Actor,
  ticket: Ticket,
  change: TicketFactType,
): Promise<void> {
  if (actor.kind === 'operator') return
  const theirs = actor.kind === 'system' ? isOfSystem(ticket, actor.name) : await isOfPerson()
  if (theirs) return
  throw new RefusedError(
    'elsewhere',
    `ticket ${ticket.id} is not for ${byOf(actor)} to change: its department is ${ticket.department}`,
  )

  async function isOfPerson(): Promise<boolean> {
    const person = await reading.get('people', byOf(actor))
    return person !== undefined && (await mayChange(lore, reading, person, ticket, change))
  }
}

function isOfSystem(ticket: Ticket, name: string): boolean {
  const forwarded = (ticket.forwarded ?? []).some(({ system }) => system === name)
  return forwarded || ticket.reporter === `system/${name}`
}

async function mayChange(
  lore: Pick<Lore, 'routing'>,
  reading: Reading,
  person: Person,
  ticket: Ticket,
  change: TicketFactType,
): Promise<boolean> {
  if (ownerOf(ticket) === person.id) return true
  if (change === 'reported_for_duty') return isStaff(person)
  if (!isStaff(person)) {
    // volunteers help with what is small, where they live, while nobody has it
    const small = mayHelp(lore.routing.smallMatters, ticket.category, person)
    const free = ticket.responsible === undefined && person.places.length > 0
    return small && free && (await isNear(reading, person, ticket))
  }
  // the lead department concludes; those that were called in report for duty and help
  if (person.role === 'department' && person.department !== undefined)
    return isOfDepartment(ticket.department, person.department) && (await isNear(reading, person, ticket))
  return isNear(reading, person, ticket)
}

/** May this person read along: their place, their department, or called in by a whistle. */
export async function maySee(
  lore: Pick<Lore, 'routing'>,
  reading: Reading,
  person: Person,
  ticket: Ticket,
): Promise<boolean> {
  // whoever may be complained about does not read along
  if (ticket.category === 'conduct' && !atLeast(person, 'grid_leader')) return false
  const called = ticket.whistle?.departments.some(({ department }) => department === person.department)
  return called === true || (await mayChange(lore, reading, person, ticket, 'acknowledged'))
}

/** A category's department may name two: 公安/城管. */
export function isOfDepartment(departments: string, department: string): boolean {
  return departments.split('/').includes(department)
}

async function isNear(reading: Reading, person: Person, ticket: Ticket): Promise<boolean> {
  if (person.places.length === 0) return true
  const group = await groupOfTicket(reading, ticket)
  // said in private, or in a group that is bound to no place: nobody's place, so everybody's
  if (!group || group.places.length === 0) return true
  for (const place of group.places) if (await reachesPlace(reading, person.places, place)) return true
  return false
}
