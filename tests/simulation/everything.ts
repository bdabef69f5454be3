import type { CollectionName, Documents } from '../../bot/documents.ts'
import type { Store } from '../../bot/ports/store.ts'

/** Every document of a collection, page by page, ordered by id. */
export async function everything<C extends CollectionName>(
  store: Store,
  collection: C,
): Promise<readonly Documents[C][]> {
  const all: Documents[C][] = []
  for (let cursor: string | undefined; ; ) {
    const query = { limit: 5_000, ...(cursor !== undefined && { cursor }) }
    const page = await store.find<Documents[C]>(collection, query)
    all.push(...page.documents)
    if (page.next === undefined) return all
    cursor = page.next
  }
}
