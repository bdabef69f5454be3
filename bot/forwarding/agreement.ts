import type { TicketState } from '../../tickets/ticket.ts'
import { type RemoteState, remoteStates } from '../ports/ticket-system.ts'

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

/** What their word means to us: `states` says it, or it is one of ours. */
export function remoteStateOf(
  states: Readonly<Record<string, RemoteState>> | undefined,
  said: string,
): RemoteState {
  const mapped = states && Object.hasOwn(states, said) ? states[said] : undefined
  return mapped ?? remoteStates.find((state) => state === said) ?? 'unknown'
}
