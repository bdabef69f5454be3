import { bindingOf } from '../../tickets/alarms.ts'
import { day, minute, plainDateTime } from '../../tickets/shanghai-time.ts'
import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Decided } from '../doors/decided.ts'
import { dueAgain } from '../doors/tickets/work.ts'
import { ladderId } from '../duties/promises-over.ts'
import { askFollowUp, hasNobodyToAsk } from '../follow-up/ask.ts'
import type { House } from '../house.ts'
import { both, type Outcome, type TicketChange } from '../outcome.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import type { Timer } from '../timer.ts'
import { type Alarm, alarmId, alarmTimer, isAtWork } from './alarm.ts'
import { tellGroup } from './alarm-group.ts'
import type { HeardAlarm } from './heard-alarm.ts'

/** How long an alarm that is over is still known by its id. */
const knownFor = 90 * day

/** It is over, unless it is raised again before it has been quiet for long enough: the ticket waits for that. */
export async function endAlarm(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  before: Alarm,
  ticket: Ticket,
): Promise<Decided> {
  const now = house.now()
  const { source, id, at } = heard
  const dueAt = now + house.alarms.quietMinutes * minute
  const timer: Timer = { id: alarmTimer(before.id), kind: 'alarm', alarm: before.id, dueAt }
  const alarm: Alarm = { ...before, state: 'ended', at, endedAt: at, forgetAt: now + knownFor }
  return {
    outcome: {
      ...((await isLastOf(reading, ticket, before.id)) && (await calmDown(house, reading, ticket, at))),
      puts: [{ collection: 'alarms', document: alarm }],
      timers: [timer],
      why: `alarm ${id} of ${source} has ended`,
    },
    result: { alarm: id, state: 'ended', ticket: ticket.id, done: 'ended' },
  }
}

/** Its end comes before its beginning: what is heard of the beginning later is old news. */
export function noteEnd(house: House, { source, id, kind, at }: HeardAlarm): Decided {
  const alarm: Alarm = {
    ...{ id: alarmId(source, id), source, kind, state: 'over', ticket: null },
    ...{ at, endedAt: at, toldAt: at, forgetAt: house.now() + knownFor },
  }
  return {
    outcome: {
      puts: [{ collection: 'alarms', document: alarm }],
      why: `only the end of alarm ${id} was heard`,
    },
    result: { alarm: id, state: 'ended', ticket: null, done: 'ended' },
  }
}

/** No other alarm of the same ticket is still on; with `over`: none is on, nor was just now. */
async function isLastOf(reading: Reading, ticket: Ticket, id: string, over?: 'over'): Promise<boolean> {
  const { documents } = await reading.find('alarms', { where: { ticket: ticket.id }, limit: 1_000 })
  const others = documents.filter((each) => each.id !== id)
  return others.every(({ state }) => (over ? state === 'over' : state !== 'raised'))
}

/** Nobody is woken any more for an emergency that is over; who was woken hears of it. */
async function calmDown(
  house: House,
  reading: Reading,
  ticket: Ticket,
  at: number,
): Promise<Pick<Outcome, 'sends' | 'cancelled'>> {
  if (ticket.urgency !== 'emergency' || !isRunning(ticket)) return {}
  const words = { ...ticketWords(house, ticket, house.now()), time: plainDateTime(at) }
  return {
    sends: await alertOwner(reading, ticket, house.texts.alarmOver(words)),
    cancelled: [ladderId(ticket.id)],
  }
}

/** Quiet for long enough: the work is done, and closed, unless residents joined in: they are asked like always. */
export async function closeQuietAlarm(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'alarm' },
): Promise<Outcome> {
  const over: Outcome = { cancelled: [timer.id] }
  const alarm = await reading.get('alarms', timer.alarm)
  if (alarm?.state !== 'ended') return over
  const known = both(over, { puts: [{ collection: 'alarms', document: { ...alarm, state: 'over' } }] })
  const ticket = alarm.ticket === null ? undefined : await reading.get('tickets', alarm.ticket)
  const doneElsewhere = ticket?.state === 'done' && hasNobodyToAsk(ticket)
  if (!ticket || !(isAtWork(ticket) || doneElsewhere)) return known
  if (!(await isLastOf(reading, ticket, alarm.id, 'over'))) return known
  if (!doneElsewhere) return both(known, await close(house, reading, alarm, ticket))
  // another system said that it is done, the device says so as well: nothing is left to look at
  const closed = { type: 'closed', remark: house.texts.closedAlarmOver() } as const
  const ended: Outcome = { facts: [{ ticket: ticket.id, by: 'bot', fact: closed }] }
  return both(both(known, ended), await tellOver(house, reading, alarm, ticket))
}

/** Whoever says that it is done: one of its devices says that it is not. */
export async function isStillRaised(reading: Reading, ticket: Ticket): Promise<boolean> {
  const { documents } = await reading.find('alarms', { where: { ticket: ticket.id }, limit: 1_000 })
  return documents.some(({ state }) => state === 'raised')
}

async function close(house: House, reading: Reading, alarm: Alarm, ticket: Ticket): Promise<Outcome> {
  const by = `system/${alarm.source}`
  const note = house.texts.alarmOverNote({ time: plainDateTime(alarm.endedAt ?? house.now()) })
  const held: readonly TicketChange[] =
    ticket.state === 'on_hold'
      ? [{ ticket: ticket.id, by: 'bot', fact: { type: 'resumed', ...dueAgain(house, ticket) } }]
      : []
  const done: Outcome = {
    facts: [...held, { ticket: ticket.id, by, fact: { type: 'done', note } }],
    why: `alarm ${alarm.id} is over`,
  }
  const ended = { ...ticket, state: 'done', note } as const
  const asked = await askFollowUp(house, reading, ended, { remark: house.texts.closedAlarmOver() })
  const closed = asked.facts?.some(({ fact }) => fact.type === 'closed') ?? false
  const told = closed ? await tellOver(house, reading, alarm, ticket) : {}
  return both(both(done, asked), told)
}

/** Who read in the group that it began reads that it is over. */
async function tellOver(house: House, reading: Reading, alarm: Alarm, ticket: Ticket): Promise<Outcome> {
  const group = await groupOfTicket(reading, ticket)
  const id = alarm.id.slice(alarm.source.length + 1)
  const { tell } = bindingOf(house.alarms, alarm.source, [alarm.device, id])
  const text = house.texts.alarmOverInGroup(ticketWords(house, ticket, house.now()))
  return { sends: tellGroup({ tell }, group, ticket, text) }
}
