import { lightOf } from '../deadline.ts'
import type { TicketEvent } from '../event.ts'
import { isOpen, isRunning, type Ticket } from '../ticket.ts'
import type { Period } from './period.ts'

/**
 * What a report counts, and what each word means. This file is the definition: docs/admin.md says the same in
 * Chinese. A ticket is looked at as it stood at the end of the period (or now, when that is earlier), so a report of
 * a past period stays what it was, whatever happened to the ticket afterwards.
 */
export interface Figures {
  /** 新收: opened inside the period. */
  readonly opened: number
  /** 紧急: of the opened ones, emergencies. */
  readonly emergencies: number
  /** 重复反映: of the opened ones, those whose problem had been closed not long before. */
  readonly recurred: number
  /** Of the opened ones, all but those that were withdrawn before anybody answered: what had to be answered. */
  readonly answerable: number
  /** 响应: of these, acknowledged, done or declined by the end. */
  readonly answered: number
  /** Sum of the time from opening to acknowledging, of those that were acknowledged; ms. */
  readonly answerTime: number
  readonly acknowledged: number
  /** 办结: the work was completed inside the period, and the ticket was not reopened by its end. */
  readonly done: number
  /** 按时办结: of these, completed no later than the deadline. */
  readonly onTime: number
  /** 销号: closed after the follow-up inside the period. */
  readonly closed: number
  readonly declined: number
  readonly withdrawn: number
  /** 回访未解决: reopened inside the period, and not closed by its end. */
  readonly unsolved: number
  /** 评价: rated inside the period; the last rating counts. */
  readonly rated: number
  readonly satisfied: number
  /** 上报: reported to a higher level at least once inside the period. */
  readonly escalated: number
  /** 未销号: opened before the end, and not closed, declined or withdrawn by then. */
  readonly open: number
  /** Of the open ones: work is still to be done, waits for the follow-up, on hold. */
  readonly running: number
  readonly waiting: number
  readonly onHold: number
  /** Lights at the end, of those on which work is still to be done or is on hold. Red is 逾期. */
  readonly blue: number
  readonly yellow: number
  readonly red: number
}

/** A ticket as it stood at the end, and everything that happened to it before the end. */
export interface TicketHistory {
  readonly ticket: Ticket
  readonly events: readonly Pick<TicketEvent, 'type' | 'at'>[]
}

export const noFigures: Figures = {
  ...{ opened: 0, emergencies: 0, recurred: 0, answerable: 0, answered: 0, answerTime: 0, acknowledged: 0 },
  ...{ done: 0, onTime: 0, closed: 0, declined: 0, withdrawn: 0, unsolved: 0, rated: 0, satisfied: 0 },
  ...{ escalated: 0, open: 0, running: 0, waiting: 0, onHold: 0, blue: 0, yellow: 0, red: 0 },
}

/** What this ticket counts for; add them up with `sumOf`. `end`: where the looking ends, at most `period.to`. */
export function figuresOf(history: TicketHistory, period: Period, end: number): Figures {
  return {
    ...noFigures,
    ...ofOpening(history, period, end),
    ...ofWork(history, period),
    ...ofEnd(history, end),
  }
}

export function sumOf(one: Figures, other: Figures): Figures {
  const keys = Object.keys(noFigures) as (keyof Figures)[]
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as unknown as Figures
}

function ofOpening({ ticket }: TicketHistory, period: Period, end: number): Partial<Figures> {
  if (!isInside(ticket.openedAt, period) || ticket.openedAt >= end) return {}
  const answered =
    ticket.acknowledgedAt !== undefined || ticket.doneAt !== undefined || ticket.state === 'declined'
  const answerable = answered || ticket.state !== 'withdrawn'
  return {
    opened: 1,
    emergencies: one(ticket.urgency === 'emergency'),
    recurred: one(ticket.recurredFrom !== undefined),
    answerable: one(answerable),
    answered: one(answered),
    acknowledged: one(ticket.acknowledgedAt !== undefined),
    answerTime: ticket.acknowledgedAt === undefined ? 0 : ticket.acknowledgedAt - ticket.openedAt,
  }
}

function ofWork({ ticket, events }: TicketHistory, period: Period): Partial<Figures> {
  const happened = (type: TicketEvent['type']) =>
    events.some((event) => event.type === type && isInside(event.at, period))
  const done = isInside(ticket.doneAt, period)
  const ended = isInside(ticket.endedAt, period)
  const rated = happened('rated')
  return {
    done: one(done),
    onTime: one(done && (ticket.doneAt ?? 0) <= ticket.deadline),
    closed: one(ended && ticket.state === 'closed'),
    declined: one(ended && ticket.state === 'declined'),
    withdrawn: one(ended && ticket.state === 'withdrawn'),
    unsolved: one(happened('reopened') && ticket.state !== 'closed'),
    rated: one(rated),
    satisfied: one(rated && ticket.satisfied === true),
    escalated: one(happened('escalated')),
  }
}

function ofEnd({ ticket }: TicketHistory, end: number): Partial<Figures> {
  if (!isOpen(ticket)) return {}
  const onHold = ticket.state === 'on_hold'
  const state = isRunning(ticket) ? 'running' : onHold ? 'onHold' : 'waiting'
  const light = state === 'waiting' ? {} : { [lightOf(ticket, end)]: 1 }
  return { open: 1, [state]: 1, ...light }
}

function isInside(at: number | undefined, { from, to }: Period): boolean {
  return at !== undefined && at >= from && at < to
}

function one(condition: boolean): number {
  return condition ? 1 : 0
}
