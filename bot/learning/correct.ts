import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Correction, CorrectionOf, InboxEntry } from '../documents.ts'
import { type Command, RefusedError } from '../doors/command.ts'
import type { CommandResult } from '../doors/execute.ts'
import type { House } from '../house.ts'
import type { Outcome, TicketChange } from '../outcome.ts'
import { shortHash } from '../people/directory.ts'
import { listQuestion } from '../questions/list-question.ts'
import type { Put, Reading } from '../reading.ts'

type Add = Command & { readonly type: 'correction.add' }

interface Decided {
  readonly outcome: Outcome
  readonly result: CommandResult
}

interface Corrected {
  readonly text: string
  readonly was?: NonNullable<Correction['was']>
  readonly person: string | null
  readonly ticket?: Ticket
}

/**
 * Kept as an example with who and when; a ticket that was put into the wrong category or place is put right at
 * once. The words are learnt from when `linli learn` is run. @throws RefusedError
 */
export async function addCorrection(
  house: House,
  reading: Reading,
  by: string,
  command: Add,
): Promise<Decided> {
  const { right } = command
  const meant = await whatIsMeant(house, reading, command)
  const { text, was, person, ticket } = meant
  const id = `correction-${shortHash(`${house.now()}/${by}/${text}/${JSON.stringify(right)}`)}`
  const document: Correction = {
    ...{ id, text: maskPersonalData(text), right, person, by, at: house.now(), state: 'valid' },
    ...(was && { was }),
    ...(ticket && { ticket: ticket.id }),
  }
  const listed = right.answer ? await listedAnew(house, reading, meant, command.group ?? null) : []
  return {
    outcome: {
      puts: [{ collection: 'corrections', document }, ...listed],
      ...(ticket && { facts: factsFor(house, ticket, right, by) }),
    },
    result: { correction: id, ticket: ticket?.id ?? null, question: topicIn(listed) },
  }
}

/** As if nobody had answered it: staff word the answer, and who asked is told once. */
async function listedAnew(
  house: House,
  reading: Reading,
  { text, person }: Corrected,
  group: string | null,
): Promise<readonly Put[]> {
  if (person === null)
    throw new RefusedError('unknown', 'say which answer is wrong: in the group where it was given')
  const at = house.now()
  const id = `wrong-answer/${shortHash(`${text}/${at}`)}`
  const asked = { id, text: maskPersonalData(text), group, person, at, mentioned: false }
  return listQuestion(house, reading, asked)
}

function topicIn(puts: readonly Put[]): string | null {
  const topic = puts.find(({ collection }) => collection === 'questionTopics')
  return topic?.document.id ?? null
}

/** It stays on record and teaches nothing any more. @throws RefusedError */
export async function withdrawCorrection(reading: Reading, id: string): Promise<Decided> {
  const correction = await reading.get('corrections', id)
  if (!correction)
    throw new RefusedError('unknown', `no correction ${id}: see them with linli corrections list`)
  const document: Correction = { ...correction, state: 'withdrawn' }
  return {
    outcome: { puts: [{ collection: 'corrections', document }] },
    result: { correction: id, state: 'withdrawn' },
  }
}

async function whatIsMeant(house: House, reading: Reading, command: Add): Promise<Corrected> {
  if (command.text !== undefined) return { text: command.text, person: null }
  if (command.ticket !== undefined) return ofTicket(reading, command.ticket)
  if (command.group !== undefined) return lastAnswered(house, reading, command.group)
  throw new RefusedError('unknown', 'say which message is meant: by its ticket, its group, or its words')
}

async function ofTicket(reading: Reading, id: string): Promise<Corrected> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}: see the list with 工单`)
  const { category, place, text, reporter } = ticket
  const where = place && formatPlace(place, { withRoom: true })
  const was = { intent: 'complaint', category, ...(where && { place: where }) } as const
  return { text, was, person: reporter, ticket }
}

const lookBack = 60
const within = 24 * 3_600_000

/** What the bot answered last in this group, with all lines of that breath. */
async function lastAnswered(house: House, reading: Reading, group: string): Promise<Corrected> {
  const { documents } = await reading.find('inbox', {
    where: { conversation: `group/${group}` },
    order: 'at',
    range: { field: 'at', gte: house.now() - within },
    descending: true,
    limit: lookBack,
  })
  const last = documents.find((entry) => entry.understood?.spoke && !entry.text.trim().startsWith('#'))
  if (!last?.understood)
    throw new RefusedError('unknown', 'the bot answered nothing in this group within 24 hours')
  const lines = documents.filter((entry) => entry.utterance === last.utterance).reverse()
  const { intent, category, place } = last.understood
  const was = { intent, ...(category && { category }), ...(place && { place }) }
  return { text: wordsOf(lines), was, person: last.person, ...(await ticketOf(reading, last)) }
}

function wordsOf(lines: readonly InboxEntry[]): string {
  return lines.map((line) => line.text).join('\n')
}

/** The ticket that this very message opened or joined. */
async function ticketOf(reading: Reading, entry: InboxEntry): Promise<{ readonly ticket?: Ticket }> {
  const memory = await reading.get('memories', `${entry.conversation}/${entry.person}`)
  const ticket = memory?.lastTicket && (await reading.get('tickets', memory.lastTicket.ticket))
  return ticket?.messages.includes(entry.id) ? { ticket } : {}
}

/** 纠正 闲聊 does not take the ticket away: a resident was promised an answer, and staff decline it with a reason. */
function factsFor(house: House, ticket: Ticket, right: CorrectionOf, by: string): readonly TicketChange[] {
  const { category } = right
  const place = right.place === undefined ? undefined : house.understander.understand(right.place).place
  const moved = category !== undefined && category !== ticket.category
  if ((!moved && !place) || !isAllowed(ticket.state, 'amended')) return []
  const department = moved ? { category, department: house.categories[category].department } : {}
  return [
    { ticket: ticket.id, by, fact: { type: 'amended', ...department, ...(place && { place }) } as const },
  ]
}
