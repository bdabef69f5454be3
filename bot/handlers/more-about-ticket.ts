import type { Place } from '../../intents/understanding.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { placeInPublic, ticketWords } from '../describe.ts'
import { tellStaff } from '../duties/ladder.ts'
import { isForeignToEmergency } from '../foreign-to-emergency.ts'
import { photoBelongsFor } from '../loose-photos.ts'
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
  const { place, ofOwn } = understanding
  // what is corrected, or not wanted any more, is no place that was missing: own-ticket.ts
  if (ofOwn === 'withdraw' || (ofOwn === 'amend' && ticket.place !== null)) return undefined
  if (place && isOnlyPlace(situation, ticket) && tellsMore(ticket.place, place))
    return amendPlace(situation, ticket, place)
  const described = ticket.place === null ? describedPlace(situation) : undefined
  if (described) return amendPlace(situation, ticket, described)
  const belongs = photos.length > 0 && text === '' && now - last.at <= photoBelongsFor
  return belongs ? amendPhotos(situation, ticket) : undefined
}

/** Asked where, people describe: 就小广场滑梯旁边那个. What they said is kept as the landmark. */
function describedPlace(situation: Situation): Place | undefined {
  const { text } = situation
  const said = text
    .replace(/^(?:就|是|在|就是|就在)+/u, '')
    .replace(/(?:那个|那边|那里|那儿|呢|啊|吧|的)+$/u, '')
  const isAnswer = (!isMatterOfItsOwn(situation) || saysOnlyWhere(situation)) && !asks.test(text)
  return isAnswer && said.length >= 2 && text.length <= shortAnswer * 1.5 && locative.test(text)
    ? { landmark: said }
    : undefined
}

/** 小区大门口进来左手边 sounds like a matter of its own, and says where and nothing that is wrong. */
function saysOnlyWhere({ text, house }: Situation): boolean {
  return endsWithPlace.test(text) && !wrong.test(text) && !house.things.some((thing) => mentions(text, thing))
}

const endsWithPlace = /(?:[边面侧旁处口里下上角]|附近|那儿|那个|中间)(?:了|呢|吧|啊)?[。.!！]?$/u
const wrong = /[坏漏堵破断脏臭吵响裂歪倒塌缺占偷丢骂打漫掉]|不|没|乱|满了|太/u
const locative =
  /左手|右手|左边|右边|进来|进门|旁边|旁|那个|那边|那里|那儿|门口|对面|附近|后面|前面|楼下|里面|外面|角上|拐角|路口|中间|边上|底下/u
/** A question is no answer, whatever place it names. */
const asks = /[?？]|啥时候|什么时候|何时|多久|几点|哪天|咋办|怎么|[吗么嘛]$/u
const stillTheSame = 30 * 60_000
const shortAnswer = 15
const surelyAnother = 0.75

/** An answer is short and is nothing else: not a new trouble at another place. */
function isOnlyPlace(situation: Situation, ticket: Ticket): boolean {
  const { text, understanding, house } = situation
  if (ticket.urgency === 'emergency') return !isForeignToEmergency(understanding)
  const { intent, confidence } = understanding
  if (intent === 'chatter' || intent === 'ticket') return text.length <= shortAnswer * 2
  // a place alone looks like a complaint; 5号楼停水了, which names a thing, is one
  if (text.length > shortAnswer || isMatterOfItsOwn(situation)) return false
  if (house.things.some((thing) => mentions(text, thing))) return false
  return ticket.place === null || (intent === 'complaint' && confidence < 0.9)
}

/** Another trouble is another ticket. */
function isMatterOfItsOwn({ understanding }: Situation): boolean {
  const { intent, evidence, confidence } = understanding
  const surely = confidence >= surelyAnother
  if (intent === 'policy' || intent === 'garbage' || intent === 'quiz') return evidence || surely
  return intent === 'complaint' && evidence && surely
}

function tellsMore(before: Place | null, place: Place): boolean {
  if (before === null) return true
  const added = Object.keys(place).some((part) => !(part in before))
  return added && comparePlaces(before, place) !== 'different'
}

/** @param answers it was asked for, or corrected: then it is said back, also beside staff */
export async function amendPlace(
  situation: Situation,
  ticket: Ticket,
  place: Place,
  answers = false,
): Promise<Outcome> {
  const { house, person, now, photos, reading, group } = situation
  const fact = { type: 'amended', place, ...(photos.length > 0 && { photos }) } as const
  const after = { ...ticket, place: { ...ticket.place, ...place } }
  const alerts =
    ticket.urgency === 'emergency' ? await tellStaff(house, reading, after, group, person.name) : {}
  const done = both(alerts, {
    facts: [{ ticket: ticket.id, by: person.id, fact }],
    memory: { lastTicket: { ticket: ticket.id, at: now } },
    why: `the place of ${ticket.id}`,
  })
  // only the answer to the bot's own question is worth a word to everybody
  const reason = ticket.place === null ? whyNotSpeak(situation) : 'recorded'
  if (reason && !situation.addressed && !answers) return silence(reason, done)
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
