import { maskPersonalData } from '../../../intents/personal-data.ts'
import { type Category, categories } from '../../../intents/understanding.ts'
import { isOpen, type Ticket, type TicketState, ticketStates } from '../../../tickets/ticket.ts'
import { placeInPublic, progressOf, whatOf } from '../../describe.ts'
import type { Lore } from '../../house.ts'
import { isPrivateCategory, isPrivateMatter } from '../../private-matters.ts'

/**
 * What everybody may know of a ticket, without a key, for ever: none of what was said, no name, no photo, no note of
 * staff (names stand in notes), no number of supporters, and no place more exact than building and unit. Of an
 * emergency not even that: who was fetched by an ambulance is soon known. Tickets of private matters, and those that
 * somebody told us in private, are not published at all.
 */
export interface PublishedTicket {
  readonly id: string
  readonly category: Category
  readonly categoryName: string
  /** 11号楼1单元电梯问题 */
  readonly title: string
  /** 11号楼1单元; '' when none is known or told. */
  readonly place: string
  readonly department: string
  /** Open until it is struck off the list: work that is done waits for those who reported it to say so. */
  readonly isOpen: boolean
  /** One sentence; none of what people wrote stands in it. */
  readonly progress: string
  /** ms since 1970. */
  readonly openedAt: number
  readonly updatedAt: number
  readonly deadline: number
}

export const publishedCategories: readonly Category[] = categories.filter((each) => !isPrivateCategory(each))

export const openStates: readonly TicketState[] = ticketStates.filter((state) => isOpen({ state }))
export const endedStates: readonly TicketState[] = ticketStates.filter((state) => !isOpen({ state }))

export function isPublished(ticket: Pick<Ticket, 'category' | 'group' | 'reporter'>): boolean {
  const inPrivate = ticket.group === null && !ticket.reporter.startsWith('system/')
  return !inPrivate && !isPrivateMatter(ticket)
}

/** @param now ms since 1970 */
export function publishedTicket(
  lore: Pick<Lore, 'texts' | 'categories' | 'things'>,
  ticket: Ticket,
  now: number,
): PublishedTicket {
  const { id, category, department, openedAt, deadline, lastEventAt, endedAt } = ticket
  const shown = ticket.urgency === 'emergency' ? { ...ticket, place: null } : ticket
  return {
    ...{ id, category, department, openedAt, deadline },
    categoryName: lore.categories[category].name,
    title: maskPersonalData(whatOf(lore, shown)),
    place: maskPersonalData(placeInPublic(shown.place) ?? ''),
    isOpen: isOpen(ticket),
    progress: progressOf(lore.texts, ticket, now),
    updatedAt: isOpen(ticket) ? lastEventAt : (endedAt ?? lastEventAt),
  }
}
