import {
  eachTicket,
  looksLikeStaffRequest,
  parseStaffCommand,
  type StaffCommand,
  type StaffLine,
  startsLikeStaffCommand,
} from '../../intents/staff-commands.ts'
import { unreadOrder } from '../../intents/staff-words/asides.ts'
import { readHurried } from '../../intents/staff-words/hurried.ts'
import type { GroupSetting } from '../documents.ts'
import { audited } from '../doors/execute.ts'
import { photosFor } from '../loose-photos.ts'
import { both, type Outcome } from '../outcome.ts'
import { atLeast } from '../people/directory.ts'
import { reportOnDemand } from '../reports/on-demand.ts'
import { knownDepartments } from '../routing/departments.ts'
import { type Handler, reply, type Situation } from '../situation.ts'
import { hurriedOrders, pointsLoosely } from '../staff/hurried-order.ts'
import { obeyNotice } from '../staff/notices/obey-notice.ts'
import { obeyOrder } from '../staff/obey-order.ts'
import { takeNote } from '../staff/quick-note.ts'
import { isTicketOrder, readOrder, type TicketOrder } from '../staff/read-order.ts'
import { sayAside, sayHow } from '../staff/say-aside.ts'
import { showTicket } from '../staff/show-ticket.ts'
import { ticketList } from '../staff/ticket-lines.ts'
import { ticketsInSight } from '../staff/tickets-in-sight.ts'
import { showDuty } from '../supervision/show-duty.ts'
import { supervise } from '../supervision/supervise-command.ts'
import { correct } from './correction.ts'
import { obeyQuestions } from './staff-questions.ts'

/**
 * Commands of staff: in a group with # or by mentioning the bot, in private without either. Who may is a matter
 * of the roster; somebody else who tries gets one kind sentence, and nothing happens.
 */
export const staffCommand: Handler = async (situation) => {
  const { text, addressed, staff, house, reading } = situation
  const ofNotice = await obeyNotice(situation)
  if (ofNotice) return ofNotice
  const lines = ordersByLine(situation)
  if (lines.length > 1) return obeyLines(situation, lines)
  const [first = text] = eachTicket(text)
  // 转文旅: a department that only this roster knows
  const departments =
    staff && (addressed || startsLikeStaffCommand(first)) ? await knownDepartments(reading, house) : []
  const line = notOfNotices(parseStaffCommand(first, departments), staff)
  const flagged = line?.flagged ?? startsLikeStaffCommand(text)
  const helps = line !== undefined && isOfHelpers(line.command) && atLeast(situation.person, 'volunteer')
  const hurried = await obeyHurried(situation, line?.command, departments)
  if (hurried) return hurried
  if ((staff || helps) && line && (addressed || flagged)) return obey(situation, line.command)
  return staff ? unread(situation, flagged) : forStaffOnly(situation, line?.command, flagged)
}

/** 继续 and 发送 of staff without a notice that fits are words like any other. */
function notOfNotices(line: StaffLine | undefined, staff: boolean): StaffLine | undefined {
  return staff && line?.command.command === 'notice' ? undefined : line
}

/** 001办好了，换了灯 and 002办好了，已清运 in one breath: neither is a word about the other. */
function ordersByLine({ text, person }: Situation): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return atLeast(person, 'volunteer') && lines.every(namesItsTicket) ? lines : []
}

function namesItsTicket(line: string): boolean {
  const strict = parseStaffCommand(line)?.command
  if (strict && isTicketOrder(strict) && strict.number !== undefined) return true
  const hurried = readHurried(line)
  return hurried !== undefined && hurried.word !== '' && hurried.pointers.length > 0
}

async function obeyLines(situation: Situation, lines: readonly string[]): Promise<Outcome | undefined> {
  const { cause } = situation
  let outcome: Outcome | undefined
  for (const [at, text] of lines.entries()) {
    const more = await staffCommand({ ...situation, text, cause: { ...cause, id: `${cause.id}/line-${at}` } })
    outcome = outcome && more ? both(outcome, more) : (outcome ?? more)
  }
  return outcome
}

/** Somebody else who tries. */
function forStaffOnly(
  situation: Situation,
  command: StaffCommand | undefined,
  flagged: boolean,
): Outcome | undefined {
  const { text, addressed, house } = situation
  // 收到 is everybody's word, also behind a #
  if ((!addressed && !flagged) || command?.command === 'supervise') return undefined
  const meant = (command !== undefined && isOrder(command)) || flagged || looksLikeStaffRequest(text)
  return meant ? reply(situation, house.texts.staffOnly()) : undefined
}

