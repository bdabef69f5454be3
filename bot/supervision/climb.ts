import { firstStepAt, nextStepAt } from '../../tickets/supervision.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { TicketChange } from '../outcome.ts'
import type { Timer } from '../timer.ts'
import type { Audiences } from './audience.ts'
import { supervisionId } from './light-timers.ts'

export type SupervisionTimer = Timer & { readonly kind: 'supervision' }

/** One step up the ladder: on record, and waiting for the word of those to whom it is reported now. */
export interface Climbed {
  /** None when there was nobody to report it to. */
  readonly facts: readonly TicketChange[]
  readonly timer: SupervisionTimer
  /** Person ids of this very level; [] when the roster has nobody for it, or for any above it. */
  readonly people: readonly string[]
}

export type ClimbReason = 'overdue' | 'recurring' | 'not satisfied'

type Ladder = Pick<House, 'supervision' | 'calendar'>

/**
 * One level higher than the ticket has been; a level that nobody holds is passed over, and above the top there is
 * only the top. `heard`: who was told before and did not answer; their word still counts.
 */
export async function climb(
  house: Ladder,
  audiences: Audiences,
  ticket: Ticket,
  now: number,
  { reason, heard = [] }: { readonly reason: ClimbReason; readonly heard?: readonly string[] },
): Promise<Climbed> {
  const { ladder } = house.supervision
  const from = Math.min(ladder.length, ticket.escalation + 1)
  const { level, people } = await heldLevel(house, audiences, ticket, from)
  const to = ladder[level - 1]?.to.join('、') ?? ''
  const escalated: TicketChange = {
    ...{ ticket: ticket.id, by: 'bot' },
    fact: { type: 'escalated', to, reason, level },
  }
  return {
    people,
    facts: people.length > 0 ? [escalated] : [],
    timer: {
      ...{ id: supervisionId(ticket.id), kind: 'supervision', ticket: ticket.id },
      // it looks again whether somebody holds that level by then
      level: people.length > 0 ? level : 0,
      people: [...new Set([...heard, ...people])],
      dueAt: nextStepAt(house.supervision, house.calendar, ticket, level, now),
    },
  }
}

async function heldLevel(
  { supervision }: Ladder,
  audiences: Audiences,
  ticket: Ticket,
  from: number,
): Promise<{ readonly level: number; readonly people: readonly string[] }> {
  for (let level = from; level <= supervision.ladder.length; level++) {
    const people = await audiences.of(supervision.ladder[level - 1]?.to ?? [], ticket)
    if (people.length > 0) return { level, people }
  }
  return { level: from, people: [] }
}

/** Nobody is told yet: the ladder begins when its first step is due. Undefined when that is now. */
export function firstStepLater(
  { supervision, calendar }: Ladder,
  ticket: Ticket,
  now: number,
  heard: readonly string[],
): SupervisionTimer | undefined {
  const dueAt = firstStepAt(supervision, calendar, ticket, now)
  if (dueAt <= now) return undefined
  return {
    ...{ id: supervisionId(ticket.id), kind: 'supervision', ticket: ticket.id },
    ...{ level: 0, people: heard, dueAt },
  }
}
