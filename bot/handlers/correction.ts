import type { StaffCommand } from '../../intents/staff-commands.ts'
import type { TicketFact } from '../../tickets/event.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { placeInPublic } from '../describe.ts'
import { RefusedError } from '../doors/command.ts'
import type { CommandResult } from '../doors/decided.ts'
import { audited } from '../doors/execute.ts'
import type { Correction, CorrectionOf } from '../learning/correction-documents.ts'
import { readCorrection } from '../learning/read-correction.ts'
import { both, type Outcome } from '../outcome.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketByNumber } from '../tickets-of.ts'

/**
 * 纠正: staff say what a message was. With a number its ticket is meant, with words whoever said them here (or the
 * words alone), else the last answer here that it can mean. The reply says what became of it, and nothing else.
 */
export async function correct(
  situation: Situation,
  { number, words }: StaffCommand & { command: 'correct' },
): Promise<Outcome> {
  const { house, reading, cause, person, group } = situation
  const read = readCorrection(words, house)
  if (!read) return reply(situation, house.texts.correctionHelp({ categories: categoryNames(situation) }))
  const { right, text } = read
  const ticket = number === undefined ? undefined : await ticketByNumber(reading, number, situation.now)
  if (number !== undefined && !ticket) return reply(situation, house.texts.ticketUnknown())
  const here = { ...(group && { group: group.id }), ...(text !== undefined && { text }) }
  const command = { type: 'correction.add', ...(ticket ? { ticket: ticket.id } : here), right } as const
  try {
    const actor = { kind: 'person', id: person.id } as const
    const { outcome, result } = await audited(house, reading, actor, `chat/${cause.id}`, command)
    return both(outcome, reply(situation, await answerOf(situation, outcome, result)))
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return reply(situation, refusal(situation, error, right))
  }
}

function refusal({ house: { texts } }: Situation, { code }: RefusedError, right: CorrectionOf): string {
  if (code === 'authority') return texts.staffOnly()
  if (right.answer) return texts.correctionNoAnswer()
  return code === 'unlawful' && right.place !== undefined
    ? texts.correctionPlaceUnclear({ place: right.place })
    : texts.correctionWhich()
}

async function answerOf(situation: Situation, outcome: Outcome, result: CommandResult): Promise<string> {
  const { house, reading } = situation
  const { text, right, ticket: id } = keptIn(outcome)
  const { question, listedBefore } = result
  if (typeof question === 'string') {
    const words = { text: shortened(text), question }
    return listedBefore ? house.texts.correctionAnswerListed(words) : house.texts.correctionAnswerWrong(words)
  }
  const ticket = id === undefined ? undefined : await reading.get('tickets', id)
  return ticket
    ? answerAboutTicket(situation, ticket, right, amendmentIn(outcome))
    : house.texts.correctionKept({ text: shortened(text), right: rightWords(situation, right) })
}

type Amendment = TicketFact & { readonly type: 'amended' }

/** `ticket` as it was before. A group reads along: no words of the ticket, and no room. */
function answerAboutTicket(
  situation: Situation,
  ticket: Ticket,
  right: CorrectionOf,
  amended: Amendment | undefined,
): string {
  const { texts } = situation.house
  const words = { number: saidNumber(ticket.id), right: rightWords(situation, right) }
  if (amended?.department !== undefined)
    return texts.correctionMoved({ ...words, department: amended.department })
  if (amended) return placedWords(situation, amended, words)
  if (!isAllowed(ticket.state, 'amended')) return texts.correctionTicketOver(words)
  const isComplaint = right.intent === undefined || right.intent === 'complaint'
  return isComplaint ? texts.correctionSoAlready(words) : texts.correctionTicketStays(words)
}

function placedWords(
  { house: { texts }, isPrivate }: Situation,
  { place }: Amendment,
  { number, right }: { readonly number: string; readonly right: string },
): string {
  const said = isPrivate ? right : placeInPublic(place ?? null)
  return said === undefined
    ? texts.correctionPlacedPrivately({ number })
    : texts.correctionPlaced({ number, place: said })
}

function keptIn({ puts = [] }: Outcome): Correction {
  for (const put of puts) if (put.collection === 'corrections') return put.document
  throw new Error('a correction was decided without a document of its own')
}

function amendmentIn({ facts = [] }: Outcome): Amendment | undefined {
  for (const { fact } of facts) if (fact.type === 'amended') return fact
  return undefined
}

function rightWords({ house, isPrivate }: Situation, right: CorrectionOf): string {
  const { categories, correctionWords, understander } = house
  if (right.place !== undefined) {
    const { place = null } = isPrivate ? {} : understander.understand(right.place)
    return place === null ? right.place : (placeInPublic(place) ?? '…')
  }
  if (right.category) return categories[right.category].name
  return correctionWords.kinds[right.intent ?? 'complaint'].name
}

const longestQuote = 20

function shortened(text: string): string {
  const plain = text.replaceAll(/\s+/gu, ' ')
  return plain.length > longestQuote ? `${plain.slice(0, longestQuote)}…` : plain
}

function categoryNames({ house }: Situation): string {
  return Object.values(house.categories)
    .map(({ name }) => name)
    .join('、')
}
