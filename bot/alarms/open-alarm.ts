import { day } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Group } from '../documents.ts'
import type { Decided } from '../doors/decided.ts'
import { startLadder } from '../duties/ladder.ts'
import type { House } from '../house.ts'
import { openTicket } from '../open-ticket.ts'
import { both, type Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import { recurrenceOf } from '../supervision/recurrence.ts'
import { type Alarm, alarmId, alarmTimer, isAtWork, seriesOf } from './alarm.ts'
import { groupOfAlarm, rememberedTicket, tellGroup } from './alarm-group.ts'
import type { HeardAlarm } from './heard-alarm.ts'

/** An alarm becomes a ticket. `earlier`: its last one; when that has ended lately, the matter has come back. */
export async function openAlarm(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  earlier: Ticket | undefined,
): Promise<Decided> {
  const group = await groupOfAlarm(house, reading, heard)
  const { urgency, workingDays } = heard.weight
  const category = house.alarms.kinds[heard.kind]?.category ?? 'other'
  const report = { category, urgency, place: heard.place, text: heard.words, photos: [] }
  const reporter = { by: `system/${heard.source}`, group }
  const { ticket, facts, puts } = await openTicket(house, reading, reporter, report, { workingDays })
  const opened: Outcome = {
    facts,
    puts: [...puts, { collection: 'alarms', document: raised(house, heard, ticket) }],
    cancelled: [alarmTimer(alarmId(heard.source, heard.id))],
    why: `alarm ${heard.id} of ${heard.source}`,
  }
  return {
    outcome: both(
      both(opened, await recurrence(house, reading, ticket, earlier)),
      await tellOpened(house, reading, heard, ticket, group),
    ),
    result: { alarm: heard.id, state: 'raised', ticket: ticket.id, done: 'opened' },
  }
}

/** An emergency is only marked: it climbs a ladder of its own, faster. */
async function recurrence(
  house: House,
  reading: Reading,
  ticket: Ticket,
  earlier: Ticket | undefined,
): Promise<Outcome> {
  const since = house.now() - house.supervision.recurrence.days * day
  const known = earlier && !isAtWork(earlier) && earlier.lastEventAt >= since ? earlier : undefined
  if (ticket.urgency !== 'emergency') return recurrenceOf(house, reading, ticket, known)
  if (!known) return {}
  return { facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'recurred', earlier: known.id } }] }
}

function raised(house: House, heard: HeardAlarm, ticket: Ticket): Alarm {
  return {
    ...{ id: alarmId(heard.source, heard.id), source: heard.source, kind: heard.kind, state: 'raised' },
    ...{ ticket: ticket.id, at: heard.at, raisedAt: heard.at, toldAt: house.now(), forgetAt: null },
    ...(heard.level !== undefined && { level: heard.level }),
    ...(heard.text !== undefined && { text: heard.text }),
    ...(heard.device !== undefined && {
      device: heard.device,
      series: seriesOf(heard.source, heard.kind, heard.device),
    }),
  }
}

/** An emergency wakes staff until somebody answers; of anything else its owner hears once. */
async function tellOpened(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  ticket: Ticket,
  group: Group | undefined,
): Promise<Outcome> {
  const words = ticketWords(house, ticket, house.now())
  const urgent = ticket.urgency === 'emergency'
  const staff = urgent
    ? await startLadder(house, reading, ticket, group, heard.source)
    : { sends: await alertOwner(reading, ticket, house.texts.alarmOpened({ ...words, text: heard.words })) }
  const text = urgent ? house.texts.alarmUrgentInGroup(words) : house.texts.alarmHeardInGroup(words)
  const neighbours = tellGroup(heard.binding, group, ticket, text)
  return both(staff, { sends: neighbours, puts: await rememberedTicket(reading, neighbours, group, ticket) })
}
