import type { Category } from '../../../intents/understanding.ts'
import type { Ticket } from '../../../tickets/ticket.ts'
import type { House } from '../../house.ts'
import { withoutNames } from '../../people/names-of-ticket.ts'
import { startReading } from '../../reading.ts'
import {
  endedStates,
  isPublished,
  openStates,
  type PublishedTicket,
  publishedCategories,
  publishedTicket,
} from './published-ticket.ts'

/**
 * The door that needs no authority: what is published of the ledger. Nothing is asked for but what may be shown, and
 * no more is read than the span and the page that somebody asked for.
 */
export interface PublishedQuery {
  /** Private ones among them find nothing. */
  readonly categories: readonly Category[]
  readonly states: 'open' | 'ended' | 'all'
  /** ms since 1970, both inside. */
  readonly from: number
  readonly to: number
  /** Tickets to pass over, newest first. */
  readonly offset: number
  readonly limit: number
}

/** Newest first. */
export async function findPublished(
  house: House,
  query: PublishedQuery,
): Promise<readonly PublishedTicket[]> {
  const { from, to, offset, limit } = query
  const categories = query.categories.filter((each) => publishedCategories.includes(each))
  if (categories.length === 0) return []
  // without a choice the plain index reads no more than the page; with one, only what was chosen
  const chosen = query.states !== 'all' || categories.length < publishedCategories.length
  const where = chosen && { category: { in: categories }, state: { in: statesOf(query.states) } }
  const reading = startReading(house.store)
  const found: Ticket[] = []
  let cursor: string | undefined
  do {
    const page = await reading.find('tickets', {
      ...(where && { where }),
      range: { field: 'openedAt', gte: from, lte: to },
      order: 'openedAt',
      descending: true,
      limit: Math.min(offset + limit - found.length + spare, mostAtOnce),
      ...(cursor !== undefined && { cursor }),
    })
    found.push(...page.documents.filter(isPublished))
    cursor = page.next
  } while (cursor !== undefined && found.length < offset + limit)
  return Promise.all(found.slice(offset, offset + limit).map((ticket) => published(house, ticket)))
}

/** A few of those that are found were told in private. */
const spare = 50
const mostAtOnce = 10_000

function statesOf(states: PublishedQuery['states']) {
  const of = { open: openStates, ended: endedStates, all: [...openStates, ...endedStates] }
  return of[states]
}

/** In the order of the numbers; those that are not published, or not there, are left out. */
export async function publishedByNumber(
  house: House,
  numbers: readonly string[],
): Promise<readonly PublishedTicket[]> {
  const reading = startReading(house.store)
  const tickets = await Promise.all(numbers.map((number) => reading.get('tickets', number)))
  return Promise.all(
    tickets
      .filter((ticket) => ticket !== undefined)
      .filter(isPublished)
      .map((ticket) => published(house, ticket)),
  )
}

/** Only a spot is named in people's own words: 王桂芳家门口. */
async function published(house: House, ticket: Ticket): Promise<PublishedTicket> {
  const shown = publishedTicket(house, ticket, house.now())
  if (ticket.place?.landmark === undefined) return shown
  const nameless = await withoutNames(house, ticket)
  return { ...shown, title: nameless(shown.title), place: nameless(shown.place) }
}
