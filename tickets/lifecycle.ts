import type { TicketFactType } from './event.ts'
import type { Ticket, TicketState } from './ticket.ts'

/**
 * The one table of allowed changes: which event is lawful in which state, and by whom. Whether somebody answers
 * for this very ticket (its place, its department) is looked at by the doors: bot/doors/tickets/scope.ts.
 */

/** What somebody is to a ticket; one person may be several of these. */
export const standings = [
  'resident',
  /** Supported it. */
  'supporter',
  'reporter',
  /** Volunteers and building leaders: they may take what is small (小事不出栋). */
  'volunteer',
  'grid_worker',
  'grid_leader',
  'department',
  'admin',
  'operator',
  /** Another system: an alarm, or where the ticket was forwarded to. */
  'system',
  'bot',
] as const
export type Standing = (typeof standings)[number]

const staff = ['grid_worker', 'grid_leader', 'department', 'admin', 'operator'] as const
const leaders = ['grid_leader', 'department', 'admin', 'operator'] as const
const admins = ['admin', 'operator'] as const
const anybody = ['resident', 'supporter', 'reporter', 'volunteer', ...staff, 'system'] as const

const running = ['accepted', 'dispatched', 'handling'] as const
const open = [...running, 'done', 'on_hold'] as const

interface Allowance {
  readonly in: readonly TicketState[]
  readonly by: readonly Standing[]
}

export const allowed: Readonly<Record<Exclude<TicketFactType, 'opened'>, Allowance>> = {
  dispatched: { in: ['accepted'], by: ['bot'] },
  amended: { in: open, by: [...anybody, 'bot'] },
  supported: { in: open, by: anybody },
  urged: { in: [...running, 'on_hold'], by: anybody },
  withdrawn: { in: [...running, 'on_hold'], by: ['reporter', 'bot'] },
  acknowledged: { in: running, by: ['volunteer', ...staff, 'system'] },
  handling: { in: ['dispatched'], by: ['volunteer', ...staff, 'system'] },
  reassigned: { in: [...running, 'on_hold'], by: [...staff, 'bot'] },
  returned: { in: running, by: ['volunteer', ...staff, 'system'] },
  declined: { in: running, by: leaders },
  on_hold: { in: running, by: staff },
  resumed: { in: ['on_hold'], by: [...staff, 'bot'] },
  extension_asked: { in: running, by: staff },
  extension_refused: { in: running, by: admins },
  extended: { in: running, by: admins },
  whistled: { in: running, by: staff },
  reported_for_duty: { in: running, by: ['department', 'admin', 'operator'] },
  done: { in: ['dispatched', 'handling'], by: ['volunteer', ...staff, 'system'] },
  // also of what was declined: whoever does not accept it is on record
  rated: { in: ['done', 'closed', 'declined'], by: ['reporter', 'supporter'] },
  // nothing is closed behind a resident's back: only the follow-up closes, whoever did the work
  closed: { in: ['done'], by: ['bot'] },
  reopened: { in: ['done', 'closed', 'declined'], by: ['bot', ...admins] },
  escalated: { in: open, by: ['bot'] },
  supervised: { in: open, by: staff },
  recurred: { in: running, by: ['bot'] },
  forwarded: { in: [...open, 'closed', 'declined', 'withdrawn'], by: ['bot'] },
  erased: { in: [...open, 'closed', 'declined', 'withdrawn'], by: admins },
}

/** Who may open one: everybody who may speak, and alarms. */
const openers: readonly Standing[] = anybody

export class UnlawfulChangeError extends Error {
  readonly code = 'unlawful-change'

  constructor(
    ticket: Pick<Ticket, 'id' | 'state'> | undefined,
    type: TicketFactType,
    by?: readonly Standing[],
  ) {
    super(unlawful(ticket, type, by))
    this.name = 'UnlawfulChangeError'
  }
}

function unlawful(
  ticket: Pick<Ticket, 'id' | 'state'> | undefined,
  type: TicketFactType,
  by: readonly Standing[] = [],
): string {
  if (!ticket) return `${type} came for a ticket that was never opened`
  if (type === 'opened')
    return `ticket ${ticket.id} is ${ticket.state}: opened is lawful only for a new ticket`
  return isAllowed(ticket.state, type)
    ? `${type} of ticket ${ticket.id} came from ${by.join(', ')}: it is for ${allowed[type].by.join(', ')}`
    : `ticket ${ticket.id} is ${ticket.state}: ${type} is lawful in ${allowed[type].in.join(', ')}`
}

/** Lawful in this state, whoever does it. */
export function isAllowed(state: TicketState | undefined, type: TicketFactType): boolean {
  if (type === 'opened') return state === undefined
  return state !== undefined && allowed[type].in.includes(state)
}

/** Lawful for somebody who stands to the ticket like this, whatever its state. */
export function isAllowedBy(by: readonly Standing[], type: TicketFactType): boolean {
  const lawful = type === 'opened' ? openers : allowed[type].by
  return by.some((standing) => lawful.includes(standing))
}

/** @throws UnlawfulChangeError */
export function assertAllowed(ticket: Pick<Ticket, 'id' | 'state'> | undefined, type: TicketFactType): void {
  if (!isAllowed(ticket?.state, type)) throw new UnlawfulChangeError(ticket, type)
}

/** @throws UnlawfulChangeError */
export function assertAllowedBy(
  ticket: Pick<Ticket, 'id' | 'state'>,
  type: TicketFactType,
  by: readonly Standing[],
): void {
  if (!isAllowedBy(by, type)) throw new UnlawfulChangeError(ticket, type, by)
}
