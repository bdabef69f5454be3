import type { Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Decided } from '../doors/decided.ts'
import { startLadder } from '../duties/ladder.ts'
import type { House } from '../house.ts'
import { both, type Outcome } from '../outcome.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import { type Alarm, alarmTimer } from './alarm.ts'
import { amendAlarm } from './amend-alarm.ts'
import type { HeardAlarm } from './heard-alarm.ts'

/** Raised again a moment after its end: the same alarm and the same ticket, which is not closed after all. */
export async function keepAlarm(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  before: Alarm,
  ticket: Ticket,
): Promise<Decided> {
  const { endedAt: _, ...kept } = { ...before, state: 'raised', at: heard.at, forgetAt: null } as const
  const grown = await amendAlarm(house, reading, heard, kept, ticket)
  const still: Outcome = {
    puts: [{ collection: 'alarms', document: kept }],
    cancelled: [alarmTimer(before.id)],
    why: `alarm ${heard.id} of ${heard.source} is on again`,
  }
  const calmed = before.state === 'ended' && grown.unchanged
  const told = calmed ? await tellResumed(house, reading, heard, ticket) : {}
  return {
    // the alarm as amended is put last
    outcome: both(both(still, told), grown.outcome),
    result: { alarm: heard.id, state: 'raised', ticket: ticket.id, done: 'kept' },
  }
}

/** Who was told that an emergency is over has to hear that it is not; of anything else nothing was told. */
async function tellResumed(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  ticket: Ticket,
): Promise<Outcome> {
  if (ticket.urgency !== 'emergency') return {}
  if (ticket.acknowledgedAt === undefined)
    return startLadder(house, reading, ticket, await groupOfTicket(reading, ticket), heard.source)
  const text = house.texts.alarmResumed(ticketWords(house, ticket, house.now()))
  return { sends: await alertOwner(reading, ticket, text) }
}
