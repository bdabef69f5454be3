import { lightOf } from '../../tickets/deadline.ts'
import { isRunning, type Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'
import type { Audiences } from './audience.ts'

/**
 * Why a ticket stands in somebody's summary. It stands there once, for the first of these: what this person alone can
 * do comes before what they only have to know.
 */
export const summarySections = ['approve', 'whistle', 'waiting', 'missing', 'red', 'yellow', 'new'] as const
export type SummarySection = (typeof summarySections)[number]

export interface SummaryItem {
  readonly person: string
  readonly section: SummarySection
  readonly ticket: Ticket
}

export interface SummarySpan {
  /** When the summary before was due. */
  readonly since: number
  readonly now: number
  /** Ticket → who has been told and has not answered. */
  readonly waiting: ReadonlyMap<string, readonly string[]>
}

/** Whom this ticket concerns in this summary, and why. */
export async function summaryItemsOf(
  house: House,
  audiences: Audiences,
  ticket: Ticket,
  span: SummarySpan,
): Promise<readonly SummaryItem[]> {
  if (!isRunning(ticket)) return []
  const items = (section: SummarySection, people: readonly string[]) =>
    people.map((person) => ({ person, section, ticket }))
  return [
    ...items('waiting', span.waiting.get(ticket.id) ?? []),
    ...items('approve', ticket.extension ? await audiences.of(['admin'], ticket) : []),
    ...(await whistleItems(audiences, ticket, items)),
    ...items(...(await ownersPart(house, audiences, ticket, span))),
  ]
}

/** Those who have not come yet, and whoever whistled for them. */
async function whistleItems(
  audiences: Audiences,
  ticket: Ticket,
  items: (section: SummarySection, people: readonly string[]) => readonly SummaryItem[],
): Promise<readonly SummaryItem[]> {
  const { whistle } = ticket
  const missing = whistle?.departments.filter(({ reportedAt }) => reportedAt === undefined) ?? []
  if (!whistle || missing.length === 0) return []
  const called = await Promise.all(
    missing.map(({ department }) => audiences.of(['department'], { ...ticket, department })),
  )
  const person = whistle.by === 'operator' || whistle.by === 'bot' ? [] : [whistle.by]
  return [...items('whistle', [...new Set(called.flat())]), ...items('missing', person)]
}

/** What those who work on it, and those of its colour, are told of it. */
async function ownersPart(
  house: House,
  audiences: Audiences,
  ticket: Ticket,
  { since, now }: SummarySpan,
): Promise<readonly [SummarySection, readonly string[]]> {
  const light = lightOf(ticket, now)
  // who hears of a red light waits to be told by the ladder, or has answered
  if (light === 'red') return ['red', await audiences.of(['owner'], ticket)]
  if (light === 'yellow')
    return ['yellow', await audiences.of(['owner', ...house.supervision.lights.yellow], ticket)]
  const fresh = ticket.openedAt > since && ticket.responsible === undefined
  return ['new', fresh ? await audiences.of(['owner'], ticket) : []]
}
