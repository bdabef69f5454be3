import { isoShanghai } from '../../tickets/shanghai-time.ts'
import { type Actor, RefusedError } from '../doors/command.ts'
import { ticketSummary } from '../doors/ticket-summary.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import { alarmId } from './alarm.ts'

/** One alarm and how its ticket stands, for the system that raised it. @throws RefusedError */
export async function alarmRow(
  house: House,
  reading: Reading,
  actor: Actor,
  { source, alarm: id }: { readonly source: string; readonly alarm: string },
): Promise<object> {
  // whose else's there are is not told
  const theirs = actor.kind !== 'system' || actor.name === source
  const alarm = theirs ? await reading.get('alarms', alarmId(source, id)) : undefined
  if (!alarm) throw new RefusedError('unknown', `no alarm ${id} of ${source} is known here`)
  const { kind, state, level, raisedAt, endedAt, ticket } = alarm
  return {
    ...{ alarm: id, kind, state: state === 'raised' ? 'raised' : 'ended', level: level ?? null },
    raisedAt: raisedAt === undefined ? null : isoShanghai(raisedAt),
    endedAt: endedAt === undefined ? null : isoShanghai(endedAt),
    ticket: ticket === null ? null : await ticketSummary(house, reading, ticket),
  }
}
