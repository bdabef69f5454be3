import { isAllowed } from '../../tickets/lifecycle.ts'
import { type Ticket, takesPart } from '../../tickets/ticket.ts'
import type { Reading } from '../reading.ts'
import { afterQuietHours } from '../sending/quiet-hours.ts'
import type { Situation } from '../situation.ts'
import { openTicketsOfGroup, ticketsOfPerson } from '../tickets-of.ts'

/** A ticket about which somebody was asked whether they are satisfied. */
export interface Asked {
  readonly ticket: Ticket
  /** They take part through an older ticket of the same problem: see returnedTo. */
  readonly returned?: boolean
}

/** Done, and asked about in this conversation; in private whatever they take part in. */
export async function ticketsAskedAbout(situation: Situation): Promise<readonly Asked[]> {
  const { reading, person, group, isPrivate } = situation
  const own = await ticketsOfPerson(reading, person.id)
  const here = (ticket: Ticket) => isPrivate || (group !== undefined && isAskedIn(ticket, group.id))
  const asked = own.filter((ticket) => ticket.state === 'done' && here(ticket))
  const returned = (await returnedTo(situation, own)).filter(here)
  return [...asked.map((ticket) => ({ ticket })), ...returned.map((ticket) => ({ ticket, returned: true }))]
}

function isAskedIn(ticket: Ticket, group: string): boolean {
  return ticket.group === group || (ticket.elsewhere ?? []).some((to) => 'group' in to && to.group === group)
}

/**
 * Whose problem came back, and was reported again by somebody else, takes part in that: tickets that are done now and
 * recurred from a closed one of theirs.
 */
async function returnedTo(
  { reading, person, group }: Situation,
  own: readonly Ticket[],
): Promise<readonly Ticket[]> {
  const closed = new Set(own.filter(({ state }) => state === 'closed').map(({ id }) => id))
  if (closed.size === 0) return []
  const groups = new Set([group?.id ?? null, ...own.map((ticket) => ticket.group)])
  const found: Ticket[] = []
  for (const id of groups) {
    const open = id === null ? [] : await openTicketsOfGroup(reading, id)
    for (const ticket of open) {
      if (ticket.state !== 'done' || takesPart(ticket, person.id)) continue
      if (await recurredFromOne(reading, ticket, closed)) found.push(ticket)
    }
  }
  return found
}

const longestChain = 10

async function recurredFromOne(
  reading: Reading,
  ticket: Ticket,
  earlier: ReadonlySet<string>,
): Promise<boolean> {
  let before = ticket.recurredFrom
  for (let step = 0; before !== undefined && step < longestChain; step++) {
    if (earlier.has(before)) return true
    before = (await reading.get('tickets', before))?.recurredFrom
  }
  return false
}

/** The question went out then, or will. */
export function askedAt(ticket: Ticket): number {
  return afterQuietHours(ticket.doneAt ?? ticket.lastEventAt)
}

/** Whether they have said already how they find this work. */
export async function hasAnswered(reading: Reading, ticket: Ticket, person: string): Promise<boolean> {
  if (!isAllowed(ticket.state, 'rated')) return false
  const { documents } = await reading.find('ticketEvents', {
    where: { ticket: ticket.id },
    order: 'sequence',
  })
  return documents.some(({ type, by, at }) => type === 'rated' && by === person && at >= (ticket.doneAt ?? 0))
}
