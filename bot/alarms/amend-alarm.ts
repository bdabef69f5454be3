import { isMoreUrgent, rankOfLevel } from '../../tickets/alarms.ts'
import { deadlineOf } from '../../tickets/deadline.ts'
import type { TicketFact } from '../../tickets/event.ts'
import { comparePlaces } from '../../tickets/same-problem.ts'
import { minute } from '../../tickets/shanghai-time.ts'
import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import { ticketWords } from '../describe.ts'
import type { Decided } from '../doors/decided.ts'
import { startLadder } from '../duties/ladder.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import { groupOfTicket } from '../people/group-of-ticket.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import type { Alarm } from './alarm.ts'
import type { HeardAlarm } from './heard-alarm.ts'

type Amended = TicketFact & { readonly type: 'amended' }

/**
 * It goes on. A higher level is told at once; other words only when the ticket had none for the quiet time: a sensor
 * that measures every minute does not write a novel.
 */
export async function amendAlarm(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  before: Alarm,
  ticket: Ticket,
): Promise<Decided> {
  const fact = newsOf(house, heard, before, ticket)
  const result = { alarm: heard.id, state: 'raised', ticket: ticket.id }
  if (!fact) return { outcome: {}, result: { ...result, done: 'nothing' }, unchanged: true }
  const alarm: Alarm = {
    ...{ ...before, at: Math.max(before.at, heard.at), toldAt: house.now() },
    ...(heard.level !== undefined && { level: heard.level }),
    ...(heard.text !== undefined && { text: heard.text }),
  }
  const after: Ticket = {
    ...{ ...ticket, place: fact.place ?? ticket.place, urgency: fact.urgency ?? ticket.urgency },
    ...{ deadline: fact.deadline ?? ticket.deadline, yellowAt: fact.yellowAt ?? ticket.yellowAt },
  }
  const higher = rankOfLevel(house.alarms, heard.level) > rankOfLevel(house.alarms, before.level)
  return {
    outcome: {
      ...(await tellStronger(house, reading, heard, { before: ticket, after, higher })),
      facts: [{ ticket: ticket.id, by: `system/${heard.source}`, fact }],
      puts: [{ collection: 'alarms', document: alarm }],
      why: `alarm ${heard.id} of ${heard.source} goes on`,
    },
    result: { ...result, done: 'amended' },
  }
}

function newsOf(house: House, heard: HeardAlarm, before: Alarm, ticket: Ticket): Amended | undefined {
  const urgency = heard.weight.urgency
  const urgent = isMoreUrgent(urgency, ticket.urgency)
  const higher = rankOfLevel(house.alarms, heard.level) > rankOfLevel(house.alarms, before.level)
  const moved = heard.place !== null && comparePlaces(ticket.place, heard.place) !== 'same'
  const quiet = house.now() - before.toldAt >= Math.max(1, house.alarms.quietMinutes) * minute
  const otherWords = heard.text !== undefined && heard.text !== before.text
  const otherLevel = heard.level !== undefined && heard.level !== before.level
  const words = higher || urgent || (quiet && (otherWords || otherLevel))
  if (!words && !moved) return undefined
  return {
    type: 'amended',
    ...(words && { text: heard.words }),
    ...(moved && heard.place && { place: heard.place }),
    ...(urgent && { urgency }),
    ...((urgent || higher) && sooner(house, heard, ticket)),
  }
}

/** As if it had been opened now; a promise is only ever made shorter. */
function sooner(house: House, { weight }: HeardAlarm, ticket: Ticket) {
  if (!isRunning(ticket)) return {}
  const workingDays = weight.workingDays ?? house.categories[ticket.category].workingDays
  const due = deadlineOf(house.calendar, house.now(), workingDays, weight.urgency)
  return due.deadline < ticket.deadline ? due : {}
}

async function tellStronger(
  house: House,
  reading: Reading,
  heard: HeardAlarm,
  { before, after, higher }: { readonly before: Ticket; readonly after: Ticket; readonly higher: boolean },
): Promise<Pick<Outcome, 'sends' | 'timers'>> {
  if (after.urgency === 'emergency' && before.urgency !== 'emergency')
    return startLadder(
      house,
      reading,
      { ...after, text: heard.words },
      await groupOfTicket(reading, after),
      heard.source,
    )
  if (!higher) return {}
  const words = { ...ticketWords(house, after, house.now()), text: heard.words }
  return { sends: await alertOwner(reading, after, house.texts.alarmStronger(words)) }
}
