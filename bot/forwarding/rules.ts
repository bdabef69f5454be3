import type { Category, Urgency } from '../../intents/understanding.ts'
import type { TicketEvent, TicketFactType } from '../../tickets/event.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { isPrivateMatter } from '../private-matters.ts'

/** Which ticket goes where: tickets/forwarding.yaml is what admins edit. Unlike in routing, every rule that fits counts. */
export interface ForwardingRules {
  /** Names of all systems that are configured. */
  readonly systems: ReadonlySet<string>
  readonly rules: readonly ForwardingRule[]
  readonly alerts: readonly AlertRule[]
}

/** All that is given has to fit. */
interface Fitting {
  readonly category?: readonly Category[] | undefined
  readonly department?: string | undefined
  /** Name of a place of the tree: it holds for whatever lies in it. */
  readonly place?: string | undefined
  readonly urgency?: Urgency | undefined
}

export interface ForwardingRule extends Fitting {
  readonly to: readonly string[]
}

export interface AlertRule extends Fitting {
  readonly events: readonly AlertEvent[]
  readonly to: readonly string[]
}

/** `emergency`: opened as one; `red`: past its deadline. The others are what happened to the ticket. */
export const alertEvents = [
  'opened',
  'emergency',
  'red',
  'escalated',
  'whistled',
  'returned',
  'reopened',
  'done',
  'closed',
] as const
export type AlertEvent = (typeof alertEvents)[number]

export type Forwardable = Pick<Ticket, 'category' | 'sensitive' | 'department' | 'urgency'> & {
  /** Names of the places of its group, and of all above them. */
  readonly places: ReadonlySet<string>
}

/** Systems that are to have this ticket. */
export function targetsOf({ rules }: ForwardingRules, ticket: Forwardable): ReadonlySet<string> {
  return new Set(rules.filter((rule) => fits(rule, ticket)).flatMap(({ to }) => to))
}

/** Somebody gave it to the department that this system stands for. */
export function isGivenTo({ rules }: ForwardingRules, system: string, ticket: Forwardable): boolean {
  return rules.some((rule) => rule.department !== undefined && rule.to.includes(system) && fits(rule, ticket))
}

/** Channels that are told of this event. */
export function channelsOf(
  { alerts }: ForwardingRules,
  ticket: Forwardable,
  event: AlertEvent,
): ReadonlySet<string> {
  const fitting = alerts.filter((rule) => rule.events.includes(event) && fits(rule, ticket))
  return new Set(fitting.flatMap(({ to }) => to))
}

/** A rule names a place: then the places of a ticket have to be looked up. */
export function asksForPlaces({ rules, alerts }: ForwardingRules): boolean {
  return [...rules, ...alerts].some(({ place }) => place !== undefined)
}

/** Accusations, disputes and need leave the house only where a rule names their category. */
export function mayLeave(
  { rules }: ForwardingRules,
  system: string,
  ticket: Pick<Ticket, 'category' | 'sensitive'>,
): boolean {
  if (!isPrivateMatter(ticket)) return true
  return rules.some((rule) => rule.to.includes(system) && rule.category?.includes(ticket.category))
}

function fits(rule: Fitting, ticket: Forwardable): boolean {
  const { category, department, places, urgency } = ticket
  const named = rule.category?.includes(category) ?? !isPrivateMatter(ticket)
  return (
    named &&
    (rule.department === undefined || department.split('/').includes(rule.department)) &&
    (rule.place === undefined || places.has(rule.place)) &&
    (rule.urgency === undefined || rule.urgency === urgency)
  )
}

/** Facts that change something of what leaves the house. */
const leaving: ReadonlySet<TicketFactType> = new Set([
  'opened',
  'dispatched',
  'amended',
  'withdrawn',
  'handling',
  'done',
  'closed',
  'reopened',
  'reassigned',
  'returned',
  'declined',
  'on_hold',
  'resumed',
  'extended',
  'erased',
] satisfies TicketFactType[])

export function isLeaving({ type }: Pick<TicketEvent, 'type'>): boolean {
  return leaving.has(type)
}

/** What a system did itself need not be told to it. */
export function concerns(system: string, { type, by }: Pick<TicketEvent, 'type' | 'by'>): boolean {
  return leaving.has(type) && by !== `system/${system}`
}

/** The one thing to be told of an event: an emergency is not told as an opening, too. */
export function alertsOf(event: TicketEvent): readonly AlertEvent[] {
  if (event.type === 'opened' && event.urgency === 'emergency') return ['emergency', 'opened']
  return alertEvents.filter((each) => each === event.type)
}

/** After these the deadline is another, or counts again. */
export function setsDeadline({ type }: TicketEvent): boolean {
  return type === 'opened' || type === 'reopened' || type === 'extended' || type === 'resumed'
}
