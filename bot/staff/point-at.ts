import { comparePlaces, mentions } from '../../tickets/same-problem.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import type { House } from '../house.ts'

/** 电梯那个, 3号楼的灯: those of the tickets that the words name by thing and place; undefined when they name neither. */
export function pointedAt(
  { things, understander }: Pick<House, 'things' | 'understander'>,
  words: string,
  tickets: readonly Ticket[],
): readonly Ticket[] | undefined {
  const { place } = understander.understand(words)
  const named = things.filter((thing) => mentions(words, thing))
  if (!place && named.length === 0) return undefined
  return tickets.filter(
    (ticket) =>
      (!place || comparePlaces(ticket.place, place) === 'same') &&
      (named.length === 0 || named.some((thing) => mentions(ticket.text, thing))),
  )
}
