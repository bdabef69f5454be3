import { type Anchor, type AnchoredHead, anchorsOf, hashOfForgotten } from '../../tickets/anchor.ts'
import { localDate, minute } from '../../tickets/shanghai-time.ts'
import type { CollectionName, Documents } from '../documents.ts'
import type { Query } from '../ports/store.ts'
import type { Put, Reading } from '../reading.ts'

/**
 * What changed since the anchor before. The work grows with that, not with the history. Each anchor looks a little
 * further back than the one before reached: a commit that was decided just before it may have come in just after.
 */
export const overlap = 10 * minute

export async function newAnchors(
  reading: Reading,
  { now, keep }: { readonly now: number; readonly keep: number },
): Promise<{ readonly anchors: readonly Anchor[]; readonly puts: readonly Put[] }> {
  const last = await lastAnchor(reading)
  const since = last ? Math.min(last.at, now) - overlap : 0
  const heads: AnchoredHead[] = []
  const changed = { order: 'lastEventAt', range: { field: 'lastEventAt', gte: since } }
  for await (const { id, sequence, head } of each(reading, 'tickets', changed))
    heads.push([id, sequence, head])
  const forgotten: AnchoredHead[] = []
  const removed = { order: 'at', range: { field: 'at', gte: since } }
  for await (const record of each(reading, 'forgottenTickets', removed))
    forgotten.push([record.id, record.sequence, hashOfForgotten(record)])
  const anchors = anchorsOf({ at: now, keep, heads, forgotten }, last, localDate(now))
  // read, so that two that are made at once conflict, and one of them is decided anew
  for (const { id } of anchors) await reading.get('anchors', id)
  return { anchors, puts: anchors.map((document) => ({ collection: 'anchors', document })) }
}

export async function lastAnchor(reading: Pick<Reading, 'find'>): Promise<Anchor | undefined> {
  return (await reading.find('anchors', { descending: true, limit: 1 })).documents[0]
}

async function* each<C extends CollectionName>(
  reading: Reading,
  collection: C,
  query: Query,
): AsyncGenerator<Documents[C]> {
  let cursor: string | undefined
  do {
    const page = await reading.find(collection, { ...query, ...(cursor !== undefined && { cursor }) })
    yield* page.documents
    cursor = page.next
  } while (cursor !== undefined)
}
