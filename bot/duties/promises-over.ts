import type { TicketFactType } from '../../tickets/event.ts'

/** Timers of a ticket (duties/ticket-timers.ts) that are over with an event, whoever or whatever caused it. */
const over: Partial<Readonly<Record<TicketFactType, readonly string[]>>> = {
  acknowledged: ['first-hands'],
  reassigned: ['first-hands'],
  returned: ['first-hands'],
  resumed: ['hold'],
  done: ['first-hands', 'hold', 'whistle'],
  declined: ['first-hands', 'hold', 'whistle'],
  withdrawn: ['first-hands', 'hold', 'whistle'],
  closed: ['follow-up'],
  reopened: ['follow-up'],
}

/** Timer ids. */
export function promisesOver(type: TicketFactType, ticket: string): readonly string[] {
  return (over[type] ?? []).map((kind) => `${kind}/${ticket}`)
}