/** What the strict words do not have. Volunteers have no more orders in a hurry than else. */
async function obeyHurried(
  situation: Situation,
  strict: StaffCommand | undefined,
  departments: readonly string[],
): Promise<Outcome | undefined> {
  const { staff, person, text, addressed } = situation
  if (!(addressed || /^[#＃]/u.test(text)) || !atLeast(person, 'volunteer')) return undefined
  const complete = strict && !(isTicketOrder(strict) && strict.number === undefined && pointsLoosely(text))
  if (complete) return undefined
  const meant = await hurriedOrders(situation)
  if (!meant) return undefined
  if ('outcome' in meant) return meant.outcome
  let outcome: Outcome = {}
  for (const [at, order] of meant.orders.entries()) {
    const command = parseStaffCommand(order, [...departments, ...order.split(' ')])?.command
    if (!command || !(staff || isOfHelpers(command))) return undefined
    outcome = both(outcome, (await obey(numbered({ ...situation, text: order }, at), command)) ?? {})
  }
  return outcome
}

/** A line of staff that is no order: how the order is said that it begins or ends with, or what it asks about orders. */
async function unread(situation: Situation, flagged: boolean): Promise<Outcome | undefined> {
  const { text, isPrivate, house, addressed } = situation
  if (addressed || flagged) {
    const aside = await sayAside(situation)
    if (aside) return aside
  }
  const order = isPrivate || flagged ? unreadOrder(text) : undefined
  if (order) return sayHow(situation, order)
  return flagged ? reply(situation, house.texts.staffHelp()) : undefined
}

/** 小事不出栋: volunteers and building leaders take what is small, and give it back. */
function isOfHelpers({ command }: StaffCommand): boolean {
  return command === 'accept' || command === 'complete' || command === 'return'
}

/** 帮助, 问题 and 回答 一下 are words of residents, too. */
function isOrder(command: StaffCommand): boolean {
  switch (command.command) {
    case 'help':
    case 'show':
    case 'duty':
    case 'report':
    case 'supervise':
    case 'questions':
    case 'question':
      return false
    case 'notice':
      return command.sure
    case 'answer':
    case 'revise':
    case 'withdraw':
    case 'dismiss':
      return command.question !== undefined
    default:
      return true
  }
}

async function obey(situation: Situation, command: StaffCommand): Promise<Outcome | undefined> {
  if (!isTicketOrder(command)) return obeyOther(situation, command)
  const orders = eachTicket(situation.text).flatMap((text) => parseStaffCommand(text)?.command ?? [])
  const each = orders.length > 1 ? orders.filter(isTicketOrder) : [command]
  let outcome: Outcome = {}
  for (const [at, order] of each.entries())
    outcome = both(outcome, await obeyOne(numbered(situation, at), order))
  return outcome
}

async function obeyOne(situation: Situation, command: TicketOrder): Promise<Outcome> {
  const outcome = await obeyOrder(situation, readOrder(command, photosFor(situation), situation.house))
  return command.command === 'complete' ? withoutLoosePhotos(situation, outcome) : outcome
}

/** Each order of one line stands in the audit by itself. */
function numbered(situation: Situation, at: number): Situation {
  const { cause } = situation
  return at === 0 ? situation : { ...situation, cause: { ...cause, id: `${cause.id}/${at}` } }
}

async function obeyOther(
  situation: Situation,
  command: Exclude<StaffCommand, TicketOrder>,
): Promise<Outcome | undefined> {
  const { texts } = situation.house
  switch (command.command) {
    case 'help':
      return reply(situation, texts.staffHelp())
    case 'tickets':
      return list(situation)
    case 'show':
      return showTicket(situation, command.number)
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
    case 'supervise':
      return (
        (await supervise(situation, command)) ??
        (/督办/u.test(situation.text) ? reply(situation, texts.staffNothingReported()) : undefined)
      )
    case 'duty':
      return showDuty(situation)
    case 'report':
      // 排名 alone is the quiz's word where residents read along
      return command.bare && situation.group && !saidWithSign(situation)
        ? undefined
        : reportOnDemand(situation, command)
    case 'note':
      return takeNote(situation, command.text)
    case 'notice':
      return undefined
  }
}

function saidWithSign({ text }: Situation): boolean {
  return parseStaffCommand(text)?.flagged ?? false
}

/** What was sent with 办结 belongs to that ticket alone. */
function withoutLoosePhotos({ now }: Situation, outcome: Outcome): Outcome {
  const used = outcome.facts?.some(({ fact }) => fact.type === 'done') ?? false
  return used ? both(outcome, { memory: { loosePhotos: { photos: [], at: now } } }) : outcome
}

async function list(situation: Situation): Promise<Outcome> {
  const { house } = situation
  const tickets = await ticketsInSight(situation)
  return tickets.length === 0
    ? reply(situation, house.texts.staffTicketsNone())
    : ticketList(situation, tickets)
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
