import { eraseFromTickets } from '../../ledger/erase-words.ts'
import type { Reading } from '../../reading.ts'
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
  return { outcome: { puts, facts }, result: { ticket: id, events: puts.length } }
}
