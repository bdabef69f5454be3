import type { TicketFactType } from '../../tickets/event.ts'

/** Timers of a ticket (ticket-timers.ts, ladder.ts) that are over with an event, whoever or whatever caused it. */
const over: Partial<Readonly<Record<TicketFactType, readonly string[]>>> = {
  acknowledged: ['first-hands', 'ladder'],
  reassigned: ['first-hands'],
  returned: ['first-hands'],
  on_hold: ['ladder'],
  resumed: ['hold'],
  done: ['first-hands', 'hold', 'whistle', 'ladder'],
  declined: ['first-hands', 'hold', 'whistle', 'ladder'],
  withdrawn: ['first-hands', 'hold', 'whistle', 'ladder'],
  closed: ['follow-up'],
  reopened: ['follow-up'],
}

/** Timer ids. */
export function promisesOver(type: TicketFactType, ticket: string): readonly string[] {
  return (over[type] ?? []).map((kind) => `${kind}/${ticket}`)
}

/** The alert ladder of an emergency: one at most. */
export function ladderId(ticket: string): string {
  return `ladder/${ticket}`
}
