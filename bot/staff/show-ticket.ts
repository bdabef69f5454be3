import { formatPlace } from '../../intents/places.ts'
import { lightWord, progressOf, ticketWords } from '../describe.ts'
import { maySee } from '../doors/tickets/scope.ts'
import type { Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketByNumber } from '../tickets-of.ts'

/** A ticket by its number: to staff in private all that they need to act; in a group what everybody may read. */
export async function showTicket(situation: Situation, number: string): Promise<Outcome> {
  const { house, reading, person, isPrivate, now } = situation
  const { texts } = house
  const ticket = await ticketByNumber(reading, number, now)
  if (!ticket || !(await maySee(house, reading, person, ticket)))
    return reply(situation, texts.ticketUnknown())
  const words = ticketWords(house, ticket, now)
  if (!isPrivate) return reply(situation, texts.ticketProgress(words))
  const reporter = await reading.get('people', ticket.reporter)
  return reply(
    situation,
    texts.staffTicketDetail({
      ...{ number: words.number, light: lightWord(texts, ticket, now), text: ticket.text },
      category: house.categories[ticket.category].name,
      place: ticket.place ? formatPlace(ticket.place, { withRoom: true }) : texts.placeUnknown(),
      person: reporter?.name ?? ticket.reporter,
      ...{ supporters: ticket.supporters.length, photos: ticket.photos.length },
      progress: progressOf(texts, ticket, now),
    }),
  )
}
