import { deadlineAfterHold, timeLeft } from '../../../tickets/deadline.ts'
import { day, instantOf, plainDate, plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import { openingTime } from '../../../tickets/working-calendar.ts'
import { ticketWords } from '../../describe.ts'
import { askFollowUp } from '../../follow-up/ask.ts'
import type { House } from '../../house.ts'
import type { Outcome } from '../../outcome.ts'
import { atLeast } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { tellWaiting } from '../../sending/tell-waiting.ts'
import { type Actor, byOf, type Command, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { lawfulTicket } from './lawful-ticket.ts'

/** 接单: who says it first owns it; a second one helps. */
export async function acknowledge(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'acknowledged')
  const by = byOf(actor)
  const facts: Outcome['facts'] = [
    { ticket: id, by, fact: { type: 'acknowledged' } },
    ...(ticket.state === 'dispatched' ? [{ ticket: id, by, fact: { type: 'handling' } as const }] : []),
  ]
  return { outcome: { facts }, result: { ticket: id, state: 'handling' } }
}

/** 办结: with a note, and a photo where the category asks for one; then whoever waits for it is asked. */
export async function done(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, note, photos }: Command & { type: 'ticket.done' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'done')
  if (house.categories[ticket.category].photo && photos.length === 0 && actor.kind !== 'system')
    throw new RefusedError(
      'incomplete',
      `ticket ${id} needs a photo of how it is now: send it together with 办结`,
      'photo',
    )
  const fact = { type: 'done', note, ...(photos.length > 0 && { photos }) } as const
  const asked = await askFollowUp(house, reading, { ...ticket, state: 'done', note }, { by: byOf(actor) })
  return {
    outcome: {
      ...asked,
      facts: [{ ticket: id, by: byOf(actor), fact }, ...(asked.facts ?? [])],
    },
    result: { ticket: id, state: 'done' },
  }
}

/** 挂起: with a reason and the day on which it goes on; whoever reported is told. */
export async function hold(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, reason, until: date }: Command & { type: 'ticket.hold' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'on_hold')
  const now = house.now()
  const until = instantOf(date, openingTime)
  if (until <= now) throw new RefusedError('incomplete', `${date} is over: name a later day`, 'later-day')
  const { most } = house.desk.hold
  if (until - now + (ticket.heldFor ?? 0) > most * day)
    throw new RefusedError(
      'incomplete',
      `held for more than ${most} days in all: name a sooner day`,
      'sooner-day',
    )
  // a hold is no way around an extension: what is late waits only with an admin's word
  if (now > ticket.deadline && !(await mayForgive(reading, actor)))
    throw new RefusedError('incomplete', `ticket ${id} is overdue: an admin may hold it`, 'hold-in-time')
  const fact = { type: 'on_hold', reason, until, ...timeLeft(house.calendar, ticket, now) } as const
  const words = { ...ticketWords(house, ticket, now), reason, day: plainDate(until) }
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact }],
      timers: [{ id: `hold/${id}`, kind: 'hold', ticket: id, dueAt: until }],
      sends: await tellWaiting(house, reading, ticket, house.texts.ticketHeld(words)),
    },
    result: { ticket: id, state: 'on_hold', until: date },
  }
}

async function mayForgive(reading: Reading, actor: Actor): Promise<boolean> {
  if (actor.kind !== 'person') return actor.kind === 'operator'
  const person = await reading.get('people', actor.id)
  return person !== undefined && atLeast(person, 'admin')
}

/** 恢复, before its day. */
export async function resume(house: House, reading: Reading, actor: Actor, id: string): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'resumed')
  const due = dueAgain(house, ticket)
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'resumed', ...due } }],
    },
    result: { ticket: id, state: ticket.hold?.before ?? 'dispatched', deadline: plainDateTime(due.deadline) },
  }
}

export function dueAgain(house: House, ticket: Ticket) {
  const { hold: held } = ticket
  if (!held) throw new Error(`ticket ${ticket.id} is ${ticket.state}, without a hold`)
  return deadlineAfterHold(house.calendar, held, house.now(), ticket.urgency)
}
