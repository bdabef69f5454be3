import type { TicketTalk } from '../../intents/understanding.ts'
import { findNumber } from '../../tickets/number.ts'
import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import { isOpen, type Ticket, takesPart } from '../../tickets/ticket.ts'
import { placeInPublic, ticketWords } from '../describe.ts'
import { rate } from '../follow-up/rate.ts'
import { type Outcome, silence } from '../outcome.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { isSureEnough, sayIfFitting } from '../speak.ts'
import { progress, urge } from '../ticket-progress.ts'
import { openTicketsOfGroup, ticketByNumber, ticketsOfPerson } from '../tickets-of.ts'

/** Progress, urging, withdrawing and rating, in plain words, of the ticket that fits. */
export const ticketTalk: Handler = async (situation) => {
  const { understanding, addressed, house, text, staff } = situation
  const named = findNumber(text) !== undefined
  if (!speaksOfTicket(situation, named)) return undefined
  if (staff && !addressed) return silence('staffSpeaking')
  const talk = talkOf(understanding)
  if (!addressed && !understanding.evidence && !(await speaksOfOwn(situation, talk)))
    return silence('noEvidence')
  const several = await severalFit(situation, talk)
  if (several) return several
  const ticket = await fittingTicket(situation)
  if (!ticket) return noneFits(situation, named)
  if (onlySoundsLikeAnswer(situation, ticket, talk)) return silence('noEvidence')
  if (!mayTalk(situation, ticket)) return reply(situation, house.texts.ticketUnknown())
  return act(situation, ticket, talk)
}

/** 你们满意就行 has the word and not the meaning. */
function talkOf({ ticketTalk: talk = 'progress', followUp }: Situation['understanding']): TicketTalk {
  if (talk !== 'satisfied' || !followUp || followUp.verdict === 'satisfied') return talk
  return followUp.verdict === 'unsatisfied' ? 'unsatisfied' : 'progress'
}

/** 我妈还没来 among neighbours: of work that is done only clear words are an answer (follow-up-answer.ts). */
function onlySoundsLikeAnswer(situation: Situation, ticket: Ticket, talk: TicketTalk): boolean {
  const { addressed, text, understanding } = situation
  const rates = talk === 'satisfied' || talk === 'unsatisfied'
  return rates && !addressed && ticket.state === 'done' && !understanding.followUp && !findNumber(text)
}

function speaksOfTicket({ understanding, addressed, text }: Situation, named: boolean): boolean {
  return (
    understanding.intent === 'ticket' || (addressed && (named || asksWhen.test(text) || asksHow.test(text)))
  )
}

/** Whoever has a ticket here may say 不用来了 or 不满意 without naming it; mere talk about progress is not enough. */
async function speaksOfOwn(situation: Situation, talk: TicketTalk): Promise<boolean> {
  const { reading, person, group, understanding } = situation
  if (talk === 'progress' || !isSureEnough('ticket', understanding.confidence, situation)) return false
  const own = await ticketsOfPerson(reading, person.id)
  return own.some((ticket) => isOpen(ticket) && ticket.group === group?.id)
}

function noneFits(situation: Situation, named: boolean): Outcome | undefined {
  const { addressed, understanding, house } = situation
  if (!addressed) return silence('noTicket')
  if (named) return reply(situation, house.texts.ticketUnknown())
  return understanding.intent === 'ticket' ? reply(situation, house.texts.ticketNone()) : undefined
}

const mostListed = 5
/** Whoever asks the bot when something will be mended speaks of a ticket, when there is one that fits. */
const asksWhen =
  /(?:啥时候|什么时候|何时|几点|多久|多会儿?|哪天).{0,6}(?:修|好|来|通|弄|处理|解决|办|恢复)|(?:修|弄|处理|解决).{0,4}(?:好了?吗|好没|完没|咋样|怎么样)/u

const asksHow =
  /^(?:那|现在|目前|请问|我?那个?|这个?|我的?|我[报说]的)*(?:事情?|单子)?(?:怎么样|咋样|咋个样|怎样|如何|啥情况|什么情况|到哪一?步|办到哪)了?[呢啊呀]?[?？!！。\s]*$/u

/** Somebody with several open tickets who names none of them: their progress is listed, for the rest they are asked. */
async function severalFit(situation: Situation, talk: TicketTalk): Promise<Outcome | undefined> {
  const { reading, text, person, house, understanding, now, isPrivate, group } = situation
  if (findNumber(text) || understanding.place || namesAThing(text, house.things)) return undefined
  const here = (ticket: Ticket) => isPrivate || ticket.group === group?.id
  const open = (await ticketsOfPerson(reading, person.id)).filter((ticket) => isOpen(ticket) && here(ticket))
  const rates = talk === 'satisfied' || talk === 'unsatisfied'
  const meant = rates ? open.filter((ticket) => ticket.state === 'done') : open
  if (meant.length < 2) return undefined
  const lines = meant
    .slice(0, mostListed)
    .map((ticket) => house.texts.ticketLine(ticketWords(house, ticket, now)))
  const words = { lines: lines.join('\n') }
  const said = talk === 'progress' ? house.texts.ticketLines(words) : house.texts.ticketWhich(words)
  return sayIfFitting(situation, `several/${person.id}/${talk}`, said)
}

