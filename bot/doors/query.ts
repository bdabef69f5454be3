import { z } from 'zod'
import { lightOf } from '../../tickets/deadline.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import { listTopics } from '../questions/list-topics.ts'
import { quizTraces } from '../quiz/personal.ts'
import type { QuizScore } from '../quiz/quiz-documents.ts'
import { type Reading, startReading } from '../reading.ts'
import { openTickets, openTicketsOfGroup } from '../tickets-of.ts'
import { assertMay } from './authority.ts'
import { type Actor, RefusedError } from './command.ts'

/** What can be asked; nothing is changed by asking. */
const id = z.string().min(1).max(80)
export const querySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('tickets'), group: id.optional() }),
  z.strictObject({ type: z.literal('ticket'), ticket: id }),
  z.strictObject({ type: z.literal('roster') }),
  z.strictObject({ type: z.literal('groups') }),
  z.strictObject({ type: z.literal('places') }),
  z.strictObject({
    type: z.literal('questions'),
    state: z.enum(['open', 'answered', 'dismissed']).default('open'),
    /** Only what was asked there. */
    group: id.optional(),
    limit: z.int().min(1).max(10_000).default(1_000),
  }),
  z.strictObject({ type: z.literal('corrections') }),
  z.strictObject({ type: z.literal('person.export'), person: id }),
  z.strictObject({ type: z.literal('status') }),
])
export type QueryRequest = z.infer<typeof querySchema>

/** Rows of plain data. @throws RefusedError, ZodError */
export async function query(house: House, actor: Actor, request: unknown): Promise<readonly object[]> {
  const parsed = querySchema.parse(request)
  const reading = startReading(house.store)
  await assertMay(reading, actor, parsed.type)
  switch (parsed.type) {
    case 'tickets':
      return tickets(house, reading, parsed.group)
    case 'ticket':
      return history(reading, parsed.ticket)
    case 'roster':
      return staff(reading)
    case 'groups':
      return (await reading.find('groups', { limit: 10_000 })).documents
    case 'places':
      return (await reading.find('places', { limit: 10_000 })).documents
    case 'questions':
      return listTopics(reading, parsed)
    case 'corrections':
      return (await reading.find('corrections', { order: 'at', limit: 10_000 })).documents
    case 'person.export':
      return everythingAbout(reading, parsed.person)
    case 'status':
      return status(house)
  }
}

async function tickets(
  house: House,
  reading: Reading,
  group: string | undefined,
): Promise<readonly object[]> {
  const found = group ? await openTicketsOfGroup(reading, group) : await openTickets(reading)
  return found.map((ticket) => ({ ...ticket, light: lightOf(ticket, house.now()) }))
}

async function history(reading: Reading, ticket: string): Promise<readonly object[]> {
  const { documents } = await reading.find('ticketEvents', { where: { ticket }, order: 'sequence' })
  if (documents.length === 0) throw new RefusedError('unknown', `no ticket ${ticket}`)
  return documents
}

async function staff(reading: Reading): Promise<readonly object[]> {
  const { documents } = await reading.find('people', {
    where: {
      role: { in: ['volunteer', 'building_leader', 'grid_worker', 'grid_leader', 'department', 'admin'] },
    },
  })
  return documents
}

/** All that is kept about one person, for that person. */
async function everythingAbout(reading: Reading, person: string): Promise<readonly object[]> {
  const known = await reading.get('people', person)
  if (!known) throw new RefusedError('unknown', `no person ${person}`)
  const where = { person }
  const rows: object[] = [{ collection: 'people', ...known }]
  for (const collection of [
    'contacts',
    'inbox',
    'memories',
    'ticketPeople',
    'questions',
    'corrections',
    'quizScores',
  ] as const) {
    const { documents } = await reading.find(collection, { where, limit: 10_000 })
    rows.push(...documents.map((document) => ({ collection, ...document })))
    if (collection === 'quizScores')
      rows.push(...(await quizTraces(reading, person, documents as readonly QuizScore[])).rows)
    if (collection !== 'ticketPeople') continue
    for (const part of documents) {
      const ticket = await reading.get('tickets', (part as { ticket: string }).ticket)
      if (ticket) rows.push({ collection: 'tickets', ...ticket })
    }
  }
  const given = await reading.find('staffAnswers', { where: { by: person }, limit: 10_000 })
  rows.push(...given.documents.map((document) => ({ collection: 'staffAnswers', ...document })))
  return rows
}

async function status(house: House): Promise<readonly object[]> {
  const questions = await house.store.count('questionTopics', { where: { state: 'open' } })
  return Promise.all(
    house.chats.map(async (chat) => {
      const link = chat.state()
      const account = chat.account
      const waiting = await house.store.count('outbox', { where: { account, state: 'queued' } })
      return { account, link: link.state, since: isoShanghai(link.since), waiting, questions }
    }),
  )
}
