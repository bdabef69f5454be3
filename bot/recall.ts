import { isAllowed } from '../tickets/lifecycle.ts'
import { decideAndCommit } from './commit.ts'
import type { InboxEntry } from './documents.ts'
import type { House } from './house.ts'
import { both, type Outcome } from './outcome.ts'
import type { ChatEvent } from './ports/chat.ts'
import { withoutQuestions } from './questions/without-questions.ts'
import type { Reading } from './reading.ts'

/** Taken back: what the message caused is withdrawn, if nobody has acted on it. */
export async function recall(house: House, event: ChatEvent & { type: 'recalled' }): Promise<void> {
  const id = `${event.account}/${event.messageId}`
  await decideAndCommit(house, async (reading) => {
    const entry = await reading.get('inbox', id)
    if (!entry) return undefined
    const outcome =
      entry.state === 'waiting'
        ? {}
        : both(await withdrawal(reading, id, entry.person), await unlisted(reading, entry))
    const lines = entry.state === 'waiting' ? [entry] : []
    const cause = { id: `recalled/${id}`, group: entry.group, person: entry.person, lines }
    // a line that still waited is done without having been read; its burst finds one line less
    return { cause, outcome: { why: 'recalled by its writer', ...outcome } }
  })
}

/** The question that began with this line leaves the list, unless staff have answered it. */
async function unlisted(reading: Reading, entry: InboxEntry): Promise<Outcome> {
  const question = await reading.get('questions', entry.utterance ?? '')
  if (!question || question.person !== entry.person || question.state === 'answered') return {}
  return withoutQuestions(reading, [question])
}

async function withdrawal(reading: Reading, message: string, person: string): Promise<Outcome> {
  const { documents } = await reading.find('ticketPeople', {
    where: { person },
    order: 'openedAt',
    descending: true,
    limit: 10,
  })
  for (const part of documents) {
    const ticket = await reading.get('tickets', part.ticket)
    const caused = ticket?.messages.includes(message) && ticket.reporter === person
    if (!ticket || !caused || ticket.state === 'handling' || ticket.responsible) continue
    if (ticket.supporters.length > 0 || !isAllowed(ticket.state, 'withdrawn')) continue
    return { facts: [{ ticket: ticket.id, by: person, fact: { type: 'withdrawn' } }] }
  }
  return {}
}