/** By number; else of this person, else of this group, the newest that the words fit. */
async function fittingTicket(situation: Situation): Promise<Ticket | undefined> {
  const { reading, text, now, person, group, understanding, house } = situation
  if (findNumber(text)) return ticketByNumber(reading, text, now)
  const own = await ticketsOfPerson(reading, person.id)
  const waiting = own.filter((ticket) => ticket.state !== 'withdrawn' && ticket.state !== 'declined')
  const fits = (ticket: Ticket) =>
    comparePlaces(ticket.place, understanding.place ?? null) !== 'different' &&
    thingsAgree(ticket.text, text, house.things)
  const fitting = waiting.filter(fits)
  // the bot asked about work that is done: 满意 speaks of that, not of what was reported since
  const rates = understanding.ticketTalk === 'satisfied' || understanding.ticketTalk === 'unsatisfied'
  const rated = rates ? fitting.find((ticket) => ticket.state === 'done') : undefined
  const mine = rated ?? fitting.find(isOpen) ?? fitting[0]
  if (mine || !group) return mine
  // somebody else's trouble in the same group: only when the words name its thing
  const others = await openTicketsOfGroup(reading, group.id)
  return others.find((ticket) => fits(ticket) && namesAThing(text, house.things))
}

/** The words name no thing, or one of the ticket's. */
export function thingsAgree(ticketText: string, text: string, things: Situation['house']['things']): boolean {
  const named = things.filter((thing) => mentions(text, thing))
  return named.length === 0 || named.some((thing) => mentions(ticketText, thing))
}

function namesAThing(text: string, things: Situation['house']['things']): boolean {
  return things.some((thing) => mentions(text, thing))
}

/** A ticket belongs to its group and its people; nobody reads another group's by guessing numbers. */
function mayTalk({ person, group, staff }: Situation, ticket: Ticket): boolean {
  if (staff || takesPart(ticket, person.id)) return true
  return group !== undefined && ticket.group === group.id
}

/** Does what was wanted of a ticket. */
export async function act(situation: Situation, ticket: Ticket, talk: TicketTalk): Promise<Outcome> {
  switch (talk) {
    case 'progress':
      return progress(situation, ticket)
    case 'urge':
      return isOpen(ticket) && ticket.state !== 'done' ? urge(situation, ticket) : progress(situation, ticket)
    case 'withdraw':
      return withdraw(situation, ticket)
    case 'amend':
      return amend(situation, ticket)
    case 'satisfied':
      return rate(situation, ticket, true)
    case 'unsatisfied':
      return rate(situation, ticket, false)
  }
}

/** A place or a photo that is added in words; anything else that is said of a ticket gets its progress. */
function amend(situation: Situation, ticket: Ticket): Outcome {
  const { understanding, photos, house, now, person, staff } = situation
  const { place } = understanding
  const may = staff || takesPart(ticket, person.id)
  if (!isOpen(ticket) || !may || (!place && photos.length === 0)) return progress(situation, ticket)
  const fact = { type: 'amended', ...(place && { place }), ...(photos.length > 0 && { photos }) } as const
  const { number, what } = ticketWords(house, { ...ticket, place: place ?? ticket.place }, now)
  const noted = place
    ? house.texts.placeNoted({ place: placeInPublic(place) ?? what, number })
    : house.texts.photoNoted({ number })
  return sayIfFitting(situation, `amended/${ticket.id}`, noted, {
    facts: [{ ticket: ticket.id, by: person.id, fact }],
  })
}

function withdraw(situation: Situation, ticket: Ticket): Outcome {
  const { house, now, person } = situation
  const words = ticketWords(house, ticket, now)
  if (ticket.reporter !== person.id)
    return sayIfFitting(situation, `not-yours/${ticket.id}`, house.texts.ticketNotYours(words))
  if (!isOpen(ticket) || ticket.state === 'done') return reply(situation, house.texts.ticketSettled(words))
  // whoever joined in still has the trouble
  if (ticket.supporters.length > 0) return reply(situation, house.texts.ticketKeptForOthers(words))
  const done: Outcome = { facts: [{ ticket: ticket.id, by: person.id, fact: { type: 'withdrawn' } }] }
  return reply(situation, house.texts.ticketWithdrawn(words), done)
}
