import type { Ticket, TicketFactType, TicketState } from './ticket.ts'

/** The one table of allowed changes: which event is lawful in which state. */
export const allowedIn: Readonly<Record<Exclude<TicketFactType, 'opened'>, readonly TicketState[]>> = {
  dispatched: ['accepted'],
  amended: ['accepted', 'dispatched', 'handling', 'done', 'on_hold'],
  supported: ['accepted', 'dispatched', 'handling', 'done', 'on_hold'],
  urged: ['accepted', 'dispatched', 'handling', 'on_hold'],
  withdrawn: ['accepted', 'dispatched', 'handling', 'on_hold'],
  acknowledged: ['accepted', 'dispatched', 'handling'],
  handling: ['dispatched'],
  done: ['dispatched', 'handling'],
  rated: ['done', 'closed'],
  closed: ['done'],
  reopened: ['done', 'closed'],
  escalated: ['accepted', 'dispatched', 'handling', 'done', 'on_hold'],
  recurred: ['accepted', 'dispatched', 'handling'],
}

export class UnlawfulChangeError extends Error {
  readonly code = 'unlawful-change'

  constructor(ticket: Ticket | undefined, type: TicketFactType) {
    super(
      ticket
        ? `ticket ${ticket.id} is ${ticket.state}: ${type} is lawful ${type === 'opened' ? 'only for a new ticket' : `in ${allowedIn[type].join(', ')}`}`
        : `${type} came for a ticket that was never opened`,
    )
    this.name = 'UnlawfulChangeError'
  }
}

export function isAllowed(state: TicketState | undefined, type: TicketFactType): boolean {
  if (type === 'opened') return state === undefined
  return state !== undefined && allowedIn[type].includes(state)
}

/** @throws UnlawfulChangeError */
export function assertAllowed(ticket: Ticket | undefined, type: TicketFactType): void {
  if (!isAllowed(ticket?.state, type)) throw new UnlawfulChangeError(ticket, type)
}
