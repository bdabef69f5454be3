import type { PublishedTicket } from '../../../bot/doors/published/published-ticket.ts'
import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import { listOf, type TreeList } from './answer-tree.ts'

/** Tickets as service requests, every field of the standard, in its order; null where we know or tell nothing. */
export function requestsTree(tickets: readonly PublishedTicket[]): TreeList {
  return listOf(
    'request',
    tickets.map((ticket) => ({
      service_request_id: ticket.id,
      status: ticket.isOpen ? 'open' : 'closed',
      status_notes: ticket.progress,
      service_name: ticket.categoryName,
      service_code: ticket.category,
      description: ticket.title,
      agency_responsible: ticket.department,
      service_notice: null,
      requested_datetime: w3cDate(ticket.openedAt),
      updated_datetime: w3cDate(ticket.updatedAt),
      expected_datetime: w3cDate(ticket.deadline),
      address: ticket.place === '' ? null : ticket.place,
      // the ledger knows buildings, not points or postal codes; photos show people
      ...{ address_id: null, zipcode: null, lat: null, long: null, media_url: null },
    })),
  )
}

/** 2026-11-20T09:00:00+08:00, without fractions of a second, which not every client reads. */
export function w3cDate(at: number): string {
  return isoShanghai(at).replace(/\.\d{3}/u, '')
}
