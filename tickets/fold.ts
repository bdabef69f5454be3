import { assertAllowed } from './lifecycle.ts'
import type { Ticket, TicketEvent, TicketState } from './ticket.ts'

/** The ticket after one more event; `ticket` is undefined before `opened`. */
export function applyEvent(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  assertAllowed(ticket, event.type)
  if (event.type === 'opened') return open(event)
  // assertAllowed has refused everything but `opened` for a ticket that is not there
  const before = ticket as Ticket
  return {
    ...before,
    ...consequence(before, event),
    messages: [...new Set([...before.messages, ...event.messages])],
    lastEventAt: event.at,
    sequence: event.sequence,
  }
}

export function fold(events: readonly TicketEvent[]): Ticket | undefined {
  return events.reduce<Ticket | undefined>(applyEvent, undefined)
}

function open(event: TicketEvent & { type: 'opened' }): Ticket {
  const { group, category, urgency, place, text, photos, department, deadline, yellowAt } = event
  return {
    ...{ id: event.ticket, state: 'accepted', group, reporter: event.by, supporters: [] },
    ...{ category, urgency, place, text, photos, department, openedAt: event.at, deadline, yellowAt },
    ...{ urges: 0, messages: event.messages, lastEventAt: event.at, sequence: event.sequence },
  }
}

function consequence(before: Ticket, event: Exclude<TicketEvent, { type: 'opened' }>): Partial<Ticket> {
  switch (event.type) {
    case 'dispatched':
      return { state: 'dispatched', department: event.department }
    case 'amended':
      return {
        ...(event.place && { place: { ...before.place, ...event.place } }),
        ...(event.photos && { photos: [...before.photos, ...event.photos] }),
        ...(event.text && { text: `${before.text}\n${event.text}` }),
        ...(event.category && { category: event.category }),
        ...(event.department && { department: event.department }),
      }
    case 'supported':
      return { supporters: [...new Set([...before.supporters, event.by])] }
    case 'urged':
      return { urges: before.urges + 1 }
    case 'acknowledged':
      return { responsible: before.responsible ?? event.by }
    case 'done':
      return { state: 'done', ...(event.photos && { photos: [...before.photos, ...event.photos] }) }
    case 'reopened':
      return { state: 'dispatched', deadline: event.deadline, yellowAt: event.yellowAt }
    case 'handling':
    case 'closed':
    case 'withdrawn':
      return { state: event.type satisfies TicketState }
    case 'rated':
    case 'escalated':
    case 'recurred':
      return {}
  }
}
