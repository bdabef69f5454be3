import { isMoreUrgent, rankOfLevel } from '../../tickets/alarms.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { type Actor, type Command, RefusedError } from '../doors/command.ts'
import type { Decided } from '../doors/decided.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import { type Alarm, alarmId, isAtWork, seriesOf } from './alarm.ts'
import type { AlarmReport } from './alarm-report.ts'
import { amendAlarm } from './amend-alarm.ts'
import { endAlarm, noteEnd } from './end-alarm.ts'
import { type HeardAlarm, heardAlarm } from './heard-alarm.ts'
import { keepAlarm } from './keep-alarm.ts'
import { openAlarm } from './open-alarm.ts'

/**
 * Another system tells of its alarm: it opens a ticket, adds to it, or ends it. What comes twice, or late, changes
 * nothing: an alarm only ever moves on to what was so later, by their clock.
 * @throws RefusedError
 */
export async function reportAlarm(
  house: House,
  reading: Reading,
  actor: Actor,
  { type: _, ...report }: Command & { type: 'alarm.report' },
): Promise<Decided> {
  if (actor.kind !== 'system') throw new RefusedError('authority', 'alarms come from other systems only')
  const heard = heardAlarm(house, actor.name, report)
  const before = await reading.get('alarms', alarmId(heard.source, heard.id))
  const ticket = before?.ticket ? await reading.get('tickets', before.ticket) : undefined
  switch (turnOf(before, report.state, heard)) {
    case 'open':
      return joinOrOpen(house, reading, heard, ticket)
    case 'amend':
      return before && ticket && isAtWork(ticket)
        ? amendAlarm(house, reading, heard, before, ticket)
        : worse(house, reading, heard, before, ticket)
    case 'keep':
      return before && ticket && isAtWork(ticket)
        ? keepAlarm(house, reading, heard, before, ticket)
        : openAlarm(house, reading, heard, ticket)
    case 'end':
      return before && ticket ? endAlarm(house, reading, heard, before, ticket) : noteEnd(house, heard)
    case 'stale':
      return unchanged(heard, before)
  }
}

type Turn = 'open' | 'amend' | 'keep' | 'end' | 'stale'

function turnOf(before: Alarm | undefined, state: AlarmReport['state'], { at, weight }: HeardAlarm): Turn {
  if (!before) return state === 'ended' ? 'end' : 'open'
  if (state === 'ended') return before.state === 'raised' && at >= before.at ? 'end' : 'stale'
  if (before.state === 'raised') return at >= before.at ? 'amend' : 'stale'
  // a life is not left to their clock: only what was said before its first signal, and that signal again, is old
  const mayBeOld = weight.urgency !== 'emergency' || state !== 'raised' || at <= (before.raisedAt ?? 0)
  if (mayBeOld && at <= before.at) return 'stale'
  return before.state === 'ended' ? 'keep' : 'open'
}

/** Another signal of a device whose last one is not over, or was just now, is the same matter. */
async function joinOrOpen(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  earlier: Ticket | undefined,
): Promise<Decided> {
  const last = await lastOfSeries(reading, heard)
  const ticket = last?.ticket ? await reading.get('tickets', last.ticket) : undefined
  if (!last || !ticket || last.state === 'over' || !isAtWork(ticket))
    return openAlarm(house, reading, heard, earlier ?? ticket)
  const joined: Alarm = { ...last, id: alarmId(heard.source, heard.id), raisedAt: heard.at }
  return keepAlarm(house, reading, heard, joined, ticket)
}

async function lastOfSeries(
  reading: Reading,
  { source, kind, device }: HeardAlarm,
): Promise<Alarm | undefined> {
  if (device === undefined) return undefined
  const where = { series: seriesOf(source, kind, device) }
  const { documents } = await reading.find('alarms', { where, order: 'at', descending: true, limit: 1 })
  return documents[0]
}

/** Staff have ended the ticket and the alarm goes on: only when it grows it is a new matter. */
async function worse(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  before: Alarm | undefined,
  ticket: Ticket | undefined,
): Promise<Decided> {
  const higher = rankOfLevel(house.alarms, heard.level) > rankOfLevel(house.alarms, before?.level)
  const urgent = ticket !== undefined && isMoreUrgent(heard.weight.urgency, ticket.urgency)
  return higher || urgent ? openAlarm(house, reading, heard, ticket) : unchanged(heard, before)
}

function unchanged(heard: HeardAlarm, before: Alarm | undefined): Decided {
  const state = before?.state === 'raised' ? 'raised' : 'ended'
  return {
    outcome: {},
    result: { alarm: heard.id, state, ticket: before?.ticket ?? null, done: 'nothing' },
    unchanged: true,
  }
}
