import { maskPersonalData } from '../../intents/personal-data.ts'
import { instantOf, localDate } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { closingTime, workingDayAfter } from '../../tickets/working-calendar.ts'
import { ticketWords } from '../describe.ts'
import type { House } from '../house.ts'
import type { Outcome, Send } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { alertOwner } from '../sending/alert-owner.ts'
import { tellWaiting } from '../sending/tell-waiting.ts'
import type { Timer } from '../timer.ts'

/**
 * 回访: work that is done is closed only after those who waited for it were asked. Without an answer it is closed
 * some working days later, with that remark. What another system reported, or whoever did the work, and no resident
 * supports, has nobody to ask, and counts for no rate of satisfaction: it is closed at once, unless it is another
 * system that says so. Then staff have those days to look.
 */
export async function askFollowUp(
  house: House,
  reading: Reading,
  ticket: Ticket,
  { by, remark = house.texts.closedNobodyToAsk() }: FollowUpOptions = {},
): Promise<Pick<Outcome, 'sends' | 'timers' | 'facts'>> {
  const own = ticket.reporter === by
  const elsewhere = by?.startsWith('system/') ?? false
  const alone = (own && ticket.supporters.length === 0) || hasNobodyToAsk(ticket)
  if (alone && !elsewhere) {
    const why = own ? house.texts.closedOwn() : remark
    return { facts: [{ ticket: ticket.id, by: 'bot', fact: { type: 'closed', remark: why } }] }
  }
  const { workingDays } = house.desk.followUp
  const dueAt = instantOf(workingDayAfter(house.calendar, localDate(house.now()), workingDays), closingTime)
  const timer: Timer = { id: followUpOf(ticket.id), kind: 'followUp', ticket: ticket.id, dueAt }
  const sends = alone
    ? await tellDoneElsewhere(house, reading, ticket, by)
    : await question(house, reading, ticket)
  return { sends, timers: [timer] }
}

/** A machine reported it, and no resident joined in. */
export function hasNobodyToAsk({ reporter, supporters }: Pick<Ticket, 'reporter' | 'supporters'>): boolean {
  return reporter.startsWith('system/') && supporters.length === 0
}

async function tellDoneElsewhere(
  house: House,
  reading: Reading,
  ticket: Ticket,
  by = '',
): Promise<readonly Send[]> {
  const words = ticketWords(house, ticket, house.now())
  const system = by.replace(/^system\//u, '')
  const days = house.desk.followUp.workingDays
  return alertOwner(reading, ticket, house.texts.otherSystemDoneAlone({ ...words, system, days }))
}

interface FollowUpOptions {
  /** Who did the work, as in an event. */
  readonly by?: string
  /** With which a ticket is closed when there is nobody to ask. */
  readonly remark?: string
}

export function followUpOf(ticket: string): string {
  return `follow-up/${ticket}`
}

async function question(house: House, reading: Reading, ticket: Ticket): Promise<readonly Send[]> {
  // the note is read by the whole group: staff write room numbers and phones into notes as well
  const note = maskPersonalData(ticket.note ?? '')
  const text = house.texts.askSatisfied({ ...ticketWords(house, ticket, house.now()), note })
  // an alarm that residents joined in is asked about in their group
  if (ticket.reporter.startsWith('system/'))
    return ticket.group === null
      ? []
      : [{ kind: 'reply', to: { group: ticket.group }, text, canWait: true, about: ticket.id }]
  return tellWaiting(house, reading, ticket, text)
}
