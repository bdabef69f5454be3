import type { Standing } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Role } from '../documents.ts'
import type { Reading } from '../reading.ts'

/** What somebody is to a ticket, from the roster by id. `by` as in an event: person id, bot, operator, system/NAME. */
export async function standingsOf(
  reading: Reading,
  by: string,
  ticket: Pick<Ticket, 'reporter' | 'supporters'>,
): Promise<readonly Standing[]> {
  const fixed = fixedStanding(by)
  if (fixed) return [fixed]
  const person = await reading.get('people', by)
  return [
    standingOfRole[person?.role ?? 'resident'],
    ...(ticket.reporter === by ? (['reporter'] as const) : []),
    ...(ticket.supporters.includes(by) ? (['supporter'] as const) : []),
  ]
}

function fixedStanding(by: string): Standing | undefined {
  if (by === 'bot' || by === 'operator') return by
  return by.startsWith('system/') ? 'system' : undefined
}

const standingOfRole: Readonly<Record<Role, Standing>> = {
  resident: 'resident',
  volunteer: 'volunteer',
  building_leader: 'volunteer',
  grid_worker: 'grid_worker',
  grid_leader: 'grid_leader',
  department: 'department',
  admin: 'admin',
}
