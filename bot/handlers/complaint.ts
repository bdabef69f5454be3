import { isAllowed } from '../../tickets/lifecycle.ts'
import { type Ticket, takesPart } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import { rate } from '../follow-up/rate.ts'
import { photosFor } from '../loose-photos.ts'
import { openTicket, type Report } from '../open-ticket.ts'
import { both, type Outcome, silence } from '../outcome.ts'
import { isPrivateMatter } from '../private-matters.ts'
import { askFirstHands } from '../routing/first-hands.ts'
import { tellAlone } from '../sending/tell-waiting.ts'
import { answerTo, type Handler, type Situation } from '../situation.ts'
import { isSureEnough, sayIfFitting } from '../speak.ts'
import { recurrenceOf } from '../supervision/recurrence.ts'
import { sameOpenTicket } from '../tickets-of.ts'
import { supportTicket } from './support.ts'

/** A reporter who says it again after this long is urging. */
const urgingAfter = 12 * 3_600_000

export const complaint: Handler = async (situation) => {
  const { understanding, addressed, staff, text, house } = situation
  if (understanding.intent !== 'complaint') return undefined
  // staff talking among residents' lines are at work, not reporting; they report by speaking to the bot
  if (staff && !addressed) return silence('staffSpeaking')
  if (!isSureEnough('complaint', understanding.confidence, situation))
    return addressed ? undefined : silence('unsure')
  if (!understanding.evidence && !addressed) return silence('noEvidence')
  const { urgency, place = null } = understanding
  const category = house.sensitive.ofStaff.test(text) ? 'conduct' : (understanding.category ?? 'other')
  return takeReport(situation, { category, urgency, place, text, photos: photosFor(situation) })
}

/** Opens a ticket, or finds the one that this problem has already. */
export async function takeReport(situation: Situation, report: Report): Promise<Outcome> {
  const { house } = situation
  const same = await sameOpenTicket(situation.reading, { ...report, ...whoAndWhen(situation) }, house.things)
  if (!same) return open(situation, report)
  if (same.state !== 'done') return again(situation, same, report)
  // work that was reported as done and is not: whoever took part reopens it, for others it has come back
  return takesPart(same, situation.person.id) ? rate(situation, same, false) : open(situation, report)
}

function reporterOf({ person, group }: Situation) {
  return { by: person.id, group }
}

function whoAndWhen({ group, person, now }: Situation) {
  return { group: group?.id ?? null, reporter: person.id, openedAt: now }
}

async function open(situation: Situation, report: Report): Promise<Outcome> {
  const { house, now, reading } = situation
  const opening = await openTicket(house, reading, reporterOf(situation), report)
  const { ticket } = opening
  const lastTicket = { ticket: ticket.id, at: now }
  const recurred = await recurrenceOf(house, reading, ticket)
  const opened: Outcome = {
    facts: opening.facts,
    puts: opening.puts,
    memory: { lastTicket, loosePhotos: { photos: [], at: now } },
    groupState: { lastTicket },
  }
  const done = both(both(opened, recurred), await whoElseHears(situation, ticket))
  const said = sayIfFitting(situation, `ticket/${ticket.id}`, openingText(situation, ticket), done)
  return { ...said, groupState: { ...done.groupState, ...said.groupState } }
}

/** Neighbours who may help with what is small; and, out of the group, a word with whoever told what is private. */
async function whoElseHears(situation: Situation, ticket: Ticket): Promise<Outcome> {
  const { house, reading, group, now } = situation
  const hands = await askFirstHands(house, reading, ticket, group)
  if (!group || !isPrivateMatter(ticket)) return hands
  const text = house.texts.tellPrivately(ticketWords(house, ticket, now))
  return both(hands, { sends: await tellAlone(house, reading, ticket, text) })
}

function openingText({ house, group, now }: Situation, ticket: Ticket): string {
  const words = ticketWords(house, ticket, now)
  if (ticket.category === 'conduct' || (group && isPrivateMatter(ticket)))
    return house.texts.ticketOpenedPrivately(words)
  return ticket.place ? house.texts.ticketOpened(words) : house.texts.ticketOpenedAskPlace(words)
}

async function again(situation: Situation, ticket: Ticket, report: Report): Promise<Outcome> {
  const { person, house, now, addressed } = situation
  if (!takesPart(ticket, person.id)) return supportTicket(situation, ticket)
  const facts = news(ticket, report, person.id)
  const memory = { lastTicket: { ticket: ticket.id, at: now } }
  const waits = isAllowed(ticket.state, 'urged') && now - ticket.lastEventAt >= urgingAfter
  if (facts.length === 0 && waits) facts.push({ ticket: ticket.id, by: person.id, fact: { type: 'urged' } })
  const text = house.texts.ticketAlreadyOpen(ticketWords(house, ticket, now))
  if (addressed) return { facts, memory, sends: [{ kind: 'reply', to: answerTo(situation), text }] }
  return silence(facts.length > 0 ? 'recorded' : 'alreadyOpen', { facts, memory })
}

/** What the reporter adds: a place where there was none, photos. */
function news(ticket: Ticket, report: Report, by: string) {
  const place = ticket.place === null && report.place ? { place: report.place } : {}
  const photos = report.photos.length > 0 ? { photos: report.photos } : {}
  if (!('place' in place) && !('photos' in photos)) return []
  return [
    {
      ticket: ticket.id,
      by,
      fact: { type: 'amended', ...place, ...photos } as NonNullable<Outcome['facts']>[number]['fact'],
    },
  ]
}
