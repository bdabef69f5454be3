import { createHash } from 'node:crypto'
import type { Sealed, TicketEvent, UnsealedEvent } from './event.ts'

/**
 * The events of a ticket are chained by hash: each carries the hash of the one before it and of all that it says.
 *
 *   hash(n) = sha256( hash(n-1), what happened, when, by whom, seal(n) )
 *   seal(n) = sha256( salt(n), what may be personal )
 *
 * Personal words enter as a salted hash, so that they can be erased and the chain still holds: with the salt gone
 * nobody can find out by trying which words the seal was made of.
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

/** `hash`: what happened, when or who was changed; `words`: what was written was changed. */
export type ChainFault = 'hash' | 'words' | 'erased without record' | 'words came back'

/**
 * What is wrong with an event that should follow `previous`; undefined when nothing is.
 * `remains`: what the ticket's last `erased` that names this event says of it; undefined when none does.
 */
export function faultIn(event: TicketEvent, previous: string, remains?: string): ChainFault | undefined {
  if (hashOf(event, previous) !== event.hash) return 'hash'
  if (event.salt !== undefined) {
    if (remains !== undefined) return 'words came back'
    return sealOf(event, event.salt) === event.seal ? undefined : 'words'
  }
  if (remains === undefined) return 'erased without record'
  return remainsOf(event) === remains ? undefined : 'words'
}

/**
 * Of an event whose personal words were taken out: the hash of what is left of them (a building without its room,
 * the reason that staff gave). It has no salt, because it hides nothing.
 */
export function remainsOf(event: UnsealedEvent): string {
  return sha256(canonical(personalIn(event)))
}

function sealOf(event: UnsealedEvent, salt: string): string {
  return sha256(`${salt}\n${canonical(personalIn(event))}`)
}

function personalIn(event: UnsealedEvent): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => isPersonal(key)))
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

/**
 * JSON with its keys in order: the same text for the same data, in whatever order its keys were written. What is
 * undefined is not there. By hand, because JSON.stringify with a replacer takes four times as long, and `ledger
 * verify` does little else.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(members).filter((key) => members[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(members[key])}`)
    .join(',')}}`
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
