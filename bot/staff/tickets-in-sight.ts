import { lightOf } from '../../tickets/deadline.ts'
import { isOpen, ownerOf, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import type { Person } from '../documents.ts'
import { maySee } from '../doors/tickets/scope.ts'
import { atLeast } from '../people/directory.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import type { Reading } from '../reading.ts'
import type { Situation } from '../situation.ts'
import { openTickets, openTicketsOfGroup } from '../tickets-of.ts'

/** The open tickets that somebody of staff works with: in a group its own, in private all of their places. */
export async function ticketsInSight(situation: Situation): Promise<readonly Ticket[]> {
  const { reading, group, person, house, now } = situation
  const tickets = group ? await openTicketsOfGroup(reading, group.id) : await ofTheirs(reading, person)
  const seen: Ticket[] = []
  // in a group two hundred people read along: accusations stay out of it
  for (const ticket of tickets)
    if (!(group && ticket.category === 'conduct') && (await maySee(house, reading, person, ticket)))
      seen.push(ticket)
  return seen.sort(
    (one, other) => urgencyOf(other, now) - urgencyOf(one, now) || one.deadline - other.deadline,
  )
}

/** Red first, then yellow; done last: there is nothing left to do but wait. */
function urgencyOf(ticket: Ticket, now: number): number {
  if (ticket.state === 'done' || ticket.state === 'on_hold') return -1
  return { blue: 0, yellow: 1, red: 2 }[lightOf(ticket, now)]
}

async function ofTheirs(reading: Reading, person: Person): Promise<readonly Ticket[]> {
  if (person.places.length === 0 || atLeast(person, 'department')) return openTickets(reading)
  const { documents: groups } = await reading.find('groups', { limit: 10_000 })
  const near: string[] = []
  for (const group of groups)
    for (const place of group.places)
      if (!near.includes(group.id) && (await reachesPlace(reading, person.places, place))) near.push(group.id)
  if (near.length === 0) return openTickets(reading)
  const { documents } = await reading.find('tickets', {
    where: { group: { in: near }, state: { in: ticketStates.filter((state) => isOpen({ state })) } },
    order: 'openedAt',
    descending: true,
  })
  const others = (await openTickets(reading)).filter(
    (ticket) => ticket.group === null || ownerOf(ticket) === person.id,
  )
  return [...documents, ...others.filter(({ id }) => documents.every((each) => each.id !== id))]
}
