import { z } from 'zod'
import { lightOf } from '../../tickets/deadline.ts'
import { status } from '../accounts/status.ts'
import { alarmRow } from '../alarms/alarm-row.ts'
import { roles } from '../documents.ts'
import { dutyRows } from '../duties/duty-rows.ts'
import { deliveriesQuery, listDeliveries } from '../forwarding/forward-command.ts'
import { seenAs } from '../grid/seen-members.ts'
import type { House } from '../house.ts'
import { listAnchors } from '../ledger/list-anchors.ts'
import { verifyLedger } from '../ledger/verify-ledger.ts'
import { listTopics } from '../questions/list-topics.ts'
import { quizTraces } from '../quiz/personal.ts'
import type { QuizScore } from '../quiz/quiz-documents.ts'
import { type Reading, startReading } from '../reading.ts'
import { reportAsked } from '../reports/ask.ts'
import { ledgerPage } from '../reports/ledger-rows.ts'
import { reportQueries } from '../reports/queries.ts'
import { openTickets, openTicketsOfGroup } from '../tickets-of.ts'
import { everyDocument } from '../whole-collection.ts'
import { apiKeys } from './api-keys.ts'
import { assertMay } from './authority.ts'
import { type Actor, RefusedError } from './command.ts'
import { gridQueries } from './grid/grid-commands.ts'
import { gridRows, isGridQuery } from './grid/grid-rows.ts'
import { accountRows } from './notices/account-rows.ts'
import { awaitingRows } from './notices/awaiting.ts'
import { noticeQueries } from './notices/notice-commands.ts'
import { noticeRows } from './notices/notice-rows.ts'
import { noticeReceipts } from './notices/receipt-rows.ts'
import { ticketSummary } from './ticket-summary.ts'
import { ticketTimeline } from './ticket-timeline.ts'

/** What can be asked; nothing is changed by asking. */
const id = z.string().min(1).max(80)
export const querySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('tickets'), group: id.optional() }),
  z.strictObject({ type: z.literal('ticket'), ticket: id }),
  z.strictObject({ type: z.literal('roster') }),
  z.strictObject({ type: z.literal('groups') }),
  z.strictObject({ type: z.literal('places') }),
  ...gridQueries,
  z.strictObject({
    type: z.literal('questions'),
    state: z.enum(['open', 'answered', 'dismissed']).default('open'),
    /** Only what was asked there. */
    group: id.optional(),
    limit: z.int().min(1).max(10_000).default(1_000),
  }),
  z.strictObject({ type: z.literal('corrections') }),
  z.strictObject({ type: z.literal('apikeys') }),
  /** `source`: name of the api key; `alarm`: their own id. */
  z.strictObject({ type: z.literal('alarm'), source: id, alarm: id }),
  /** What another system may know of a ticket. */
  z.strictObject({ type: z.literal('ticket.summary'), ticket: id }),
  z.strictObject({ type: z.literal('person.export'), person: id }),
  deliveriesQuery,
  ...noticeQueries,
  z.strictObject({ type: z.literal('status') }),
  /** Who is on duty now, and next; without a group anywhere. */
  z.strictObject({ type: z.literal('duty'), group: id.optional() }),
  ...reportQueries,
  /** The history of one ticket in sentences: TimelineRow. */
  z.strictObject({ type: z.literal('ticket.timeline'), ticket: id }),
  /** One LedgerReport. */
  z.strictObject({
    type: z.literal('ledger.verify'),
    from: z.iso.date().exactOptional(),
    /** Of an anchor that was written down elsewhere. */
    anchor: z
      .string()
      .regex(/^[\da-f]{64}$/u, 'the 64 hexadecimal digits of an anchor')
      .exactOptional(),
  }),
  /** The newest first, without what they anchor. */
  z.strictObject({ type: z.literal('ledger.anchors'), limit: z.int().min(1).max(1_000).default(30) }),
])
export type QueryRequest = z.infer<typeof querySchema>

/** Rows of plain data. @throws RefusedError, ZodError */
export async function query(house: House, actor: Actor, request: unknown): Promise<readonly object[]> {
  const parsed = querySchema.parse(request)
  const reading = startReading(house.store)
  await assertMay(reading, actor, parsed.type)
  if (isGridQuery(parsed)) return gridRows(house, reading, parsed)
  switch (parsed.type) {
    case 'tickets':
      return tickets(house, reading, parsed.group)
    case 'ticket':
      return history(reading, parsed.ticket)
    case 'roster':
      return staff(reading)
    case 'groups':
      return everyDocument(reading, 'groups')
    case 'places':
      return everyDocument(reading, 'places')
    case 'questions':
      return listTopics(reading, parsed)
    case 'corrections':
      return (await reading.find('corrections', { order: 'at', limit: 10_000 })).documents
    case 'apikeys':
      return apiKeys(reading)
    case 'alarm':
      return [await alarmRow(house, reading, actor, parsed)]
    case 'ticket.summary':
      return [await ticketSummary(house, reading, parsed.ticket)]
    case 'person.export':
      return everythingAbout(reading, parsed.person)
    case 'deliveries':
      return listDeliveries(reading, parsed)
    case 'status':
      return status(house)
    case 'duty':
      return dutyRows(house, reading, parsed.group)
    case 'report':
      return [await reportAsked(house, reading, actor, parsed)]
    case 'ledger.rows':
      return [await ledgerPage(house, reading, actor, parsed)]
    case 'ticket.timeline':
      return ticketTimeline(house, reading, actor, parsed.ticket)
    case 'ledger.verify':
      return [await verifyLedger(house.store, { ...parsed, keep: house.settings.keep.tickets })]
    case 'notices':
    case 'notice':
    case 'notice.groups':
    case 'notice.targets':
    case 'notice.templates':
      return noticeRows(house, reading, actor, parsed)
    case 'notices.awaiting':
      return awaitingRows(house, reading, actor)
    case 'notice.receipts':
      return noticeReceipts(house, reading, actor, parsed.notice)
    case 'accounts':
      return accountRows(house, reading)
    case 'ledger.anchors':
      return listAnchors(reading, parsed.limit)
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
  return everyDocument(reading, 'people', {
    where: { role: { in: roles.filter((role) => role !== 'resident') } },
  })
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
    'noticeReceipts',
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
  rows.push(...(await seenAs(reading, person)))
  const given = await reading.find('staffAnswers', { where: { by: person }, limit: 10_000 })
  rows.push(...given.documents.map((document) => ({ collection: 'staffAnswers', ...document })))
  return rows
}
