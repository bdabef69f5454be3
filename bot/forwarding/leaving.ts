import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { stateWord, whatOf } from '../describe.ts'
import type { Lore } from '../house.ts'
import type { ForwardedTicket } from '../ports/ticket-system.ts'

/**
 * What leaves the house of a ticket. Phones, cards, plates, rooms and names are masked; `personal` leaves them in, for
 * a system whose people have to find the door and call.
 * @param nameless takes the names of its people out: see people/names-of-ticket.ts
 */
export function leaving(
  lore: Pick<Lore, 'texts' | 'categories' | 'things'>,
  ticket: Ticket,
  { personal }: { readonly personal: boolean },
  nameless: (words: string) => string,
): ForwardedTicket {
  const { id, sequence, state, category, urgency, department, openedAt, deadline, note } = ticket
  const words = personal ? (text: string) => text : (text: string) => nameless(maskPersonalData(text))
  return {
    ...{ id, sequence, state, category, urgency, department, openedAt, deadline },
    stateName: stateWord(lore.texts, state),
    categoryName: lore.categories[category].name,
    title: words(whatOf(lore, ticket)),
    text: words(ticket.text),
    place: ticket.place ? words(formatPlace(ticket.place, { withRoom: personal })) : '',
    ...(note !== undefined && (state === 'done' || state === 'closed') && { note: words(note) }),
  }
}
