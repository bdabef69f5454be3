import { createHash } from 'node:crypto'
import type { Sealed, TicketEvent, UnsealedEvent } from './event.ts'

/**
 * The events of a ticket are chained by hash: each carries the hash of the one before it and of all that it says.
 * Personal words enter as a salted hash (the seal), so that they can be erased and the chain still holds.
 */

/** Before the first event. */
export const genesis = ''

/** What may be personal: what people wrote, where exactly, and what they photographed. */
const personalFields = ['text', 'note', 'reason', 'remark', 'place', 'photos', 'messages'] as const

/** Seals an event onto the chain that ends in `previous`. `salt`: random, unguessable. */
export function seal<E extends UnsealedEvent>(event: E, previous: string, salt: string): E & Sealed {
  const sealed = { ...event, seal: sealOf(event, salt), salt }
  return { ...sealed, hash: hashOf(sealed, previous) }
}

/** What is wrong with an event that should follow `previous`; undefined when nothing is. */
export function faultIn(event: TicketEvent, previous: string, erased: boolean): ChainFault | undefined {
  if (hashOf(event, previous) !== event.hash) return 'hash'
  if (event.salt !== undefined) return sealOf(event, event.salt) === event.seal ? undefined : 'words'
  return erased ? undefined : 'erased without record'
}

/** `hash`: what happened, when or who was changed; `words`: what was written was changed. */
export type ChainFault = 'hash' | 'words' | 'erased without record'

function sealOf(event: UnsealedEvent, salt: string): string {
  const personal = Object.entries(event).filter(([key]) => isPersonal(key))
  return sha256(`${salt}\n${canonical(Object.fromEntries(personal))}`)
}

function hashOf(event: UnsealedEvent & Omit<Sealed, 'hash'>, previous: string): string {
  const kept = Object.entries(event).filter(([key]) => !isPersonal(key) && !outside.includes(key))
  return sha256(`${previous}\n${canonical(Object.fromEntries(kept))}`)
}

/** `version` belongs to the store, which counts writes; `salt` goes when the words go. */
const outside: readonly string[] = ['hash', 'salt', 'version']

function isPersonal(key: string): boolean {
  return (personalFields as readonly string[]).includes(key)
}

/** The same text for the same data, in whatever order its keys were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
