import {
  looksLikeStaffRequest,
  parseStaffCommand,
  type StaffCommand,
  startsLikeStaffCommand,
} from '../../intents/staff-commands.ts'
import { isAllowed } from '../../tickets/lifecycle.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { lightWord, progressOf, ticketWords } from '../describe.ts'
import type { GroupSetting } from '../documents.ts'
import { type Command, RefusedError } from '../doors/command.ts'
import { audited } from '../doors/execute.ts'
import { both, type Outcome } from '../outcome.ts'
import { atLeast } from '../people/directory.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { openTickets, openTicketsOfGroup, ticketByNumber } from '../tickets-of.ts'
import { correct } from './correction.ts'
import { obeyQuestions } from './staff-questions.ts'

/**
 * Commands of staff: in a group with # or by mentioning the bot, in private without either. Who may is a matter
 * of the roster; somebody else who tries gets one kind sentence, and nothing happens.
 */
export const staffCommand: Handler = async (situation) => {
  const { text, addressed, staff, house } = situation
  const line = parseStaffCommand(text)
  const flagged = line?.flagged ?? startsLikeStaffCommand(text)
  if (staff && line && (addressed || flagged)) return obey(situation, line.command)
  if (staff) return flagged ? reply(situation, house.texts.staffHelp()) : undefined
  if (!addressed && !flagged) return undefined
  const meant = (line !== undefined && isOrder(line.command)) || flagged || looksLikeStaffRequest(text)
  return meant ? reply(situation, house.texts.staffOnly()) : undefined
}

/** 帮助, 问题 and 回答 一下 are words of residents, too. */
function isOrder(command: StaffCommand): boolean {
  switch (command.command) {
    case 'help':
    case 'questions':
    case 'question':
      return false
    case 'answer':
    case 'revise':
    case 'withdraw':
    case 'dismiss':
      return command.question !== undefined
    default:
      return true
  }
}

const mostListed = 10

async function obey(situation: Situation, command: StaffCommand): Promise<Outcome> {
  const { texts } = situation.house
  switch (command.command) {
    case 'help':
      return reply(situation, texts.staffHelp())
    case 'tickets':
      return list(situation)
    case 'accept':
      return change(situation, 'acknowledged', command.number, (ticket) => ({
        type: 'ticket.acknowledge',
        ticket: ticket.id,
      }))
    case 'complete':
      return complete(situation, command)
    case 'setting':
      return set(situation, command.mode)
    case 'questions':
    case 'question':
    case 'answer':
    case 'revise':
    case 'withdraw':
    case 'dismiss':
    case 'several':
      return obeyQuestions(situation, command)
    case 'correct':
      return correct(situation, command)
    case 'extend':
    case 'approve':
    case 'refuse':
    case 'reassign':
    case 'whistle':
    case 'report-for-duty':
    case 'return':
    case 'decline':
    case 'hold':
    case 'resume':
    case 'notice':
      return reply(situation, texts.staffNotYet())
  }
}

async function list(situation: Situation): Promise<Outcome> {
  const { house } = situation
  const tickets = await ticketsHere(situation)
  if (tickets.length === 0) return reply(situation, house.texts.staffTicketsNone())
  const more = tickets.length - mostListed
  const lines = linesOf(situation, tickets.slice(0, mostListed))
  const rest = more > 0 ? `\n${house.texts.staffTicketsMore({ count: more })}` : ''
  return reply(situation, house.texts.staffTickets({ count: tickets.length, lines: lines + rest }))
}

function linesOf({ house, now }: Situation, tickets: readonly Ticket[]): string {
  return tickets
    .map((ticket) => {
      const words = ticketWords(house, ticket, now)
      return house.texts.staffTicketLine({ ...words, light: lightWord(house.texts, ticket, now) })
    })
    .join('\n')
}

