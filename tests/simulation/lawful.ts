import { isDeepStrictEqual } from 'node:util'
import { faultIn, genesis } from '../../tickets/chain.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { applyEvent } from '../../tickets/fold.ts'
import { allowed, type Standing } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { District, Staff } from './district.ts'
import { everything } from './everything.ts'
import type { Lived } from './month.ts'
import { dueAfterEach } from './naive-time.ts'

/** What is wrong with the ledger after all that was done to it: one sentence each, none when all is well. */
export async function faultsOfLedger(lived: Lived): Promise<readonly string[]> {
  const { stage } = lived
  const stored = new Map((await everything(stage.store, 'tickets')).map((ticket) => [ticket.id, ticket]))
  const histories = await historiesOf(lived)
  const faults: string[] = []
  if (stored.size !== histories.size)
    faults.push(`${stored.size} tickets, but histories of ${histories.size}`)
  const daysOf = (category: string) =>
    stage.house.categories[category as keyof typeof stage.house.categories].workingDays
  for (const [id, events] of histories) {
    faults.push(...faultsOfChain(id, events))
    faults.push(...faultsOfChanges(lived, id, events, stored.get(id)))
    faults.push(...faultsOfDeadlines(id, events, daysOf), ...strangersIn(lived, id, events, stored))
  }
  return faults
}

/** Ticket number → its events as they are kept, in order. */
export async function historiesOf({ stage }: Lived): Promise<ReadonlyMap<string, readonly TicketEvent[]>> {
  const histories = new Map<string, TicketEvent[]>()
  for (const event of await everything(stage.store, 'ticketEvents'))
    histories.set(event.ticket, [...(histories.get(event.ticket) ?? []), event])
  for (const events of histories.values()) events.sort((one, other) => one.sequence - other.sequence)
  return histories
}

function faultsOfChain(id: string, events: readonly TicketEvent[]): string[] {
  let previous = genesis
  const remains = new Map<number, string>()
  for (const event of events)
    if (event.type === 'erased')
      for (const [at, sequence] of event.sequences.entries()) remains.set(sequence, event.remains[at] ?? '')
  return events.flatMap((event, index) => {
    const fault =
      event.sequence === index + 1 ? faultIn(event, previous, remains.get(event.sequence)) : 'out of sequence'
    previous = event.hash
    return fault ? [`${id}: event ${event.sequence} (${event.type}): ${fault}`] : []
  })
}

/** Each change lawful in its state and for whoever made it, and all of them together the ticket that is kept. */
function faultsOfChanges(
  lived: Lived,
  id: string,
  events: readonly TicketEvent[],
  stored: Ticket | undefined,
): string[] {
  const faults: string[] = []
  let ticket: Ticket | undefined
  for (const event of events) {
    if (ticket)
      faults.push(...faultsOfChange(lived, ticket, event).map((fault) => `${id}: ${event.type} ${fault}`))
    ticket = applyEvent(ticket, event)
  }
  const { version: _, ...kept } = { version: 0, ...stored }
  if (!isDeepStrictEqual(kept, ticket)) faults.push(`${id}: what is kept is not the sum of its events`)
  return faults
}

function faultsOfChange({ district, left }: Lived, ticket: Ticket, { type, by, at }: TicketEvent): string[] {
  if (type === 'opened') return ['came for a ticket that is there already']
  const staff = at < (left.get(by) ?? Number.POSITIVE_INFINITY) ? district.staffById(by) : undefined
  const standings = standingsOf(staff, ticket, by)
  const lawful = allowed[type]
  return [
    ...(lawful.in.includes(ticket.state) ? [] : [`came while it was ${ticket.state}`]),
    ...(standings.some((each) => lawful.by.includes(each))
      ? []
      : [`came from ${by}, who is ${standings.join(', ')}`]),
    ...(!staff || isTheirs(district, ticket, staff)
      ? []
      : [`came from ${staff.name}, whose ticket it is not`]),
  ]
}

function standingsOf(staff: Staff | undefined, ticket: Ticket, by: string): readonly Standing[] {
  if (by === 'bot' || by === 'operator') return [by]
  if (by.startsWith('system/')) return ['system']
  const role = staff?.role
  const ofRole: Standing =
    role === 'building_leader'
      ? 'volunteer'
      : role === 'grid_worker' || role === 'grid_leader' || role === 'department' || role === 'admin'
        ? role
        : 'resident'
  return [
    ofRole,
    ...(ticket.reporter === by ? (['reporter'] as const) : []),
    ...(ticket.supporters.includes(by) ? (['supporter'] as const) : []),
  ]
}

/** Grid workers and leaders have their places, departments what is theirs, admins everything. */
function isTheirs(district: District, ticket: Ticket, staff: Staff): boolean {
  if (staff.role === 'admin' || [ticket.responsible, ticket.assigned].includes(staff.id)) return true
  const called = ticket.whistle?.departments.some(({ department }) => department === staff.department)
  if (staff.role === 'department')
    return ticket.department.split('/').includes(staff.department ?? '') || (called ?? false)
  const group = district.groupById(ticket.group)
  if (!group) return true
  const places = placesAbove(district, group.grid)
  return staff.places.some((place) => places.includes(place))
}

function placesAbove(district: District, place: string): readonly string[] {
  const node = district.places.find(({ id }) => id === place)
  return node ? [place, ...(node.parent === null ? [] : placesAbove(district, node.parent))] : []
}

/** 3号楼 of another estate is another house: nobody of there joins in, and no trouble of there has come back here. */
function strangersIn(
  { district, names }: Lived,
  id: string,
  events: readonly TicketEvent[],
  stored: ReadonlyMap<string, Ticket>,
): string[] {
  const gridOfPerson = (person: string) => {
    const name = names.get(person)
    return district.groups.find(({ residents }) => name !== undefined && residents.includes(name))?.grid
  }
  const gridOf = (ticket: Ticket | undefined) =>
    district.groupById(ticket?.group ?? null)?.grid ?? gridOfPerson(ticket?.reporter ?? '')
  const here = gridOf(stored.get(id))
  if (here === undefined) return []
  return events.flatMap((event) => {
    if (event.type === 'supported' && gridOfPerson(event.by) !== here)
      return [`${id}: supported by somebody of ${gridOfPerson(event.by)}, but it is of ${here}`]
    const there = event.type === 'recurred' ? gridOf(stored.get(event.earlier)) : here
    return there === here || there === undefined
      ? []
      : [`${id}: recurred from ${there}, but it is of ${here}`]
  })
}

/** Rounding of thirds to ms. */
const tolerance = 2

function faultsOfDeadlines(
  id: string,
  events: readonly TicketEvent[],
  daysOf: (category: string) => number,
): string[] {
  const expected = dueAfterEach(events, daysOf)
  return events.flatMap((event, index) => {
    const due = expected[index]
    if (!due || !('deadline' in event)) return []
    const { type, deadline = Number.NaN, yellowAt = Number.NaN } = event
    const off = (one: number, other: number) => !(Math.abs(one - other) <= tolerance)
    return [
      ...(off(deadline, due.deadline)
        ? [`${id}: due at ${said(deadline)} after ${type}, not ${said(due.deadline)}`]
        : []),
      ...(off(yellowAt, due.yellowAt)
        ? [`${id}: yellow at ${said(yellowAt)} after ${type}, not ${said(due.yellowAt)}`]
        : []),
    ]
  })
}

function said(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)
}
