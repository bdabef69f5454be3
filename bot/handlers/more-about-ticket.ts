import type { Place } from '../../intents/understanding.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { placeInPublic, ticketWords } from '../describe.ts'
import { type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { whyNotSpeak } from '../speak.ts'

/** The missing place, or another photo, from the person who has just reported. */
export const moreAboutTicket: Handler = async (situation) => {
  const { memory, reading, now, understanding, text, photos } = situation
  const last = memory?.pendingPlace ?? memory?.lastTicket
  if (!last || now - last.at > stillTheSame) return undefined
  const ticket = await reading.get('tickets', last.ticket)
  if (!ticket || !isAllowed(ticket.state, 'amended')) return undefined
  const { place } = understanding
  if (
    memory?.pendingPlace &&
    ticket.place === null &&
    place &&
    isOnlyPlace(text, understanding.intent, situation)
  )
    return amendPlace(situation, ticket, place)
  if (photos.length > 0 && text === '') return amendPhotos(situation, ticket)
  return undefined
}

/** An answer to the bot's question is short and is nothing else: not a new trouble at another place. */
function isOnlyPlace(text: string, intent: string, { understanding }: Situation): boolean {
  if (intent === 'chatter' || text.length <= shortAnswer) return true
  return intent === 'complaint' && understanding.confidence < 0.9 && text.length <= shortAnswer * 2
}

const stillTheSame = 30 * 60_000
const shortAnswer = 15

function amendPlace(situation: Situation, ticket: Ticket, place: Place): Outcome {
  const { house, person, now, photos } = situation
  const fact = { type: 'amended', place, ...(photos.length > 0 && { photos }) } as const
  const done: Outcome = {
    facts: [{ ticket: ticket.id, by: person.id, fact }],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `the place of ${ticket.id}`,
  }
  const { number } = ticketWords(house, ticket, now)
  const reason = whyNotSpeak(situation)
  if (reason) return silence(reason, done)
  return reply(situation, house.texts.placeNoted({ place: placeInPublic(place) ?? number, number }), done)
}

function amendPhotos(situation: Situation, ticket: Ticket): Outcome {
  const { person, photos, isPrivate, house, now } = situation
  const done: Outcome = {
    facts: [{ ticket: ticket.id, by: person.id, fact: { type: 'amended', photos } }],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `a photo for ${ticket.id}`,
  }
  if (!isPrivate) return silence('recorded', done)
  return reply(situation, house.texts.photoNoted({ number: ticketWords(house, ticket, now).number }), done)
}
