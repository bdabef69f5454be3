import type { InboxEntry, TicketPerson } from '../documents.ts'
import type { Outcome } from '../outcome.ts'
import { withoutQuestions } from '../questions/without-questions.ts'
import { quizTraces } from '../quiz/personal.ts'
import type { Put, Reading, Removal } from '../reading.ts'
import { RefusedError } from './command.ts'
import type { CommandResult } from './execute.ts'

/** More than one person ever says; a commit of this size is still one transaction. */
const most = 10_000

/**
 * A person's words, names and links go; the tickets stay in the ledger with the text taken out, so that what
 * was done for the place can still be accounted for.
 */
export async function erasure(
  reading: Reading,
  id: string,
): Promise<{ readonly outcome: Outcome; readonly result: CommandResult }> {
  const person = await reading.get('people', id)
  if (!person)
    throw new RefusedError('unknown', `no person ${id}: see linli roster list, or the id in a ticket`)
  const where = { person: id }
  const said = (await reading.find('inbox', { where, limit: most })).documents
  const links = (await reading.find('contacts', { where, limit: most })).documents
  const memories = (await reading.find('memories', { where, limit: most })).documents
  const scores = (await reading.find('quizScores', { where, limit: most })).documents
  const quiz = await quizTraces(reading, id, scores)
  const questions = (await reading.find('questions', { where, limit: most })).documents
  const asked = await withoutQuestions(reading, questions)
  const corrections = (await reading.find('corrections', { where, limit: most })).documents
  const parts = (await reading.find('ticketPeople', { where, limit: most })).documents
  const puts = await withoutWords(reading, id, parts, said)
  const removals: Removal[] = [
    ...said.map(({ id: one }) => ({ collection: 'inbox', id: one }) as const),
    ...links.map(({ id: one }) => ({ collection: 'contacts', id: one }) as const),
    ...memories.map(({ id: one }) => ({ collection: 'memories', id: one }) as const),
    ...scores.map(({ id: one }) => ({ collection: 'quizScores', id: one }) as const),
    ...quiz.removals,
    ...asked.removals,
    ...corrections.map(({ id: one }) => ({ collection: 'corrections', id: one }) as const),
  ]
  const anonymous = { ...person, name: erased, role: 'resident' as const, places: [], friend: false }
  return {
    outcome: {
      puts: [...puts, ...asked.puts, ...quiz.puts, { collection: 'people', document: anonymous }],
      removals,
    },
    result: { person: id, messages: said.length, tickets: parts.length },
  }
}

const erased = '（已删除）'

async function withoutWords(
  reading: Reading,
  person: string,
  parts: readonly TicketPerson[],
  said: readonly InboxEntry[],
): Promise<Put[]> {
  const gone = new Set(said.map((entry) => entry.id))
  const puts: Put[] = []
  for (const { ticket: id } of parts) {
    const ticket = await reading.get('tickets', id)
    if (!ticket) continue
    const own = ticket.reporter === person
    const messages = ticket.messages.filter((message) => !gone.has(message))
    const place = own && ticket.place ? { place: withoutRoom(ticket.place) } : {}
    puts.push({
      collection: 'tickets',
      document: { ...ticket, messages, ...(own && { text: erased, photos: [] }), ...place },
    })
    const { documents } = await reading.find('ticketEvents', { where: { ticket: id }, order: 'sequence' })
    for (const event of documents) {
      if (event.by !== person) continue
      const words = {
        ...('text' in event && { text: erased }),
        ...('photos' in event && { photos: [] }),
        ...('place' in event && event.place && { place: withoutRoom(event.place) }),
      }
      puts.push({
        collection: 'ticketEvents',
        document: { ...event, ...words, messages: [] } as typeof event,
      })
    }
  }
  return puts
}

function withoutRoom<T extends { readonly room?: string }>(place: T): Omit<T, 'room'> {
  const { room: _, ...rest } = place
  return rest
}
