import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { TicketChange } from '../outcome.ts'
import { isStaff } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import type { SupervisionTimer } from './climb.ts'

/** Somebody says that they have seen what was reported to them. */
export interface Supervised {
  readonly tickets: readonly Ticket[]
  /** `supervised`: the ladder of each of them stops with it. */
  readonly facts: readonly TicketChange[]
}

const most = 10_000

/**
 * What waits for the word of this person: one ticket, or all that were reported to them.
 * @param ticketId a whole number; without it all. Undefined when nothing waits, or they are no staff.
 */
export async function superviseFor(
  reading: Reading,
  person: string,
  ticketId?: string,
): Promise<Supervised | undefined> {
  const who = await reading.get('people', person)
  if (!who || !isStaff(who)) return undefined
  const tickets: Ticket[] = []
  for (const timer of await waitingFor(reading, person)) {
    if (ticketId !== undefined && timer.ticket !== ticketId) continue
    const ticket = await reading.get('tickets', timer.ticket)
    if (ticket && isAllowed(ticket.state, 'supervised')) tickets.push(ticket)
  }
  if (tickets.length === 0) return undefined
  return {
    tickets,
    facts: tickets.map(({ id }) => ({ ticket: id, by: person, fact: { type: 'supervised' } })),
  }
}

/** Everything that was reported to somebody and waits for a word. */
export async function allWaiting(reading: Reading): Promise<readonly SupervisionTimer[]> {
  const query = { where: { kind: 'supervision' }, order: 'dueAt', limit: most }
  return (await reading.find('timers', query)).documents as readonly SupervisionTimer[]
}

async function waitingFor(reading: Reading, person: string): Promise<readonly SupervisionTimer[]> {
  return (await allWaiting(reading)).filter(({ people }) => people.includes(person))
}
