import type { CollectionName, Documents } from './documents.ts'
import type { Change, Expectation, Page, Query, Store, Stored } from './ports/store.ts'

/**
 * What a decision reads. It remembers the versions it saw, so that the commit fails (and the decision is made
 * anew) when one of the documents that it changes was changed by somebody else meanwhile.
 */
export interface Reading {
  get<C extends CollectionName>(collection: C, id: string): Promise<Stored<Documents[C]> | undefined>
  find<C extends CollectionName>(collection: C, query?: Query): Promise<Page<Documents[C]>>
  count(collection: CollectionName, query?: Query): Promise<number>
}

export interface RecordedReading extends Reading {
  /** The expectation a change of this document must carry; undefined when it was never read. */
  expectation(collection: CollectionName, id: string): Expectation | undefined
  /** Something that was read has changed since: what follows from it may make no sense. */
  isStale(): Promise<boolean>
}

/** A change that a decision wants; expectations are added from what was read. */
export type Put = {
  [C in CollectionName]: { readonly collection: C; readonly document: Documents[C] }
}[CollectionName]

export interface Removal {
  readonly collection: CollectionName
  readonly id: string
}

export function startReading(store: Store): RecordedReading {
  const seen = new Map<string, Seen>()
  // what was seen first counts: looked at again after it has changed, half of the decision rests on what was before
  const remember = (collection: CollectionName, id: string, version: number | undefined) => {
    const key = `${collection}/${id}`
    if (!seen.has(key)) seen.set(key, { collection, id, expectation: version ?? 'absent' })
  }
  return {
    async get<C extends CollectionName>(collection: C, id: string) {
      const document = await store.get<Documents[C]>(collection, id)
      remember(collection, id, document?.version)
      return document
    },
    async find<C extends CollectionName>(collection: C, query?: Query) {
      const page = await store.find<Documents[C]>(collection, query)
      for (const document of page.documents) remember(collection, document.id, document.version)
      return page
    },
    count: (collection, query) => store.count(collection, query),
    expectation: (collection, id) => seen.get(`${collection}/${id}`)?.expectation,
    async isStale() {
      for (const { collection, id, expectation } of seen.values())
        if (((await store.get(collection, id))?.version ?? 'absent') !== expectation) return true
      return false
    },
  }
}

interface Seen {
  readonly collection: CollectionName
  readonly id: string
  readonly expectation: Expectation
}

/** The change list of a commit: the last put of a document wins, and each expects what was read. */
export function toChanges(
  reading: RecordedReading,
  puts: readonly Put[],
  removals: readonly Removal[],
): Change[] {
  const changes = new Map<string, Change>()
  const expect = (collection: CollectionName, id: string) => {
    const expectation = reading.expectation(collection, id)
    return expectation === undefined ? {} : { expect: expectation }
  }
  for (const { collection, document } of puts)
    changes.set(`${collection}/${document.id}`, {
      ...{ collection, id: document.id, put: document },
      ...expect(collection, document.id),
    })
  for (const { collection, id } of removals)
    changes.set(`${collection}/${id}`, { collection, id, remove: true, ...expect(collection, id) })
  return [...changes.values()]
}
