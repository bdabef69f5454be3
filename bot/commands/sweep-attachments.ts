import { openAttachments } from '../../adapters/storage/attachments.ts'
import type { CollectionName, Documents } from '../documents.ts'
import type { Store } from '../ports/store.ts'

const page = 500

/** Removes the attachments that no notice, copy, message or memory names any more. */
export async function sweepAttachments(store: Store, folder: string, now: number): Promise<void> {
  const named = new Set<string>()
  const name = (file: string | undefined) => {
    if (file !== undefined) named.add(file)
  }
  await everyOne(store, 'notices', ({ attachment }) => name(attachment?.file))
  await everyOne(store, 'outbox', ({ attachment }) => name(attachment?.file))
  await everyOne(store, 'inbox', ({ attachment }) => name(attachment?.file))
  await everyOne(store, 'memories', ({ looseAttachment }) => name(looseAttachment?.attachment?.file))
  await openAttachments(folder).sweep({ isNamed: (file) => named.has(file), now })
}

async function everyOne<C extends CollectionName>(
  store: Store,
  collection: C,
  look: (document: Documents[C]) => void,
): Promise<void> {
  let cursor: string | undefined
  do {
    const found = await store.find<Documents[C]>(collection, {
      limit: page,
      ...(cursor !== undefined && { cursor }),
    })
    found.documents.forEach(look)
    cursor = found.next
  } while (cursor !== undefined)
}
