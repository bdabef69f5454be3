import { createHash, timingSafeEqual } from 'node:crypto'
import type { House } from '../../house.ts'
import { startReading } from '../../reading.ts'

/**
 * Whoever reports a private matter from outside gets a token instead of the number: 20261120003-… Only who holds it
 * learns the number. It follows from the salt of the ticket's first event, so nothing has to be kept for it, nobody can
 * guess it, and it is worth nothing any more once the words of the report were erased.
 */
export async function tokenOf(house: House, ticket: string): Promise<string | undefined> {
  const first = await startReading(house.store).get('ticketEvents', `${ticket}:1`)
  if (first?.salt === undefined) return undefined
  const secret = createHash('sha256').update(`token/${ticket}/${first.salt}`).digest('base64url')
  return `${ticket.replace('-', '')}-${secret}`
}

/** The number of the ticket; undefined for a token that nobody was given. */
export async function ticketOfToken(house: House, token: string): Promise<string | undefined> {
  const [, day, count] = /^(20\d{6})(\d{3,6})-[\w-]{43}$/u.exec(token) ?? []
  if (day === undefined || count === undefined) return undefined
  const ticket = `${day}-${count}`
  const right = await tokenOf(house, ticket)
  if (right === undefined || right.length !== token.length) return undefined
  return timingSafeEqual(Buffer.from(right), Buffer.from(token)) ? ticket : undefined
}
