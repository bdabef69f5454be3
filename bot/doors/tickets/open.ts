import type { Place } from '../../../intents/understanding.ts'
import { startLadder } from '../../duties/ladder.ts'
import type { House } from '../../house.ts'
import { openTicket } from '../../open-ticket.ts'
import { both, type Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import { recurrenceOf } from '../../supervision/recurrence.ts'
import { type Actor, byOf, type Command } from '../command.ts'
import type { Decided } from '../decided.ts'

/**
 * A ticket that was not said in chat: from another system, the console or the command line. It is opened as one that
 * was: routed, with its deadline; words of danger make it an emergency, whoever says them.
 */
export async function openByCommand(
  house: House,
  reading: Reading,
  actor: Actor,
  { category, text, where, print }: Command & { readonly type: 'ticket.open' },
): Promise<Decided> {
  const by = byOf(actor)
  const place = placeOf(house, text, where)
  const danger = text.split('\n').some((line) => house.emergencyOf(line) !== undefined)
  const report = {
    ...{ category, place, text: where === '' ? text : `${text}\n${where}`, photos: [] },
    urgency: danger ? ('emergency' as const) : ('normal' as const),
  }
  const { ticket, facts, puts } = await openTicket(house, reading, { by, group: undefined }, report)
  const opened: Outcome = { facts, puts, why: `opened by ${by}` }
  const result = {
    ticket: ticket.id,
    department: ticket.department,
    deadline: ticket.deadline,
    emergency: danger,
    ...(print !== undefined && { print }),
  }
  if (danger) {
    const alarm = await startLadder(house, reading, ticket, undefined, nameOf(actor))
    return { outcome: both(opened, alarm), result }
  }
  return { outcome: both(opened, await recurrenceOf(house, reading, ticket)), result }
}

/** What is said of the place counts before what may be understood from the report. */
function placeOf(house: House, text: string, where: string): Place | null {
  const told = where === '' ? undefined : house.understander.understand(where).place
  return told ?? house.understander.understand(text).place ?? null
}

function nameOf(actor: Actor): string {
  return actor.kind === 'system' ? actor.name : ''
}
