import { saidNumber } from '../../../tickets/number.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import { ladderId } from '../../duties/promises-over.ts'
import { eraseFromTickets } from '../../ledger/erase-words.ts'
import { sendsBeginningWith } from '../../ledger/related-sends.ts'
import type { Reading, Removal } from '../../reading.ts'
import { type Actor, byOf, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'

/**
 * What somebody reported through another system goes, contact and all; the ticket stays. Who spoke to the bot is erased
 * as a person (erasure.ts): nothing of them is left over then in another ticket.
 * @throws RefusedError
 */
export async function eraseReport(reading: Reading, actor: Actor, id: string): Promise<Decided> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}: look at the number`)
  if (!ticket.reporter.startsWith('system/'))
    throw new RefusedError(
      'unlawful',
      `ticket ${id} was reported in chat: erase the person ${ticket.reporter}`,
    )
  const erasing = { person: ticket.reporter, messages: new Set<string>(), by: byOf(actor) }
  const { puts, facts } = await eraseFromTickets(reading, new Set([id]), erasing)
  const removals = await alertsAbout(reading, ticket)
  return { outcome: { puts, facts, removals }, result: { ticket: id, alerts: removals.length } }
}

/** Alerts of an emergency quote it: those of its ladder, and the first, which came of the report itself. */
async function alertsAbout(reading: Reading, { id, reporter }: Ticket): Promise<readonly Removal[]> {
  const ofReport = `open311/${reporter.slice('system/'.length)}/`
  const sends = await sendsBeginningWith(reading, [`${ladderId(id)}@`, ofReport])
  return (
    sends
      .filter(({ text }) => text.includes(saidNumber(id)))
      // what waits to be sent is sent first: it may be urgent
      .filter(({ state }) => state !== 'queued' && state !== 'sending')
      .map((entry) => ({ collection: 'outbox', id: entry.id }) as const)
  )
}
