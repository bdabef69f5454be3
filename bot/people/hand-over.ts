import { saidNumber } from '../../tickets/number.ts'
import { isRunning, ownerOf, type Ticket, ticketStates } from '../../tickets/ticket.ts'
import type { Person } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome, Send, TicketChange } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { fallbackOwner } from '../routing/route.ts'
import { alertPeople, staffOfDepartment } from '../sending/alert-department.ts'
import { staffFor } from './directory.ts'

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
  const group = ticket.group === null ? undefined : await reading.get('groups', ticket.group)
  const colleagues =
    leaving.role === 'department'
      ? await staffOfDepartment(reading, ticket.department, group)
      : await staffFor(reading, 'grid_worker', group)
  const others = colleagues.filter(({ id }) => id !== leaving.id)
  const near = others.find(({ places }) => places.some((place) => leaving.places.includes(place)))
  if (near || leaving.role === 'department') return near ?? others[0] ?? fallback()
  return fallback()

  async function fallback(): Promise<Person | undefined> {
    const owner = await fallbackOwner(reading, house, group)
    return owner?.id === leaving.id ? undefined : owner
  }
}