/** In a group its own tickets; in private all of them. */
async function ticketsHere({ reading, group, person }: Situation): Promise<readonly Ticket[]> {
  const tickets = group ? await openTicketsOfGroup(reading, group.id) : await openTickets(reading)
  // whoever may be complained about does not read along
  const seesConduct = atLeast(person, 'grid_leader') && group === undefined
  return tickets.filter((ticket) => seesConduct || ticket.category !== 'conduct')
}

async function complete(
  situation: Situation,
  { number, note }: StaffCommand & { command: 'complete' },
): Promise<Outcome> {
  return change(situation, 'done', number, (ticket) =>
    note ? { type: 'ticket.done', ticket: ticket.id, note } : undefined,
  )
}

/** Finds the one ticket that is meant, asks when several fit, and hands the command to the door. */
async function change(
  situation: Situation,
  to: 'acknowledged' | 'done',
  number: string | undefined,
  commandFor: (ticket: Ticket) => Command | undefined,
): Promise<Outcome> {
  const { house, reading, now } = situation
  const found = await meantTicket(situation, to, number)
  if (!found) return reply(situation, number ? house.texts.ticketUnknown() : house.texts.staffNoTicket())
  if (Array.isArray(found))
    return reply(situation, house.texts.staffWhich({ lines: linesOf(situation, found) }))
  const ticket = found as Ticket
  const words = ticketWords(house, ticket, now)
  const command = commandFor(ticket)
  if (!command) return reply(situation, house.texts.staffNoteMissing(words))
  try {
    const actor = { kind: 'person', id: situation.person.id } as const
    const { outcome } = await audited(house, reading, actor, `chat/${situation.cause.id}`, command)
    const said =
      to === 'acknowledged' ? house.texts.staffAcknowledged(words) : house.texts.staffHandled(words)
    // what is done is told to the group anyway, with the question whether they are satisfied
    const toldAnyway = to === 'done' && ticket.group !== null && ticket.group === situation.group?.id
    return toldAnyway ? outcome : both(outcome, reply(situation, said))
  } catch (error) {
    return refusal(situation, error, ticket)
  }
}

async function meantTicket(
  situation: Situation,
  to: 'acknowledged' | 'done',
  number: string | undefined,
): Promise<Ticket | readonly Ticket[] | undefined> {
  if (number) return ticketByNumber(situation.reading, number, situation.now)
  const here = await ticketsHere(situation)
  const fitting = here.filter(
    (ticket) => isAllowed(ticket.state, to) && !(to === 'acknowledged' && ticket.responsible),
  )
  return fitting.length > 1 ? fitting.slice(0, mostListed) : fitting[0]
}

function refusal(situation: Situation, error: unknown, ticket: Ticket): Outcome {
  if (!(error instanceof RefusedError)) throw error
  const { texts } = situation.house
  const { number } = ticketWords(situation.house, ticket, situation.now)
  const state = progressOf(texts, ticket, situation.now)
  return reply(
    situation,
    error.code === 'unlawful' ? texts.staffUnlawful({ number, state }) : texts.staffOnly(),
  )
}

const settings: Readonly<Record<'quiet' | 'mentions' | 'normal', GroupSetting>> = {
  quiet: 'listen',
  mentions: 'mentioned',
  normal: 'answer',
}

async function set(situation: Situation, mode: 'quiet' | 'mentions' | 'normal'): Promise<Outcome> {
  const { group, house, reading, person, cause } = situation
  if (!group) return reply(situation, house.texts.staffHelp())
  const setting = settings[mode]
  const actor = { kind: 'person', id: person.id } as const
  const command = { type: 'group.set', group: group.id, setting } as const
  const { outcome } = await audited(house, reading, actor, `chat/${cause.id}`, command)
  const words = {
    answer: house.texts.settingAnswer,
    mentioned: house.texts.settingMentioned,
    listen: house.texts.settingListen,
  }
  return both(outcome, reply(situation, house.texts.staffGroupSetting({ setting: words[setting]() })))
}
