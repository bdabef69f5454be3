import type { TicketEvent } from '../../tickets/event.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import { ancestorsOf } from '../people/directory.ts'
import type { Put, RecordedReading } from '../reading.ts'
import { type ChannelAlert, type Delivery, deliveryId } from './delivery.ts'
import {
  type AlertEvent,
  alertsOf,
  asksForPlaces,
  channelsOf,
  concerns,
  type Forwardable,
  type ForwardingRules,
  isGivenTo,
  isLeaving,
  mayLeave,
  setsDeadline,
  targetsOf,
} from './rules.ts'

/** One event of the transaction, and the ticket as it is after it. */
export interface TicketStep {
  readonly event: TicketEvent
  readonly ticket: Ticket
}

/**
 * What the events of a transaction mean for other systems, to be written with them: so nothing is lost, whatever
 * happens next, and what happens to a ticket while a system is away is brought over at once.
 */
export async function planForwarding(
  house: Pick<House, 'forwarding' | 'now'>,
  reading: RecordedReading,
  puts: readonly Put[],
  steps: readonly TicketStep[],
): Promise<readonly Put[]> {
  if (steps.length === 0) return []
  const rules = house.forwarding
  if (!rules || rules.systems.size === 0) return []
  const planned: Put[] = []
  for (const [id, ticket] of new Map(steps.map((step) => [step.ticket.id, step.ticket]))) {
    const events = steps.flatMap(({ event }) => (event.ticket === id ? [event] : []))
    const forwardable = { ...ticket, places: await placesOf(rules, reading, ticket) }
    const deliveries = await planDeliveries(
      rules,
      reading,
      puts,
      { events, ticket, forwardable },
      house.now(),
    )
    planned.push(...deliveries, ...planAlerts(rules, { events, ticket, forwardable }, house.now()))
  }
  return planned
}

interface Changed {
  readonly events: readonly TicketEvent[]
  readonly ticket: Ticket
  readonly forwardable: Forwardable
}

async function planDeliveries(
  rules: ForwardingRules,
  reading: RecordedReading,
  puts: readonly Put[],
  changed: Changed,
  now: number,
): Promise<readonly Put[]> {
  const { events, ticket, forwardable } = changed
  if (!events.some(isLeaving)) return []
  const known = (await reading.find('deliveries', { where: { ticket: ticket.id } })).documents
  const targets = targetsOf(rules, forwardable)
  const planned: Put[] = []
  for (const system of new Set([...targets, ...known.map((each) => each.system)])) {
    const last = events.filter((event) => concerns(system, event)).at(-1)
    if (!last || !rules.systems.has(system)) continue
    const before = beingPut(puts, system, ticket) ?? known.find((each) => each.system === system)
    if (!goesOn(rules, targets, system, before, changed)) continue
    // that there is none yet must still be true when it is written
    if (!before) await reading.get('deliveries', deliveryId(system, ticket.id))
    planned.push({ collection: 'deliveries', document: wanting(before, system, ticket, last.sequence, now) })
  }
  return planned
}

/** The same transaction writes it already: that is where it goes on from. */
function beingPut(puts: readonly Put[], system: string, ticket: Ticket): Delivery | undefined {
  const id = deliveryId(system, ticket.id)
  for (const put of puts) if (put.collection === 'deliveries' && put.document.id === id) return put.document
  return undefined
}

/**
 * A system that has a ticket hears how it goes on, also when the rules would send it elsewhere by now; not when the
 * ticket has become nobody else's business. Who turned it down is not sent it again, until somebody gives it to the
 * department that the system stands for.
 */
function goesOn(
  rules: ForwardingRules,
  targets: ReadonlySet<string>,
  system: string,
  before: Delivery | undefined,
  { ticket, forwardable }: Changed,
): boolean {
  if (!before) return isOpen(ticket)
  if (before.remote?.state === 'declined') return isGivenTo(rules, system, forwardable)
  return targets.has(system) || mayLeave(rules, system, ticket)
}

function wanting(
  before: Delivery | undefined,
  system: string,
  ticket: Ticket,
  wanted: number,
  now: number,
): Delivery {
  const fresh = { id: deliveryId(system, ticket.id), system, ticket: ticket.id, done: 0, attempts: 0 }
  const waits = before?.state === 'waiting'
  return {
    ...(before ?? { ...fresh, differences: [], untold: false }),
    ...{ wanted, state: 'waiting', live: isOpen(ticket) },
    // what failed a moment ago keeps its pause
    dueAt: waits ? (before.dueAt ?? now) : now,
  }
}

function planAlerts(
  rules: ForwardingRules,
  { events, ticket, forwardable }: Changed,
  now: number,
): readonly Put[] {
  const alerts = new Map<string, ChannelAlert>()
  const plan = (system: string, id: string, alert: Pick<ChannelAlert, 'event' | 'dueAt' | 'since'>) => {
    if (rules.systems.has(system) && !alerts.has(id))
      alerts.set(id, { id, system, ticket: ticket.id, attempts: 0, ...alert })
  }
  for (const event of events) {
    for (const [kind, system] of told(rules, forwardable, event))
      plan(system, `${system}/${event.id}/${kind}`, { event: kind, dueAt: now, since: now })
    if (!setsDeadline(event)) continue
    const since = ticket.deadline
    for (const system of channelsOf(rules, forwardable, 'red'))
      plan(system, `${system}/${ticket.id}/red`, { event: 'red', dueAt: since + 1, since })
  }
  return [...alerts.values()].map((document) => ({ collection: 'channelAlerts', document }) as const)
}

/** One alert an event and channel, the gravest. */
function told(
  rules: ForwardingRules,
  forwardable: Forwardable,
  event: TicketEvent,
): readonly (readonly [AlertEvent, string])[] {
  const found = new Map<string, AlertEvent>()
  for (const kind of alertsOf(event))
    for (const system of channelsOf(rules, forwardable, kind)) if (!found.has(system)) found.set(system, kind)
  return [...found].map(([system, kind]) => [kind, system] as const)
}

async function placesOf(
  rules: ForwardingRules,
  reading: RecordedReading,
  { group }: Ticket,
): Promise<ReadonlySet<string>> {
  if (group === null || !asksForPlaces(rules)) return new Set()
  const above = await ancestorsOf(reading, (await reading.get('groups', group))?.places ?? [])
  const nodes = await Promise.all([...above].map((id) => reading.get('places', id)))
  return new Set(nodes.flatMap((node) => (node ? [node.name] : [])))
}
