import { isHeavy } from '../../tickets/supervision.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { TicketChange } from '../outcome.ts'
import type { Timer } from '../timer.ts'
import type { Audiences } from './audience.ts'
import { climb, firstStepLater } from './climb.ts'
import type { LightNews } from './tell-lights.ts'

/** What a step of a red ticket leads to. */
export interface RedStep {
  readonly facts: readonly TicketChange[]
  readonly timer: Timer
  /** Undefined: the next summary tells. */
  readonly news?: LightNews
}

/**
 * The light has turned red: those of the colour hear of it, and the ladder begins.
 * @param before who was told of it already, because it came back, and has not answered
 */
export async function turnRed(
  house: House,
  audiences: Audiences,
  ticket: Ticket,
  now: number,
  before: readonly string[],
): Promise<RedStep> {
  const colour = await audiences.of(house.supervision.lights.red, ticket)
  const heard = [...new Set([...before, ...colour])]
  const later = firstStepLater(house, ticket, now, heard)
  if (later) return { facts: [], timer: later, ...(await newsIfAtOnce(house, audiences, ticket, colour)) }
  const { facts, timer, people } = await climb(house, audiences, ticket, now, { reason: 'overdue', heard })
  const told = [...new Set([...people, ...colour])]
  return { facts, timer, ...(await newsIfAtOnce(house, audiences, ticket, told)) }
}

/** Nobody who was told has said a word: one step higher. On top it goes on waiting. */
export async function climbHigher(
  house: House,
  audiences: Audiences,
  ticket: Ticket,
  now: number,
  heard: readonly string[],
): Promise<RedStep> {
  const { facts, timer, people } = await climb(house, audiences, ticket, now, { reason: 'overdue', heard })
  return { facts, timer, ...(people.length > 0 && (await newsIfAtOnce(house, audiences, ticket, people))) }
}

async function newsIfAtOnce(
  house: House,
  audiences: Audiences,
  ticket: Ticket,
  above: readonly string[],
): Promise<Pick<RedStep, 'news'>> {
  const urgent = ticket.urgency === 'emergency' || isHeavy(ticket, house.supervision.weight)
  if (!urgent && waitsForSummary(house)) return {}
  const owners = await audiences.taker(ticket)
  return { news: { ticket, at: house.now(), owners, above, otherwise: 'grid_leader' } }
}

/** There are summaries, and they are on: not in a replay. */
export function waitsForSummary({ settings, supervision }: House): boolean {
  return settings.scheduledDuties && supervision.summaries.at.length > 0
}
