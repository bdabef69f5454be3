import { formatPlace } from '../../intents/places.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { Action, Names } from './actions.ts'

/** What happened to a ticket, with what the command line promises to tell of it. */
export function ticketAction(event: TicketEvent, ticket: Ticket, names: Names): Action {
  const base = { at: isoShanghai(event.at), type: `ticket.${event.type}`, ticket: event.ticket }
  return { ...base, ...told(event, ticket, names), ...(tellsWho(event) && { by: names.person(event.by) }) }
}

/** Those who opened it stand as reporter; what the house itself does needs no name. */
function tellsWho({ type, by }: TicketEvent): boolean {
  if (['bot', 'operator'].includes(by) || by.startsWith('system/')) return false
  return !['opened', 'dispatched', 'reopened', 'closed', 'escalated', 'recurred', 'forwarded'].includes(type)
}

function told(event: TicketEvent, ticket: Ticket, names: Names): Action {
  switch (event.type) {
    case 'opened':
      return {
        ...{ category: event.category, urgency: event.urgency },
        ...{ place: event.place && formatPlace(event.place, { withRoom: true }), text: event.text },
        photos: event.photos.map((photo) => photo.name),
        reporter: names.person(event.by),
        group: event.group === null ? null : names.group(event.group),
        ...{ deadline: isoShanghai(event.deadline), department: event.department },
      }
    case 'amended':
      return {
        ...(event.place && ticket.place && { place: formatPlace(ticket.place, { withRoom: true }) }),
        ...(event.photos && { photos: event.photos.map((photo) => photo.name) }),
        ...(event.text && { text: event.text }),
        ...(event.category && { category: event.category }),
        ...(event.department && { department: event.department }),
      }
    case 'rated':
      return { satisfied: event.satisfied }
    case 'recurred':
      return { earlier: event.earlier }
    case 'forwarded':
      return { system: event.system, remote: event.remoteId }
    default:
      return { ...departmentsOf(event), ...wordsOf(event), ...timesOf(event) }
  }
}

function departmentsOf(event: TicketEvent): Action {
  switch (event.type) {
    case 'dispatched':
    case 'reassigned':
    case 'returned':
    case 'reported_for_duty':
      return { department: event.department }
    case 'whistled':
      return { departments: event.departments }
    case 'escalated':
      return { to: event.to }
    default:
      return {}
  }
}

function wordsOf(event: TicketEvent): Action {
  if ('note' in event) return { note: event.note }
  if ('reason' in event) return { reason: event.reason }
  return 'remark' in event && event.remark !== undefined ? { remark: event.remark } : {}
}

function timesOf(event: TicketEvent): Action {
  if (event.type === 'on_hold') return { until: isoShanghai(event.until) }
  if (event.type === 'whistled') return { due: isoShanghai(event.dueAt) }
  return 'deadline' in event ? { deadline: isoShanghai(event.deadline) } : {}
}
