import { findNumber } from '../tickets/number.ts'
import { comparePlaces, isSameProblem, type ThingList } from '../tickets/same-problem.ts'
import { isOpen, type Ticket, ticketStates } from '../tickets/ticket.ts'
import { isSameNeighbourhood } from './people/same-neighbourhood.ts'
import type { Reading } from './reading.ts'

/** Finding tickets: by number, of a person, of a group, and those that speak of the same problem. */

const openStates = ticketStates.filter((state) => isOpen({ state }))
const oldestYearsBack = 3
const mostPerPerson = 30
const mostCompared = 300

/** By whole number or as said (1118-001: the newest wins). */
export async function ticketByNumber(
  reading: Reading,
  text: string,
  now: number,
): Promise<Ticket | undefined> {
  const number = findNumber(text)
  if (!number) return undefined
  if (number.full) return reading.get('tickets', number.full)
  const year = new Date(now).getUTCFullYear()
  for (let back = -1; back <= oldestYearsBack; back++) {
    const ticket = await reading.get('tickets', `${year - back}${number.said}`)
    if (ticket) return ticket
  }
  return undefined
}

/** Reported or supported by this person, newest first. */
export async function ticketsOfPerson(reading: Reading, person: string): Promise<readonly Ticket[]> {
  const { documents } = await reading.find('ticketPeople', {
    where: { person },
    order: 'openedAt',
    descending: true,
    limit: mostPerPerson,
  })
  const tickets = await Promise.all(documents.map((each) => reading.get('tickets', each.ticket)))
  return tickets.filter((ticket) => ticket !== undefined)
}

/** Not yet closed, newest first. */
export async function openTicketsOfGroup(reading: Reading, group: string): Promise<readonly Ticket[]> {
  const { documents } = await reading.find('tickets', {
    where: { group, state: { in: openStates } },
    order: 'openedAt',
    descending: true,
    limit: mostCompared,
  })
  return documents
}

export async function openTickets(reading: Reading): Promise<readonly Ticket[]> {
  const { documents } = await reading.find('tickets', {
    where: { state: { in: openStates } },
    order: 'openedAt',
    descending: true,
    limit: mostCompared,
  })
  return documents
}

type Report = Pick<Ticket, 'category' | 'place' | 'text' | 'group' | 'reporter' | 'openedAt'>

/** The newest open ticket about the same problem. */
export async function sameOpenTicket(
  reading: Reading,
  report: Report,
  things: ThingList,
): Promise<Ticket | undefined> {
  const { documents } = await reading.find('tickets', {
    where: { category: report.category, state: { in: openStates } },
    order: 'openedAt',
    descending: true,
    limit: mostCompared,
  })
  return firstNear(
    reading,
    report,
    documents.filter((ticket) => isSameProblem(ticket, report, things)),
  )
}

async function firstNear(
  reading: Reading,
  report: Report,
  tickets: readonly Ticket[],
): Promise<Ticket | undefined> {
  for (const ticket of tickets) if (await isSameNeighbourhood(reading, ticket, report)) return ticket
  return undefined
}

/** The same category and place, done or closed since then (ms): it has come back. */
export async function recurredFrom(
  reading: Reading,
  report: Report,
  things: ThingList,
  since: number,
): Promise<Ticket | undefined> {
  const { documents } = await reading.find('tickets', {
    where: { category: report.category, state: { in: ['done', 'closed'] } },
    order: 'openedAt',
    descending: true,
    limit: mostCompared,
  })
  const recent = (ticket: Ticket) => ticket.lastEventAt >= since
  const alike = (ticket: Ticket) =>
    // that it came back is said of a place: 7号楼 and 幸福街88号 may be the same, or not
    recent(ticket) &&
    comparePlaces(ticket.place, report.place) !== 'unknown' &&
    isSameProblem(ticket, report, things)
  return firstNear(reading, report, documents.filter(alike))
}
