import type { ForwardedTicket } from '../../../bot/ports/ticket-system.ts'

/** What we write over there: the standard has one field of free text, and no place for a number of ours. */
const longest = 4_000

/** [LinLi 20261120-003]: how a request of ours is found again. */
export function markOf(source: string, ticket: Pick<ForwardedTicket, 'id'>): string {
  return `[${source} ${ticket.id}]`
}

/** The mark stands first, where no server that shortens texts takes it away. */
export function descriptionOf(source: string, ticket: ForwardedTicket): string {
  const head = `${markOf(source, ticket)} ${ticket.title}`
  return shortened(ticket.text === '' ? head : `${head}\n${ticket.text}`, longest)
}

/** @param most UTF-16 units, as most servers count; never half a character */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/u, '')}…`
}

export function addressOf(before: string, place: string): string {
  return [before, place].filter(Boolean).join(' ')
}
