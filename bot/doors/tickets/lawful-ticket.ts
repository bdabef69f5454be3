import type { TicketFactType } from '../../../tickets/event.ts'
import { isAllowed } from '../../../tickets/lifecycle.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import type { Lore } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, RefusedError } from '../command.ts'
import { assertTheirs } from './scope.ts'

/** The ticket that a command is about, when the command is lawful now and theirs to give. @throws RefusedError */
export async function lawfulTicket(
  house: Pick<Lore, 'routing'>,
  reading: Reading,
  actor: Actor,
  id: string,
  change: TicketFactType,
): Promise<Ticket> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}: see the list with 工单`)
  await assertTheirs(house, reading, actor, ticket, change)
  if (!isAllowed(ticket.state, change))
    throw new RefusedError('unlawful', `ticket ${id} is ${ticket.state}: ${change} is not lawful now`)
  return ticket
}
