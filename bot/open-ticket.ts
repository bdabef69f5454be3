import type { Category, Place, Urgency } from '../intents/understanding.ts'
import { deadlineOf } from '../tickets/deadline.ts'
import { ticketNumber } from '../tickets/number.ts'
import { localDate } from '../tickets/shanghai-time.ts'
import type { Ticket, TicketPhoto } from '../tickets/ticket.ts'
import type { TicketChange } from './outcome.ts'
import type { Put } from './reading.ts'
import type { Situation } from './situation.ts'

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
}

export async function openTicket(situation: Situation, report: Report): Promise<Opening> {
  const { reading, house, person, group, now } = situation
  const counterId = `tickets/${localDate(now)}`
  const count = ((await reading.get('counters', counterId))?.value ?? 0) + 1
  const { department, workingDays } = house.categories[report.category]
  const due = deadlineOf(house.calendar, now, workingDays, report.urgency)
  const id = ticketNumber(now, count)
  const opened = { type: 'opened', group: group?.id ?? null, department, ...report, ...due } as const
  return {
    ticket: {
      ...{ ...report, ...due, id, department, group: opened.group, state: 'dispatched', reporter: person.id },
      ...{ supporters: [], openedAt: now, urges: 0, messages: [], lastEventAt: now, sequence: 2 },
      ...{ reopenings: 0, escalation: 0, head: '' },
    },
    facts: [
      { ticket: id, by: person.id, fact: opened },
      { ticket: id, by: 'bot', fact: { type: 'dispatched', department } },
    ],
    puts: [{ collection: 'counters', document: { id: counterId, value: count } }],
  }
}
