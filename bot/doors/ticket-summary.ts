import { lightOf } from '../../tickets/deadline.ts'
import { saidNumber } from '../../tickets/number.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import { placeInPublic, whatOf } from '../describe.ts'
import type { House } from '../house.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { Reading } from '../reading.ts'
import { RefusedError } from './command.ts'

/**
 * A ticket for other systems: how it stands, and nothing of whom it is about: no person, no word as it was said, no
 * photo, of private matters not even the place. @throws RefusedError
 */
export async function ticketSummary(house: House, reading: Reading, id: string): Promise<object> {
  const ticket = await reading.get('tickets', id)
  if (!ticket) throw new RefusedError('unknown', `no ticket ${id}`)
  const hidden = isPrivateMatter(ticket)
  return {
    ...{ ticket: ticket.id, said: saidNumber(ticket.id), state: ticket.state, urgency: ticket.urgency },
    ...{ category: ticket.category, categoryName: house.categories[ticket.category].name },
    what: hidden ? null : whatOf(house, ticket),
    place: hidden ? null : (placeInPublic(ticket.place) ?? null),
    department: ticket.department,
    light: isOpen(ticket) && ticket.state !== 'done' ? lightOf(ticket, house.now()) : null,
    ...{ supporters: ticket.supporters.length, urges: ticket.urges, reopenings: ticket.reopenings },
    recurredFrom: ticket.recurredFrom ?? null,
    satisfied: ticket.satisfied ?? null,
    ...instants(ticket),
  }
}

function instants({ openedAt, deadline, acknowledgedAt, doneAt, endedAt }: Ticket) {
  const shown = (instant: number | undefined) => (instant === undefined ? null : isoShanghai(instant))
  return {
    openedAt: isoShanghai(openedAt),
    deadline: isoShanghai(deadline),
    acknowledgedAt: shown(acknowledgedAt),
    doneAt: shown(doneAt),
    endedAt: shown(endedAt),
  }
}
