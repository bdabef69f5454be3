import { setImmediate as breathe } from 'node:timers/promises'
import type { Document, Query, Store, Stored } from '../ports/store.ts'

const page = 200

/** All that a query finds, page by page: memory does not grow, and a report never holds up an answer. */
export async function* everyDocument<T extends Document>(
  store: Store,
  collection: string,
  query: Query = {},
): AsyncGenerator<Stored<T>> {
  let cursor: string | undefined
  do {
    const found = await store.find<T>(collection, {
      ...query,
      limit: page,
      ...(cursor !== undefined && { cursor }),
    })
    yield* found.documents
    cursor = found.next
    await breathe()
  } while (cursor !== undefined)
}
