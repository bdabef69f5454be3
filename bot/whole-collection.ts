import type { CollectionName, Documents } from './documents.ts'
import type { Reading } from './reading.ts'

const together = 5_000

/** A whole collection by id, read in pages, however large it is. */
export async function everyDocument<C extends CollectionName>(
  reading: Reading,
  collection: C,
): Promise<readonly Documents[C][]> {
  const found: Documents[C][] = []
  let cursor: string | undefined
  do {
    const page = await reading.find(collection, { limit: together, ...(cursor !== undefined && { cursor }) })
    found.push(...page.documents)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
