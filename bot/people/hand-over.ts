import { saidNumber } from '../../tickets/number.ts'
import { isRunning, ownerOf, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import type { Group, Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome, Send, TicketChange } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { fallbackOwner } from '../routing/route.ts'
import { alertPeople, staffOfDepartment } from '../sending/alert-department.ts'
import { staffFor } from './directory.ts'
import { groupOfTicket } from './group-of-ticket.ts'
import { homeGroup } from './home-group.ts'

const states = ticketStates.filter((state) => isRunning({ state }) || state === 'on_hold')
const page = 1_000
/** One screen; whoever wants all of them asks for the list. */
const mostNamed = 10

/**
 * Somebody leaves the roster: what they had in hand goes on with a colleague of the same place or department, else
 * with the fallback owner, who is told once for all of it. A fallback owner always exists, unless nobody is left.
 */
export async function handOver(
  house: House,
  reading: Reading,
  leaving: Person,
  by: string,
): Promise<Pick<Outcome, 'facts' | 'sends'>> {
  const facts: TicketChange[] = []
  const taken = new Map<string, Ticket[]>()
  const reason = house.texts.handedOverWhy({ name: leaving.name })
  for (const ticket of await inHand(reading, leaving.id)) {
    const owner = await successor(house, reading, ticket, leaving)
    const fact = { type: 'reassigned', department: ticket.department, reason } as const
    facts.push({ ticket: ticket.id, by, fact: owner ? { ...fact, assigned: owner.id } : fact })
    taken.set(owner?.id ?? '', [...(taken.get(owner?.id ?? '') ?? []), ticket])
  }
  const sends = [...taken].flatMap(([person, tickets]): readonly Send[] => {
    const numbers = tickets.slice(0, mostNamed).map(({ id }) => saidNumber(id))
    const more = tickets.length > mostNamed ? '…' : ''
    const words = { name: leaving.name, count: tickets.length, numbers: numbers.join('、') + more }
    const text = house.texts.handedOverSeveral(words)
    return person === '' ? [{ kind: 'alert', to: { role: 'admin' }, text }] : alertPeople([person], text)
  })
  return { facts, sends }
}

/** Work comes back: who has it now, and the change when whoever had it has left meanwhile. `owner`: person id. */
export async function ownerNow(
  house: House,
  reading: Reading,
  ticket: Ticket,
): Promise<{ readonly owner?: string; readonly facts: readonly TicketChange[] }> {
  const before = ownerOf(ticket)
  if (before === undefined) return { facts: [] }
  const person = await reading.get('people', before)
  if (person?.role !== 'resident') return { owner: before, facts: [] }
  const next = await successor(house, reading, ticket, person)
  const { department } = ticket
  const assigned = next && { assigned: next.id }
  const reason = house.texts.handedOverWhy({ name: person.name })
  return {
    ...(next && { owner: next.id }),
    facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'reassigned', department, reason, ...assigned } }],
  }
}

async function inHand(reading: Reading, person: string): Promise<readonly Ticket[]> {
  const found: Ticket[] = []
  for (let cursor: string | undefined; ; ) {
    const query = { where: { state: { in: states } }, order: 'openedAt', limit: page }
    const tickets = await reading.find('tickets', cursor === undefined ? query : { ...query, cursor })
    found.push(...tickets.documents.filter((ticket) => ownerOf(ticket) === person))
    if (tickets.next === undefined) return found
    cursor = tickets.next
  }
}

async function successor(
  house: House,
  reading: Reading,
  ticket: Ticket,
  leaving: Person,
): Promise<Person | undefined> {
  const group =
    ticket.group === null ? await homeGroup(reading, ticket.reporter) : await groupOfTicket(reading, ticket)
  const colleagues =
    leaving.role === 'department'
      ? await staffOfDepartment(reading, ticket.department, group)
      : await staffFor(reading, 'grid_worker', group)
  const others = colleagues.filter(({ id }) => id !== leaving.id)
  const near = others.find(({ places }) => places.some((place) => answersFor(group, leaving).includes(place)))
  const colleague = near ?? (leaving.role === 'department' ? others[0] : undefined)
  if (colleague) return colleague
  const owner = await fallbackOwner(reading, house, group)
  return owner?.id === leaving.id ? undefined : owner
}

/** Whoever has left already answers for nothing any more: then it is the group's own places. */
function answersFor(group: Group | undefined, leaving: Person): readonly string[] {
  return leaving.places.length > 0 ? leaving.places : (group?.places ?? [])
}
