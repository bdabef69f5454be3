import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import type { Place } from '../../intents/understanding.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { type Command, RefusedError } from '../doors/command.ts'
import type { CommandResult } from '../doors/decided.ts'
import type { House } from '../house.ts'
import type { Outcome, TicketChange } from '../outcome.ts'
import { shortHash } from '../people/directory.ts'
import { listQuestion, topicJoinedBy } from '../questions/list-question.ts'
import type { Put, Reading } from '../reading.ts'
import { type CorrectedMessage, messageMeant } from './corrected-message.ts'
import type { Correction } from './correction-documents.ts'
import { landmarkOf } from './lesson.ts'

type Add = Command & { readonly type: 'correction.add' }

interface Decided {
  readonly outcome: Outcome
  readonly result: CommandResult
}

/**
 * Kept as an example with who and when; a ticket that was put into the wrong category or place is put right at
 * once. The words are learnt from when `linli learn` is run. `question` of the result is where a question stands
 * on the list whose answer was wrong; `listedBefore`: it stood there already. @throws RefusedError
 */
export async function addCorrection(
  house: House,
  reading: Reading,
  by: string,
  command: Add,
): Promise<Decided> {
  const { right } = command
  const meant = await messageMeant(house, reading, command)
  const { text, was, person, ticket } = meant
  const place = right.place === undefined ? undefined : placeCalled(house, right.place, meant)
  const id = `correction-${shortHash(`${house.now()}/${by}/${text}/${JSON.stringify(right)}`)}`
  const document: Correction = {
    ...{ id, text: maskPersonalData(text), right, person, by, at: house.now(), state: 'valid' },
    ...(was && { was }),
    ...(ticket && { ticket: ticket.id }),
  }
  const listing = right.answer ? await listedAnew(house, reading, meant, command.group ?? null) : undefined
  return {
    outcome: {
      puts: [{ collection: 'corrections', document }, ...(listing?.puts ?? [])],
      ...(ticket && { facts: changesOf(house, ticket, command, { place, by }) }),
    },
    result: {
      ...{ correction: id, ticket: ticket?.id ?? null, question: listing?.question ?? null },
      ...(listing && { listedBefore: listing.puts.length === 0 }),
    },
  }
}

/** As if nobody had answered it: staff word the answer, and who asked is told once. */
async function listedAnew(
  house: House,
  reading: Reading,
  { text, person, was }: CorrectedMessage,
  group: string | null,
): Promise<{ readonly question: string | null; readonly puts: readonly Put[] }> {
  if (was?.intent === 'complaint')
    throw new RefusedError(
      'unknown',
      'answers to questions are wrong or right: a ticket has a category and a place',
    )
  if (person === null)
    throw new RefusedError('unknown', 'say which answer is wrong: in the group where it was given')
  const at = house.now()
  const id = `wrong-answer/${shortHash(`${text}/${at}`)}`
  const asked = { id, text: maskPersonalData(text), group, person, at, mentioned: false }
  const puts = await listQuestion(house, reading, asked)
  for (const { collection, document } of puts)
    if (collection === 'questionTopics') return { question: document.id, puts }
  return { question: (await topicJoinedBy(house, reading, asked))?.id ?? null, puts }
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

/**
 * As the rules read it; a name that they do not know counts when the message says it itself. Without a ticket such
 * a name is only learnt, and needs no rules. @throws RefusedError
 */
function placeCalled(house: House, said: string, { text, ticket }: CorrectedMessage): Place {
  const name = landmarkOf(said, text)
  if (name !== undefined && !ticket) return { landmark: name }
  const place =
    house.understander.understand(said).place ?? (name === undefined ? undefined : { landmark: name })
  if (place) return place
  throw new RefusedError(
    'unlawful',
    `${said} is no place that can be read: name a building, a unit, a road or a gate, or words of the message itself`,
  )
}

/** 纠正 闲聊 does not take the ticket away: a resident was promised an answer, and staff decline it with a reason. */
function changesOf(
  house: House,
  ticket: Ticket,
  { right }: Add,
  { place, by }: { readonly place: Place | undefined; readonly by: string },
): readonly TicketChange[] {
  const { category } = right
  const moved = category !== undefined && category !== ticket.category
  const before = ticket.place && formatPlace(ticket.place, { withRoom: true })
  const placed = place !== undefined && formatPlace(place, { withRoom: true }) !== before
  if ((!moved && !placed) || !isAllowed(ticket.state, 'amended')) return []
  const department = moved ? { category, department: house.categories[category].department } : {}
  return [
    { ticket: ticket.id, by, fact: { type: 'amended', ...department, ...(placed && { place }) } as const },
  ]
}
