import type { Place } from '../../intents/understanding.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { placeInPublic, ticketWords } from '../describe.ts'
import { tellStaffAgain } from '../duties/ladder.ts'
import { both, type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { whyNotSpeak } from '../speak.ts'

/** The missing place, a closer one, or another photo, from the person who has just reported. */
export const moreAboutTicket: Handler = async (situation) => {
  const { memory, reading, now, understanding, text, photos } = situation
  const last = memory?.lastTicket
  if (!last || now - last.at > stillTheSame) return undefined
  const ticket = await reading.get('tickets', last.ticket)
  if (!ticket || !isAllowed(ticket.state, 'amended')) return undefined
  const { place } = understanding
  if (place && isOnlyPlace(situation, ticket) && tellsMore(ticket.place, place))
    return amendPlace(situation, ticket, place)
  return photos.length > 0 && text === '' ? amendPhotos(situation, ticket) : undefined
}

const stillTheSame = 30 * 60_000
const shortAnswer = 15

/** An answer is short and is nothing else: not a new trouble at another place. In an emergency all is one. */
function isOnlyPlace({ text, understanding, house }: Situation, ticket: Ticket): boolean {
  if (ticket.urgency === 'emergency') return true
  const { intent, confidence } = understanding
  if (intent === 'chatter' || intent === 'ticket') return text.length <= shortAnswer * 2
  // a place alone looks like a complaint; 5号楼停水了, which names a thing, is one
  if (text.length > shortAnswer || house.things.some((thing) => mentions(text, thing))) return false
  return ticket.place === null || (intent === 'complaint' && confidence < 0.9)
}

function tellsMore(before: Place | null, place: Place): boolean {
  if (before === null) return true
  const added = Object.keys(place).some((part) => !(part in before))
  return added && comparePlaces(before, place) !== 'different'
}

async function amendPlace(situation: Situation, ticket: Ticket, place: Place): Promise<Outcome> {
  const { house, person, now, photos, reading, group } = situation
  const fact = { type: 'amended', place, ...(photos.length > 0 && { photos }) } as const
  const after = { ...ticket, place: { ...ticket.place, ...place } }
  const alerts =
    ticket.urgency === 'emergency' ? await tellStaffAgain(house, reading, after, group, person.name) : {}
  const done = both(alerts, {
    facts: [{ ticket: ticket.id, by: person.id, fact }],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `the place of ${ticket.id}`,
  })
  // only the answer to the bot's own question is worth a word to everybody
  const reason = ticket.place === null ? whyNotSpeak(situation) : 'recorded'
  if (reason && !situation.addressed) return silence(reason, done)
  const { number } = ticketWords(house, ticket, now)
  return reply(
    situation,
    house.texts.placeNoted({ place: placeInPublic(after.place) ?? number, number }),
    done,
  )
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
