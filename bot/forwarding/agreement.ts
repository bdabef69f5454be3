import type { TicketState } from '../../tickets/ticket.ts'
import type { RemoteState } from '../ports/ticket-system.ts'

/** What they may say of a ticket that stands like this with us, so that nobody has to look; the first says it best. */
const expected: Readonly<Record<TicketState, readonly [RemoteState, ...RemoteState[]]>> = {
  accepted: ['open'],
  dispatched: ['open'],
  // they need not know who works on it
  handling: ['handling', 'open'],
  on_hold: ['open', 'handling'],
  done: ['done'],
  closed: ['done'],
  declined: ['declined', 'done'],
  withdrawn: ['declined', 'done'],
}

export function agrees(ours: TicketState, theirs: RemoteState): boolean {
  return expected[ours].includes(theirs)
}

/** What a system that says nothing is taken to think. */
export function expectedState(ours: TicketState): RemoteState {
  return expected[ours][0]
}
