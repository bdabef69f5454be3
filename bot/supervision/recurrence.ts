import { day } from '../../tickets/shanghai-time.ts'
import { isHeavy } from '../../tickets/supervision.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from '../sending/alert-department.ts'
import { recurredFrom } from '../tickets-of.ts'
import { audiencesIn } from './audience.ts'
import { climb } from './climb.ts'
import { waitsForSummary } from './red-step.ts'

/**
 * A new ticket speaks of what was closed lately at the same place: it is marked, and reported one level higher. The
 * next summary tells of it; a heavy one, or where there are no summaries, is told at once. {} when nothing came back.
 * `known`: the one that it is known to come back from.
 */
export async function recurrenceOf(
  house: House,
  reading: Reading,
  fresh: Ticket,
  known?: Ticket,
): Promise<Outcome> {
  const now = house.now()
  const since = now - house.supervision.recurrence.days * day
  const earlier = known ?? (await recurredFrom(reading, fresh, house.things, since))
  if (!earlier) return {}
  const ticket: Ticket = { ...fresh, recurredFrom: earlier.id }
  const { facts, timer, people } = await climb(house, audiencesIn(reading), ticket, now, {
    reason: 'recurring',
  })
  const atOnce = !waitsForSummary(house) || isHeavy(ticket, house.supervision.weight)
  const text = house.texts.recurredAlert(ticketWords(house, ticket, now)) + house.texts.lightSeen()
  return {
    facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'recurred', earlier: earlier.id } }, ...facts],
    // it climbs further only once it is red: see duties/red-ladder.ts
    timers: people.length > 0 ? [{ ...timer, dueAt: ticket.deadline + day }] : [],
    sends: atOnce ? alertPeople(people, text) : [],
  }
}
