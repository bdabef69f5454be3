import type { RemoteState } from '../../../bot/ports/ticket-system.ts'
import type { TicketState } from '../../../tickets/ticket.ts'
import type { RedmineSettings } from './options.ts'

/** Our states and their statuses. "Resolved" is not closed over there, so names count, not `is_closed`. */

type OurStatus = keyof RedmineSettings['statuses']

const statusOf: Readonly<Record<TicketState, OurStatus>> = {
  accepted: 'open',
  dispatched: 'open',
  handling: 'handling',
  on_hold: 'on_hold',
  done: 'done',
  closed: 'closed',
  declined: 'declined',
  withdrawn: 'withdrawn',
}

/** The name of the status that a ticket should have over there. */
export function theirStatus({ statuses }: RedmineSettings, state: TicketState): string {
  const status = statusOf[state]
  if (status === 'on_hold') return statuses.on_hold ?? statuses.handling
  if (status === 'withdrawn') return statuses.withdrawn ?? statuses.declined
  return statuses[status]
}

/** How far a status is; the same name may stand for two of ours, then it is the earlier one. */
const steps = [
  ['open', 'open'],
  ['handling', 'handling'],
  ['on_hold', 'handling'],
  ['done', 'done'],
  ['closed', 'done'],
  ['declined', 'declined'],
  ['withdrawn', 'declined'],
] as const satisfies readonly (readonly [OurStatus, RemoteState])[]

export function remoteState({ statuses, states }: RedmineSettings, said: string): RemoteState {
  return states[said] ?? steps.find(([status]) => statuses[status] === said)?.[1] ?? 'unknown'
}

/** All their words that we know: the status hook reads them, too. */
export function remoteStates({
  statuses,
  states,
}: Pick<RedmineSettings, 'statuses' | 'states'>): Readonly<Record<string, RemoteState>> {
  const ours = steps.flatMap(([status, state]) => {
    const word = statuses[status]
    return word === undefined ? [] : [[word, state] as const]
  })
  // the earlier one counts, as above
  return { ...Object.fromEntries(ours.reverse()), ...states }
}

/** What they were told the last time they were written to. */
export interface Knowing {
  /** Our state and deadline, both as they are now. */
  readonly all: boolean
  /** The deadline at least: the ticket was not reopened since. */
  readonly round: boolean
}

/**
 * Is their status to be set to ours? What they did since is theirs to do and comes home by itself: a ticket that they
 * took or finished is not put back, not even when ours has moved a step meanwhile. Reopened it is, for then it has
 * another deadline.
 */
export function mustMove(settings: RedmineSettings, said: string, wanted: string, knowing: Knowing): boolean {
  if (said === wanted) return false
  const theirs = remoteState(settings, said)
  const ours = remoteState(settings, wanted)
  // both run: that they have begun, or wait, is their affair
  if (ours === 'open' && theirs === 'handling') return false
  // declined is no progress: whoever is given such a ticket again is to work on it
  const isFurther = theirs === 'done' && (ours === 'open' || ours === 'handling')
  if (knowing.round && (isFurther || isStruckOff(settings, said, wanted))) return false
  if (!knowing.all) return true
  return theirs !== 'unknown'
}

/** Done here, closed there. */
function isStruckOff({ statuses }: RedmineSettings, said: string, wanted: string): boolean {
  return wanted === statuses.done && said === statuses.closed
}
