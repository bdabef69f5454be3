import type { CollectionName, Documents } from '../../documents.ts'
import type { Query, Stored } from '../../ports/store.ts'
import type { Reading } from '../../reading.ts'

/** All documents that a query finds, however many: a decision about the whole needs the whole. */
export async function everyOf<C extends CollectionName>(
  reading: Reading,
  collection: C,
  query: Query = {},
): Promise<readonly Stored<Documents[C]>[]> {
  const found: Stored<Documents[C]>[] = []
  for (let cursor: string | undefined; ; ) {
    const page = { ...query, limit: 10_000, ...(cursor !== undefined && { cursor }) }
    const { documents, next } = await reading.find(collection, page)
    found.push(...documents)
    if (next === undefined) return found
    cursor = next
  }
}
