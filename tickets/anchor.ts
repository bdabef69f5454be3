import { canonical, genesis, sha256 } from './chain.ts'
import type { LocalDate } from './shanghai-time.ts'
import type { TicketNumber } from './ticket.ts'

/**
 * The heads of all chains that grew since the anchor before, chained by hash themselves: who makes the chain of one
 * ticket anew would have to make every later anchor anew, and the last hash may stand on paper elsewhere.
 */
export interface Anchor {
  /** 2026-11-20-0001: the day, and which one of that day it is. */
  readonly id: string
  /** ms since 1970. */
  readonly at: number
  /** Hash of the anchor before; '' for the first one. */
  readonly previous: string
  /** How long ended tickets were kept then, ms: what the forgetting of that time is measured by. */
  readonly keep: number
  readonly heads: readonly AnchoredHead[]
  /** Tickets that were removed since the anchor before because their time was over; the hash is of the record. */
  readonly forgotten: readonly AnchoredHead[]
  readonly hash: string
}

/** Ticket, number of its last event then, hash of that event. */
export type AnchoredHead = readonly [ticket: TicketNumber, sequence: number, head: string]

/** What stays of a ticket that was removed because its time was over. */
export interface ForgottenTicket {
  readonly id: TicketNumber
  readonly sequence: number
  readonly head: string
  readonly lastEventAt: number
  /** When it was removed. */
  readonly at: number
  /** How long tickets are kept, ms, by the rule that removed it. */
  readonly keep: number
}

export function hashOfForgotten(record: ForgottenTicket): string {
  const { version: _, ...said } = record as ForgottenTicket & { readonly version?: number }
  return sha256(canonical(said))
}

/** More tickets than this are told of in several anchors. */
const mostEntries = 5_000

export interface Anchoring {
  readonly at: number
  readonly keep: number
  readonly heads: readonly AnchoredHead[]
  readonly forgotten: readonly AnchoredHead[]
}

/** One anchor, or as many as it needs; `date` is the day it is made on. */
export function anchorsOf(
  { at, keep, heads, forgotten }: Anchoring,
  last: Pick<Anchor, 'id' | 'hash'> | undefined,
  date: LocalDate,
): readonly Anchor[] {
  const parts = Math.max(1, Math.ceil(Math.max(heads.length, forgotten.length) / mostEntries))
  const made: Anchor[] = []
  for (let part = 0; part < parts; part++) {
    const before = made.at(-1) ?? last
    const entries = <T>(list: readonly T[]) => list.slice(part * mostEntries, (part + 1) * mostEntries)
    const anchor = {
      ...{ id: idAfter(before?.id, date), at, previous: before?.hash ?? genesis, keep },
      ...{ heads: entries(heads), forgotten: entries(forgotten) },
    }
    made.push({ ...anchor, hash: hashOfAnchor(anchor) })
  }
  return made
}

/** Over everything that it says; `version` belongs to the store, which counts writes. */
export function hashOfAnchor(anchor: Omit<Anchor, 'hash'>): string {
  const said = Object.entries(anchor).filter(([key]) => key !== 'hash' && key !== 'version')
  return sha256(canonical(Object.fromEntries(said)))
}

/** Ids never go back, even when the clock does. */
function idAfter(last: string | undefined, date: LocalDate): string {
  const lastDate = last?.slice(0, 10) ?? ''
  const count = last !== undefined && lastDate >= date ? Number(last.slice(11)) + 1 : 1
  return `${lastDate > date ? lastDate : date}-${String(count).padStart(4, '0')}`
}
