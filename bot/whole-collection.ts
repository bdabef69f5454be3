import type { CollectionName, Documents } from './documents.ts'
import type { Query, Stored } from './ports/store.ts'
import type { Reading } from './reading.ts'

const together = 5_000

/** All documents that a query finds, however many: a decision about the whole needs the whole. */
export async function everyDocument<C extends CollectionName>(
  reading: Reading,
  collection: C,
  query: Query = {},
): Promise<readonly Stored<Documents[C]>[]> {
  const found: Stored<Documents[C]>[] = []
  let cursor: string | undefined
  do {
    const page = { ...query, limit: together, ...(cursor !== undefined && { cursor }) }
    const { documents, next } = await reading.find(collection, page)
    found.push(...documents)
    cursor = next
  } while (cursor !== undefined)
  return found
}
