import type { Category, Place, Urgency } from '../intents/understanding.ts'
import { genesis } from '../tickets/chain.ts'
import { deadlineOf } from '../tickets/deadline.ts'
import type { TicketEvent, TicketFact } from '../tickets/event.ts'
import { fold } from '../tickets/fold.ts'
import { ticketNumber } from '../tickets/number.ts'
import { localDate } from '../tickets/shanghai-time.ts'
import type { Ticket, TicketPhoto } from '../tickets/ticket.ts'
import type { Group } from './documents.ts'
import type { House } from './house.ts'
import type { TicketChange } from './outcome.ts'
import { homeGroup } from './people/home-group.ts'
import type { Put, Reading } from './reading.ts'
import { routeOf } from './routing/route.ts'

/** A new ticket: its number from the day's counter, opened and dispatched in one go. */
export interface Opening {
  readonly ticket: Ticket
  readonly facts: readonly TicketChange[]
  readonly puts: readonly Put[]
}

export interface Report {
  readonly category: Category
  readonly urgency: Urgency
  readonly place: Place | null
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  /** Known to be nobody else's business, whatever its words. */
  readonly sensitive?: boolean
}

/** Who reports, and where. */
export interface Reporter {
  /** Person id, or `system/NAME`. */
  readonly by: string
  /** Undefined in private, and for systems that name no group. */
  readonly group: Group | undefined
}

/** @param promise working days instead of those of the category */
export async function openTicket(
  house: House,
  reading: Reading,
  { by, group }: Reporter,
  report: Report,
  promise: { readonly workingDays?: number | undefined } = {},
): Promise<Opening> {
  const now = house.now()
  const counterId = `tickets/${localDate(now)}`
  const count = ((await reading.get('counters', counterId))?.value ?? 0) + 1
  const workingDays = promise.workingDays ?? house.categories[report.category].workingDays
  const due = deadlineOf(house.calendar, now, workingDays, report.urgency)
  const id = ticketNumber(now, count)
  const route = await routeOf(reading, house, report, group ?? (await homeGroup(reading, by)), count)
  const { department } = route
  const sensitive = house.sensitive.words.test(report.text) && { sensitive: true }
  const opened = {
    type: 'opened',
    group: group?.id ?? null,
    department,
    ...report,
    ...due,
    ...sensitive,
  } as const
  const facts: readonly TicketChange[] = [
    { ticket: id, by, fact: opened },
    { ticket: id, by: 'bot', fact: { type: 'dispatched', ...route } },
  ]
  return {
    ticket: foreseen(id, now, facts),
    facts,
    puts: [{ collection: 'counters', document: { id: counterId, value: count } }],
  }
}

/** The ticket as the commit will make it, but for its hashes. */
function foreseen(id: string, at: number, facts: readonly TicketChange[]): Ticket {
  const events = facts.map(({ by, fact }, index): TicketEvent => {
    const sequence = index + 1
    const circumstances = { id: `${id}:${sequence}`, ticket: id, sequence, at, by, messages: [] }
    return { ...(fact satisfies TicketFact), ...circumstances, hash: genesis, seal: '' }
  })
  return fold(events) as Ticket
}
