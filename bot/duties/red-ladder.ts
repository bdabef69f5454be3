import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import { addWorkingTime, workingDay } from '../../tickets/working-calendar.ts'
import type { House } from '../house.ts'
import type { Outcome, TicketChange } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { audiencesIn } from '../supervision/audience.ts'
import type { SupervisionTimer } from '../supervision/climb.ts'
import { climbHigher } from '../supervision/red-step.ts'
import { type LightNews, tellLights } from '../supervision/tell-lights.ts'
import type { Timer } from '../timer.ts'
import { isRed } from './lights.ts'

const together = 200

/** Every step that is due is taken at once: whoever hears of several tickets gets one message. */
export async function climbRedLadders(house: House, reading: Reading): Promise<Outcome> {
  const audiences = audiencesIn(reading)
  const now = house.now()
  const [facts, timers, news]: [TicketChange[], Timer[], LightNews[]] = [[], [], []]
  const cancelled: string[] = []
  for (const timer of await dueSteps(house, reading)) {
    const ticket = await reading.get('tickets', timer.ticket)
    if (!ticket || !isRunning(ticket)) {
      cancelled.push(timer.id)
      continue
    }
    const waiting = stillWaiting(house, timer, ticket)
    if (waiting) {
      timers.push(waiting)
      continue
    }
    const step = await climbHigher(house, audiences, ticket, now, timer.people)
    timers.push(step.timer)
    facts.push(...step.facts)
    if (step.news) news.push(step.news)
  }
  const why = facts.length > 0 ? `nobody answered for ${facts.map(({ ticket }) => ticket).join(', ')}` : ''
  return { facts, timers, cancelled, sends: tellLights(house, news), ...(why && { why }) }
}

async function dueSteps(house: House, reading: Reading): Promise<readonly SupervisionTimer[]> {
  const range = { field: 'dueAt', lte: house.now() }
  const query = { where: { kind: 'supervision' }, order: 'dueAt', range, limit: together }
  return (await reading.find('timers', query)).documents as readonly SupervisionTimer[]
}

/**
 * On top there is nobody higher, and what is not red (it was reported because it came back) climbs only once it is:
 * both go on waiting for a word, and the summaries remind.
 */
function stillWaiting(house: House, timer: SupervisionTimer, ticket: Ticket): SupervisionTimer | undefined {
  const now = house.now()
  if (!isRed(ticket, now)) return { ...timer, dueAt: ticket.deadline + 1 + workingDay }
  const top = house.supervision.ladder.length
  if (timer.level < top) return undefined
  return { ...timer, dueAt: addWorkingTime(house.calendar, now, workingDay) }
}
