import type { TicketEvent } from '../../tickets/event.ts'
import { isOpen, isRunning, type Ticket } from '../../tickets/ticket.ts'
import { addWorkingTime, type WorkingCalendar, workingDay } from '../../tickets/working-calendar.ts'
import type { Timer } from '../timer.ts'

/** What an event does to the timers that watch over its ticket's time: the light, and the ladder of a red one. */
export interface LightTimers {
  readonly set?: Timer
  /** Timer ids; they need not exist. */
  readonly cancelled: readonly string[]
}

/** Whoever gets a red ticket from somebody else has this much working time before the ladder goes on. */
const freshStart = workingDay

/** @param pending the light timer of before: what was handed on once gets no second fresh start */
export function lightTimersAfter(
  event: TicketEvent,
  ticket: Ticket,
  calendar: WorkingCalendar,
  pending: Timer | undefined,
): LightTimers {
  const light = lightId(ticket.id)
  const ladder = supervisionId(ticket.id)
  switch (event.type) {
    case 'opened':
    case 'reopened':
    case 'resumed':
    case 'extended':
      return { set: nextTurn(ticket, event.at), cancelled: [ladder] }
    case 'amended':
      return event.deadline !== undefined && isRunning(ticket)
        ? { set: nextTurn(ticket, event.at), cancelled: [ladder] }
        : { cancelled: [] }
    case 'supervised':
      return { cancelled: [ladder] }
    case 'reassigned':
    case 'returned': {
      const red = isRunning(ticket) && event.at > ticket.deadline && !pending
      const again = red ? redAt(ticket, addWorkingTime(calendar, event.at, freshStart)) : undefined
      return { ...(again && { set: again }), cancelled: [ladder] }
    }
    default:
      return stands(ticket) ? { cancelled: [] } : { cancelled: [light, ladder] }
  }
}

/** Named by the ticket, so that there is one at most. */
export function lightId(ticket: string): string {
  return `light/${ticket}`
}

export function supervisionId(ticket: string): string {
  return `supervision/${ticket}`
}

/** On hold, done or ended it needs no light. */
function stands(ticket: Ticket): boolean {
  return isOpen(ticket) && isRunning(ticket)
}

/** Yellow that lies behind it was told already. */
function nextTurn(ticket: Ticket, now: number): Timer {
  if (ticket.yellowAt <= now) return redAt(ticket, Math.max(ticket.deadline + 1, now))
  const id = lightId(ticket.id)
  return { id, kind: 'light', ticket: ticket.id, light: 'yellow', dueAt: ticket.yellowAt }
}

function redAt(ticket: Ticket, dueAt: number): Timer {
  return { id: lightId(ticket.id), kind: 'light', ticket: ticket.id, light: 'red', dueAt }
}
