import type { Ticket } from '../tickets/ticket.ts'
import { ticketWords } from './describe.ts'
import { both, type Outcome } from './outcome.ts'
import { alertOwner } from './sending/alert-owner.ts'
import type { Situation } from './situation.ts'
import { sayIfFitting } from './speak.ts'

/** How a ticket stands, said once. */
export function progress(situation: Situation, ticket: Ticket): Outcome {
  const { house, now } = situation
  const text = house.texts.ticketProgress(ticketWords(house, ticket, now))
  return sayIfFitting(situation, `progress/${ticket.id}/${ticket.sequence}`, text)
}

/** Somebody asks to hurry: whoever has it is told. */
export async function urge(situation: Situation, ticket: Ticket): Promise<Outcome> {
  const { house, now, person, reading } = situation
  const words = ticketWords(house, ticket, now)
  const text = house.texts.urgeAlert(words)
  const alerts = await alertOwner(reading, ticket, text)
  const done: Outcome = {
    facts: [{ ticket: ticket.id, by: person.id, fact: { type: 'urged' } }],
    sends: alerts,
  }
  const urged = house.texts.ticketUrged(words)
  return both(sayIfFitting(situation, `urged/${ticket.id}`, urged), done)
}
