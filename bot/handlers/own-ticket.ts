import type { Place, TicketTalk } from '../../intents/understanding.ts'
import { findNumber } from '../../tickets/number.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import { isOpen, type Ticket, takesPart } from '../../tickets/ticket.ts'
import type { Outcome } from '../outcome.ts'
import type { Handler, Situation } from '../situation.ts'
import { ticketByNumber, ticketsOfPerson } from '../tickets-of.ts'
import { amendPlace } from './more-about-ticket.ts'
import { act, thingsAgree } from './ticket-talk.ts'

/**
 * 我的灯呢, 灯还是没人修, 不用了我儿子自己换了灯泡, 说错了是5栋: from anybody else it is talk, from whoever reported the lamp it is
 * about their ticket.
 */
export const ownTicket: Handler = async (situation) => {
  const { understanding, staff, addressed, text } = situation
  const talk = understanding.ofOwn
  if (!talk || (staff && !addressed)) return undefined
  if (talk === 'amend') return correctPlace(situation)
  if (findNumber(text)) return undefined
  const [ticket, ...others] = (await openHere(situation)).filter((each) => isMeant(situation, each, talk))
  if (!ticket || others.length > 0) return undefined
  return act(situation, ticket, talk)
}

async function openHere({ reading, person, group, isPrivate }: Situation): Promise<readonly Ticket[]> {
  const own = await ticketsOfPerson(reading, person.id)
  return own.filter((ticket) => isOpen(ticket) && (isPrivate || ticket.group === group?.id))
}

/** Its thing is named; of what was reported a moment ago nobody names it again to say that it is not needed. */
function isMeant(situation: Situation, ticket: Ticket, talk: TicketTalk): boolean {
  const { text, house, understanding, person } = situation
  if (comparePlaces(ticket.place, understanding.place ?? null) === 'different') return false
  if (talk === 'withdraw' && ticket.reporter !== person.id) return false
  if (house.things.some((thing) => mentions(text, thing) && mentions(ticket.text, thing))) return true
  return (
    talk === 'withdraw' && isJustReported(situation, ticket) && thingsAgree(ticket.text, text, house.things)
  )
}

const stillTheSame = 30 * 60_000

function isJustReported({ memory, now }: Situation, ticket: Ticket): boolean {
  const last = memory?.lastTicket
  return last !== undefined && last.ticket === ticket.id && now - last.at <= stillTheSame
}

/** Whoever reported knows better where it is: by number, of what was just reported, or of their only open one. */
async function correctPlace(situation: Situation): Promise<Outcome | undefined> {
  const place = rightPlace(situation)
  if (!place) return undefined
  const ticket = await toCorrect(situation)
  if (!ticket || !isOpen(ticket) || !takesPart(ticket, situation.person.id)) return undefined
  return amendPlace(situation, ticket, place, true)
}

async function toCorrect(situation: Situation): Promise<Ticket | undefined> {
  const { text, reading, now } = situation
  if (findNumber(text)) return ticketByNumber(reading, text, now)
  const open = await openHere(situation)
  const just = open.find((ticket) => isJustReported(situation, ticket))
  return just ?? (open.length === 1 ? open[0] : undefined)
}

/** 不是3栋，是5栋 names two places, and the first is the wrong one. */
function rightPlace({ text, house, understanding }: Situation): Place | undefined {
  const right = text.replace(wrongPlace, '')
  return right === text ? understanding.place : house.understander.understand(right).place
}

const wrongPlace = /不是.{1,12}?(?=[，,。\s]*(?:而?是|应该|应是|在))/u
