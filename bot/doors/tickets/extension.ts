import { extendedDeadline } from '../../../tickets/deadline.ts'
import { plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { Extension, Ticket } from '../../../tickets/ticket.ts'
import { ticketWords } from '../../describe.ts'
import type { House } from '../../house.ts'
import { groupOfTicket } from '../../people/group-of-ticket.ts'
import { nameOf } from '../../people/name-of.ts'
import type { Reading } from '../../reading.ts'
import { alertPeople } from '../../sending/alert-department.ts'
import { alertRole } from '../../sending/alert-role.ts'
import { tellWaiting } from '../../sending/tell-waiting.ts'
import { type Actor, byOf, type Command, RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { lawfulTicket } from './lawful-ticket.ts'

/** 延期: asked for before the deadline, with a reason; an admin decides. */
export async function askExtension(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, days, reason }: Command & { type: 'ticket.ask-extension' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'extension_asked')
  const { most } = house.desk.extension
  if (days > most)
    throw new RefusedError('incomplete', `${days} working days: at most ${most} at a time`, 'fewer-days')
  if (house.now() > ticket.deadline)
    throw new RefusedError(
      'incomplete',
      `ticket ${id} was due at ${plainDateTime(ticket.deadline)}: an extension is asked for before that`,
      'time',
    )
  const by = byOf(actor)
  const name = await nameOf(house, reading, by)
  const words = { ...ticketWords(house, ticket, house.now()), days, reason, name }
  const group = await groupOfTicket(reading, ticket)
  return {
    outcome: {
      facts: [{ ticket: id, by, fact: { type: 'extension_asked', days, reason } }],
      sends: await alertRole(reading, 'admin', group, house.texts.extensionAsked(words)),
    },
    result: { ticket: id, asked: days },
  }
}

/** 同意: the deadline moves, and whoever reported hears of the new one. */
export async function extend(house: House, reading: Reading, actor: Actor, id: string): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'extended')
  const { days, reason, by } = requestIn(ticket)
  const due = extendedDeadline(house.calendar, ticket, days)
  const words = { ...ticketWords(house, { ...ticket, ...due }, house.now()), reason }
  const told = await tellWaiting(house, reading, ticket, house.texts.ticketExtended(words))
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'extended', days, reason, ...due } }],
      sends: [...askerTold(by, byOf(actor), house.texts.extensionGranted(words)), ...told],
    },
    result: { ticket: id, deadline: plainDateTime(due.deadline), days },
  }
}

/** 不同意: the promise stands. */
export async function refuseExtension(
  house: House,
  reading: Reading,
  actor: Actor,
  { ticket: id, reason = house.texts.reasonNotExtended() }: Command & { type: 'ticket.refuse-extension' },
): Promise<Decided> {
  const ticket = await lawfulTicket(house, reading, actor, id, 'extension_refused')
  const { by } = requestIn(ticket)
  const words = { ...ticketWords(house, ticket, house.now()), reason }
  return {
    outcome: {
      facts: [{ ticket: id, by: byOf(actor), fact: { type: 'extension_refused', reason } }],
      sends: askerTold(by, byOf(actor), house.texts.extensionRefused(words)),
    },
    result: { ticket: id, deadline: plainDateTime(ticket.deadline) },
  }
}

function requestIn(ticket: Ticket): Extension {
  if (ticket.extension) return ticket.extension
  throw new RefusedError('incomplete', `nobody has asked for more time for ticket ${ticket.id}`, 'request')
}

function askerTold(asker: string, decider: string, text: string) {
  return asker === 'operator' || asker === decider ? [] : alertPeople([asker], text)
}
