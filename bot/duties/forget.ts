import { hour, nextTime } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import { oldTickets } from '../ledger/forget-tickets.ts'
import type { Outcome } from '../outcome.ts'
import { withoutQuestions } from '../questions/without-questions.ts'
import type { Reading, Removal } from '../reading.ts'
import type { Timer } from '../timer.ts'

/**
 * What is past its time goes: chatter and sent messages after a week (with them the ids that stop duplicates:
 * nothing that old is accepted anyway), codes that ran out, tickets and audit after years.
 */
const batch = 2_000
const nightly = 3 * hour
const soon = 1_000

export function firstForgetting(now: number): Timer {
  return { id: 'forget', kind: 'forget', dueAt: nextTime(nightly, now) }
}

export async function forgetSome(
  house: House,
  reading: Reading,
  timer: Timer & { kind: 'forget' },
): Promise<Outcome> {
  const now = house.now()
  const range = { field: 'forgetAt', lte: now }
  const removals: Removal[] = []
  for (const collection of [
    'inbox',
    'outbox',
    'memories',
    'alarms',
    'roomSnapshots',
    'matches',
    'hearings',
  ] as const) {
    const { documents } = await reading.find(collection, { order: 'forgetAt', range, limit: batch })
    removals.push(...documents.map(({ id }) => ({ collection, id })))
  }
  const asked = await reading.find('questions', { order: 'forgetAt', range, limit: batch })
  const questions = await withoutQuestions(reading, asked.documents, { answersKeepWords: true })
  removals.push(...questions.removals)
  const expired = { order: 'expiresAt', range: { field: 'expiresAt', lte: now }, limit: batch }
  const codes = await reading.find('codes', expired)
  removals.push(...codes.documents.map(({ id }) => ({ collection: 'codes', id }) as const))
  const audit = { order: 'at', range: { field: 'at', lte: now - house.settings.keep.audit }, limit: batch }
  const entries = await reading.find('audit', audit)
  removals.push(...entries.documents.map(({ id }) => ({ collection: 'audit', id }) as const))
  const unplayed = {
    order: 'lastAt',
    range: { field: 'lastAt', lte: now - house.settings.keep.tickets },
    limit: batch,
  }
  const scores = await reading.find('quizScores', unplayed)
  removals.push(...scores.documents.map(({ id }) => ({ collection: 'quizScores', id }) as const))
  const old = { order: 'at', range: { field: 'at', lte: now - house.settings.keep.tickets }, limit: batch }
  const receipts = await reading.find('noticeReceipts', old)
  removals.push(...receipts.documents.map(({ id }) => ({ collection: 'noticeReceipts', id }) as const))
  const tickets = await oldTickets(reading, now, house.settings.keep.tickets)
  removals.push(...tickets.removals)
  // more than a batch: go on at once rather than fall behind for ever
  const dueAt = removals.length >= batch || tickets.more ? now + soon : nextTime(nightly, now)
  return {
    puts: [...questions.puts, ...tickets.puts],
    removals,
    timers: [{ ...timer, dueAt }],
    why: `forgot ${removals.length} documents`,
  }
}
