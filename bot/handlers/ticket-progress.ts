import type { Ticket } from '../../tickets/ticket.ts'
import { ownerOf } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import { both, type Outcome } from '../outcome.ts'
import { alertRole } from '../sending/alert-role.ts'
import type { Situation } from '../situation.ts'
import { sayIfFitting } from '../speak.ts'

/** How a ticket stands, said once. */
export function progress(situation: Situation, ticket: Ticket): Outcome {
  const { house, now } = situation
  const text = house.texts.ticketProgress(ticketWords(house, ticket, now))
  return sayIfFitting(situation, `progress/${ticket.id}/${ticket.sequence}`, text)
}

/** Somebody asks to hurry: whoever has it is told. */
export async function urge(situation: Situation, ticket: Ticket): Promise<Outcome> {
  const { house, now, person, reading, group } = situation
  const words = ticketWords(house, ticket, now)
  const text = house.texts.urgeAlert(words)
  const responsible = ownerOf(ticket)
  const alerts = responsible
    ? [{ kind: 'alert', to: { person: responsible }, text } as const]
    : await alertRole(reading, 'grid_worker', group, text)
  const done: Outcome = {
    facts: [{ ticket: ticket.id, by: person.id, fact: { type: 'urged' } }],
    sends: alerts,
  }
  const urged = house.texts.ticketUrged(words)
  return both(sayIfFitting(situation, `urged/${ticket.id}`, urged), done)
}
