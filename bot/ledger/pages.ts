import { setImmediate as breathe } from 'node:timers/promises'
import type { CollectionName, Documents } from '../documents.ts'
import type { Query, Store, Stored } from '../ports/store.ts'

/** Every document that a query finds, page by page: memory stays flat, and the bot answers in between. */
export async function* everyPage<C extends CollectionName>(
  store: Pick<Store, 'find'>,
  collection: C,
  query: Query = {},
): AsyncGenerator<readonly Stored<Documents[C]>[]> {
  let cursor: string | undefined
  do {
    const page = await store.find<Documents[C]>(collection, {
      ...{ limit: 500, ...query },
      ...(cursor !== undefined && { cursor }),
    })
    yield page.documents
    cursor = page.next
    await breathe()
  } while (cursor !== undefined)
}
