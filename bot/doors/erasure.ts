import type { InboxEntry } from '../documents.ts'
import { ladderId } from '../duties/promises-over.ts'
import { withoutMember } from '../grid/seen-members.ts'
import { erasedWords, eraseFromTickets } from '../ledger/erase-words.ts'
import { sendsBeginningWith } from '../ledger/related-sends.ts'
import type { Outcome } from '../outcome.ts'
import { withoutQuestions } from '../questions/without-questions.ts'
import { quizTraces } from '../quiz/personal.ts'
import type { Reading, Removal } from '../reading.ts'
import { RefusedError } from './command.ts'
import type { CommandResult } from './decided.ts'

/** More than one person ever says; a commit of this size is still one transaction. */
const most = 10_000

/**
 * A person's words, names and links go; the tickets stay in the ledger with the text taken out, so that what
 * was done for the place can still be accounted for. `by`: who asks, as in an event.
 */
export async function erasure(
  reading: Reading,
  by: string,
  id: string,
): Promise<{ readonly outcome: Outcome; readonly result: CommandResult }> {
  const person = await reading.get('people', id)
  if (!person)
    throw new RefusedError('unknown', `no person ${id}: see linli roster list, or the id in a ticket`)
  // what they have in hand would be nobody's
  if (person.role !== 'resident')
    throw new RefusedError('unlawful', `${id} is on the roster: linli roster remove ${id} first`)
  const where = { person: id }
  const said = (await reading.find('inbox', { where, limit: most })).documents
  const links = (await reading.find('contacts', { where, limit: most })).documents
  const memories = (await reading.find('memories', { where, limit: most })).documents
  const scores = (await reading.find('quizScores', { where, limit: most })).documents
  const quiz = await quizTraces(reading, id, scores)
  const questions = (await reading.find('questions', { where, limit: most })).documents
  const asked = await withoutQuestions(reading, questions)
  const receipts = (await reading.find('noticeReceipts', { where, limit: most })).documents
  const seen = await withoutMember(reading, id, links)
  const corrections = (await reading.find('corrections', { where, limit: most })).documents
  const parts = (await reading.find('ticketPeople', { where, limit: most })).documents
  const acts = (await reading.find('ticketEvents', { where: { by: id }, limit: most })).documents
  // tickets they opened or support, those they did something to, and those that a line of theirs led to
  const tickets = new Set([...parts, ...acts].map(({ ticket }) => ticket))
  for (const line of said) for (const ticket of line.tickets ?? []) tickets.add(ticket)
  const messages = new Set(said.map((entry) => entry.id))
  const ledger = await eraseFromTickets(reading, tickets, { person: id, messages, by })
  const removals: Removal[] = [
    ...said.map(({ id: one }) => ({ collection: 'inbox', id: one }) as const),
    ...links.map(({ id: one }) => ({ collection: 'contacts', id: one }) as const),
    ...memories.map(({ id: one }) => ({ collection: 'memories', id: one }) as const),
    ...scores.map(({ id: one }) => ({ collection: 'quizScores', id: one }) as const),
    ...quiz.removals,
    ...(await alertsAbout(reading, said, tickets)),
    ...asked.removals,
    ...seen.removals,
    ...receipts.map(({ id: one }) => ({ collection: 'noticeReceipts', id: one }) as const),
    ...corrections.map(({ id: one }) => ({ collection: 'corrections', id: one }) as const),
  ]
  const anonymous = { ...person, name: erasedWords, role: 'resident' as const, places: [], friend: false }
  return {
    outcome: {
      facts: ledger.facts,
      puts: [
        ...ledger.puts,
        ...asked.puts,
        ...quiz.puts,
        ...seen.puts,
        { collection: 'people', document: anonymous },
      ],
      removals,
    },
    result: { person: id, messages: said.length, tickets: parts.length },
  }
}

/** What staff were sent because of their lines quotes them. What waits to be sent is sent first: it may be urgent. */
async function alertsAbout(
  reading: Reading,
  said: readonly InboxEntry[],
  tickets: ReadonlySet<string>,
): Promise<readonly Removal[]> {
  const causes = said.flatMap(({ utterance }) => (utterance === undefined ? [] : [`${utterance}/`]))
  const prefixes = new Set([...causes, ...[...tickets].map((ticket) => `${ladderId(ticket)}@`)])
  const sends = await sendsBeginningWith(reading, [...prefixes])
  return sends
    .filter(({ state }) => state !== 'queued' && state !== 'sending')
    .map(({ id }) => ({ collection: 'outbox', id }) as const)
}
