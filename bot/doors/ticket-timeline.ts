import type { House } from '../house.ts'
import { type TimelineRow, timelineOf } from '../ledger/timeline.ts'
import type { Reading } from '../reading.ts'
import { ticketByNumber } from '../tickets-of.ts'
import { type Actor, RefusedError } from './command.ts'
import { maySee } from './tickets/scope.ts'

/**
 * The history of one ticket, to staff. What residents said, their names and rooms are for those who answer for the
 * ticket; others see what was done and when. @throws RefusedError
 */
export async function ticketTimeline(
  house: House,
  reading: Reading,
  actor: Actor,
  number: string,
): Promise<readonly TimelineRow[]> {
  const ticket = await ticketByNumber(reading, number, house.now())
  if (!ticket)
    throw new RefusedError('unknown', `no ticket ${number}: expected a number as 20261120-003 or 1120-003`)
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  const theirs = person !== undefined && (await maySee(house, reading, person, ticket))
  const open = actor.kind === 'operator' || theirs
  // whoever may be complained about learns nothing at all
  if (!open && ticket.category === 'conduct')
    throw new RefusedError('elsewhere', `ticket ${ticket.id} is not for ${person?.id ?? 'you'} to see`)
  return timelineOf(reading, ticket, open)
}
