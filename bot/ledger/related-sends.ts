import type { Ticket } from '../../tickets/ticket.ts'
import type { Reading } from '../reading.ts'
import type { OutboxEntry } from '../sending/outbox-documents.ts'

/** What was sent because of a message, or by a timer of a ticket: an outbox id begins with its cause. */

const timersOfTicket = [
  'ladder',
  'light',
  'hold',
  'followUp',
  'whistle',
  'first-hands',
  'supervision',
] as const

/** While the outbox keeps it: a week. */
export async function sendsOfTicket(
  reading: Pick<Reading, 'find' | 'get'>,
  ticket: Pick<Ticket, 'id' | 'messages'>,
): Promise<readonly OutboxEntry[]> {
  const prefixes = new Set(timersOfTicket.map((timer) => `${timer}/${ticket.id}@`))
  for (const message of ticket.messages) {
    prefixes.add(`staff/${message}/`)
    const entry = await reading.get('inbox', message)
    if (entry?.utterance !== undefined) prefixes.add(`${entry.utterance}/`)
  }
  return sendsBeginningWith(reading, [...prefixes])
}

export async function sendsBeginningWith(
  reading: Pick<Reading, 'find'>,
  prefixes: readonly string[],
): Promise<readonly OutboxEntry[]> {
  const found: OutboxEntry[] = []
  for (const prefix of prefixes) {
    const range = { field: 'id', gte: prefix, lt: `${prefix}\uFFFF` }
    found.push(...(await reading.find('outbox', { range })).documents)
  }
  return found
}
