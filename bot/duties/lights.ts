import { lightOf } from '../../tickets/deadline.ts'
import { wouldComeTooLate } from '../../tickets/supervision.ts'
import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { Outcome, TicketChange } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { type Audiences, audiencesIn } from '../supervision/audience.ts'
import { supervisionId } from '../supervision/light-timers.ts'
import { turnRed, waitsForSummary } from '../supervision/red-step.ts'
import { type LightNews, tellLights } from '../supervision/tell-lights.ts'
import type { Timer } from '../timer.ts'

type LightTimer = Timer & { readonly kind: 'light' }

/** Many tickets are due at 18:00 of the same day: so many turn in one decision, the others in the next. */
const together = 200

/**
 * Every light that is due turns at once, not only that of the timer: whoever has several of them gets one message.
 * A light waits for the next summary, unless that would come too late, it is an emergency, or weighs much.
 */
export async function turnLights(house: House, reading: Reading): Promise<Outcome> {
  const audiences = audiencesIn(reading)
  const [facts, timers, news]: [TicketChange[], Timer[], LightNews[]] = [[], [], []]
  const cancelled: string[] = []
  const why: string[] = []
  for (const timer of await dueLights(house, reading)) {
    const ticket = await reading.get('tickets', timer.ticket)
    const turned =
      ticket && isRunning(ticket) ? await turn(house, reading, audiences, timer, ticket) : undefined
    if (turned?.timer.id !== timer.id) cancelled.push(timer.id)
    if (!turned) continue
    timers.push(turned.timer)
    facts.push(...(turned.facts ?? []))
    if (turned.news) news.push(turned.news)
    why.push(`${timer.ticket} turned ${timer.light}`)
  }
  return { facts, timers, cancelled, sends: tellLights(house, news), why: why.join(', ') }
}

async function dueLights(house: House, reading: Reading): Promise<readonly LightTimer[]> {
  const range = { field: 'dueAt', lte: house.now() }
  const query = { where: { kind: 'light' }, order: 'dueAt', range, limit: together }
  return (await reading.find('timers', query)).documents as readonly LightTimer[]
}

interface Turned {
  readonly timer: Timer
  readonly facts?: readonly TicketChange[]
  readonly news?: LightNews
}

async function turn(
  house: House,
  reading: Reading,
  audiences: Audiences,
  timer: LightTimer,
  ticket: Ticket,
): Promise<Turned> {
  if (timer.light === 'red') {
    const waiting = await reading.get('timers', supervisionId(ticket.id))
    const before = waiting?.kind === 'supervision' ? waiting.people : []
    return turnRed(house, audiences, ticket, house.now(), before)
  }
  const red: LightTimer = { ...timer, light: 'red', dueAt: ticket.deadline + 1 }
  if (!cannotWait(house, ticket)) return { timer: red }
  const told = await audiences.of(house.supervision.lights.yellow, ticket)
  const owners = [...told, ...(await audiences.taker(ticket))]
  return { timer: red, news: { ticket, at: house.now(), owners, above: [], otherwise: 'grid_worker' } }
}

function cannotWait(house: House, ticket: Ticket): boolean {
  if (!waitsForSummary(house) || ticket.urgency === 'emergency') return true
  return wouldComeTooLate(house.supervision, house.calendar, ticket.deadline, house.now())
}

/** Work is to be done on it, and its time is over. */
export function isRed(ticket: Ticket, now: number): boolean {
  return isRunning(ticket) && lightOf(ticket, now) === 'red'
}
