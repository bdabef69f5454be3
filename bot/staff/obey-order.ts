import { isAllowed } from '../../tickets/lifecycle.ts'
import { findNumber, saidNumber } from '../../tickets/number.ts'
import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import { type Lacking, RefusedError } from '../doors/command.ts'
import type { CommandResult } from '../doors/decided.ts'
import { audited } from '../doors/execute.ts'
import { maySee } from '../doors/tickets/scope.ts'
import type { DeskCommand } from '../doors/tickets/ticket-commands.ts'
import { both, type Outcome } from '../outcome.ts'
import { knownDepartments } from '../routing/departments.ts'
import { reply, type Situation } from '../situation.ts'
import { ticketByNumber } from '../tickets-of.ts'
import { confirmation } from './confirmation.ts'
import { pointedAt } from './point-at.ts'
import type { Order } from './read-order.ts'
import { lackingWords, missingWords, refusalWords } from './refusal-words.ts'
import { whichOfThem } from './ticket-lines.ts'
import { ticketsInSight } from './tickets-in-sight.ts'
import { mayNotBeSaidInGroup } from './words-for-groups.ts'

/** Finds the one ticket that is meant, asks when several fit, hands the command to the door, and says what was done. */
export async function obeyOrder(situation: Situation, order: Order): Promise<Outcome> {
  const { house } = situation
  const found = await meant(situation, order)
  if (found.length === 0) return noneFits(situation, order)
  if (found.length > 1) return whichOfThem(situation, found, situation.text.replace(/^[#＃]\s*/u, ''))
  const [ticket] = found as readonly [Ticket]
  const lacks = order.refuses?.(ticket)
  if (lacks) return refused(situation, ticket, lacks)
  const command = order.command(ticket)
  if (!command) return reply(situation, missingWords(house, order.asksFor ?? 'note', ticket))
  if (await mayNotBeSaidInGroup(situation.reading, ticket, command))
    return reply(situation, house.texts.lacksOtherWords())
  return carryOut(situation, ticket, command)
}

/** What is on hold must go on first; that it is so, is easily forgotten. */
async function noneFits(situation: Situation, { number, change, fits }: Order): Promise<Outcome> {
  const { texts } = situation.house
  if (number !== undefined) return reply(situation, texts.ticketUnknown())
  const held = (await ticketsInSight(situation)).filter(
    (ticket) =>
      ticket.state === 'on_hold' && isAllowed(ticket.hold?.before, change) && fits(ticket, situation.person),
  )
  const [only] = held
  if (!only) return reply(situation, texts.staffNoTicket())
  return reply(situation, texts.staffOnHold({ number: saidNumber(only.id) }))
}

function refused(situation: Situation, ticket: Ticket, lacks: Lacking): Outcome {
  return reply(situation, lackingWords(situation.house, lacks, ticket, []))
}

/** By number whatever it is; else among those in sight that it would be lawful for: their own before others'. */
async function meant(situation: Situation, order: Order): Promise<readonly Ticket[]> {
  const { house, reading, person, now } = situation
  if (order.number !== undefined && findNumber(order.number)) {
    const ticket = await ticketByNumber(reading, order.number, now)
    // who may not see it is not told that it exists
    const known = ticket && (ownerOf(ticket) === person.id || (await maySee(house, reading, person, ticket)))
    return ticket && (known || ticket.category !== 'conduct') ? [ticket] : []
  }
  const fitting = (await ticketsInSight(situation)).filter(
    (ticket) => isAllowed(ticket.state, order.change) && order.fits(ticket, person),
  )
  const own = fitting.filter((ticket) => ticket.responsible === person.id)
  if (own.length === 1 || fitting.length < 2) return own.length === 1 ? own : fitting
  // 办结 换了灯管 speaks of the lamp
  const named = pointedAt(house, situation.text, fitting)
  return named?.length === 1 ? named : fitting
}

async function carryOut(situation: Situation, ticket: Ticket, command: DeskCommand): Promise<Outcome> {
  const { house, reading, person, cause } = situation
  try {
    const actor = { kind: 'person', id: person.id } as const
    const { outcome, result } = await audited(house, reading, actor, `chat/${cause.id}`, command)
    return confirmed(situation, ticket, command, outcome, result)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const known = await knownDepartments(reading, house)
    return reply(situation, refusalWords(house, error, ticket, command, known))
  }
}

/** What is told to this group anyway need not be said twice. */
function confirmed(
  situation: Situation,
  ticket: Ticket,
  command: DeskCommand,
  outcome: Outcome,
  result: CommandResult,
): Outcome {
  const { group, house } = situation
  const toldAnyway = (outcome.sends ?? []).some(
    (send) => send.kind === 'reply' && 'group' in send.to && send.to.group === group?.id,
  )
  return toldAnyway ? outcome : both(outcome, reply(situation, confirmation(house, ticket, command, result)))
}
