/**
 * Documents in memory under their declared indexes: the engine of the memory store and of the lowdb store.
 * Everything here is synchronous, so that a commit is one step which nothing can come between.
 *
 * Documents are copied and deep-frozen when they are put: readers share them, and cannot change them.
 */
import {
  type Change,
  ConflictError,
  type Document,
  type Page,
  type Query,
  QueryError,
  type Schema,
  type Stored,
} from '../../bot/ports/store.ts'
import { deepFreeze } from './deep-freeze.ts'
import { compareEntries, type Entry, OrderedList } from './ordered-list.ts'
import { encodeCursor, type Ordering, orderingsOf, type Plan, placeIn, planQuery } from './orderings.ts'

export type StoredDocument = Stored<Document>

/** A change as it was carried out; `text` is the stored document as JSON, null when it was removed. */
export interface AppliedChange {
  readonly change: Change
  readonly text: string | null
}

interface OrderedGroups {
  readonly ordering: Ordering
  readonly groups: Map<string, OrderedList>
}

interface Collection {
  readonly declared: boolean
  readonly documents: Map<string, StoredDocument>
  readonly orderings: readonly Ordering[]
  readonly ordered: readonly OrderedGroups[]
}

type Place = { readonly group: string; readonly entry: Entry } | undefined

interface PreparedChange extends AppliedChange {
  readonly collection: Collection
  readonly before: StoredDocument | undefined
  readonly after: StoredDocument | undefined
  /** One for each ordering. Worked out beforehand, because it may refuse the document. */
  readonly places: readonly Place[]
}

/** Invariant: each document stands in exactly the groups that `placeIn` gives for it. */
export class Collections {
  readonly #collections = new Map<string, Collection>()

  constructor(schema: Schema) {
    for (const [name, indexes] of Object.entries(schema)) {
      this.#collections.set(name, createCollection(true, orderingsOf(indexes)))
    }
  }

  get(collection: string, id: string): StoredDocument | undefined {
    return this.#declared(collection).documents.get(id)
  }

  /** @throws QueryError */
  find(collection: string, query: Query): Page<Document> {
    const { documents, ordered, orderings } = this.#declared(collection)
    const plan = planQuery(collection, orderings, query)
    const found: Entry[] = []
    for (const list of listsOf(ordered, plan)) {
      const [start, end] = [list.seek(plan.isFromStart), list.seek(plan.isPastEnd)]
      // One more than asked for tells whether there is a next page. Pushed singly: a spread has a limit.
      for (const entry of list.slice(start, end, plan.limit + 1, plan.descending)) {
        found.push(entry)
      }
    }
    if (plan.groups.length > 1) {
      found.sort(plan.descending ? (a, b) => compareEntries(b, a) : compareEntries)
    }
    const page = found.slice(0, plan.limit)
    const last = page.at(-1)
    return {
      documents: page.map((entry) => documents.get(entry.id) as StoredDocument),
      ...(found.length > plan.limit && last !== undefined ? { next: encodeCursor(query, last) } : {}),
    }
  }

  /** All that match; limit and cursor do not matter. @throws QueryError */
  count(collection: string, query: Query): number {
    const { cursor: _, limit: __, ...whole } = query
    const { ordered, orderings } = this.#declared(collection)
    const plan = planQuery(collection, orderings, whole)
    let count = 0
    for (const list of listsOf(ordered, plan)) {
      count += Math.max(0, list.rank(list.seek(plan.isPastEnd)) - list.rank(list.seek(plan.isFromStart)))
    }
    return count
  }

  /** All or nothing. @throws ConflictError, QueryError (unknown collection), TypeError (unfit document) */
  apply(changes: readonly Change[]): readonly AppliedChange[] {
    const named = new Set<string>()
    const prepared = changes.map((change) => {
      const name = JSON.stringify([change.collection, change.id])
      if (named.has(name)) {
        throw new TypeError(
          `${change.collection}/${change.id} is changed twice in one commit: merge the two changes`,
        )
      }
      named.add(name)
      return prepare(this.#declared(change.collection), change)
    })
    const changed = prepared.filter(({ change }) => !('check' in change))
    for (const change of changed) {
      replace(change)
    }
    return changed
  }

  /** Puts back what a file recorded, also of collections that the schema no longer has: they are kept. */
  load(collectionName: string, id: string, document: StoredDocument | null): void {
    // found by one name and known by another, it would break whoever reads it
    if (document !== null && document.id !== id) {
      throw new Error(
        `${collectionName}/${id} calls itself ${JSON.stringify(document.id)}: it was changed outside LinLi. ` +
          'Keep a copy of the data folder, then restore the newest daily snapshot or backup: linli restore',
      )
    }
    let collection = this.#collections.get(collectionName)
    if (collection === undefined) {
      collection = createCollection(false, orderingsOf([]))
      this.#collections.set(collectionName, collection)
    }
    const after = document === null ? undefined : deepFreeze(document)
    replace({ collection, before: collection.documents.get(id), after, places: placesOf(collection, after) })
  }

  /** Every document at this instant. Documents are never changed, so the lists stay true while it is read. */
  capture(): readonly { readonly collection: string; readonly documents: readonly StoredDocument[] }[] {
    return [...this.#collections].map(([collection, { documents }]) => ({
      collection,
      documents: [...documents.values()],
    }))
  }

  #declared(name: string): Collection {
    const collection = this.#collections.get(name)
    if (collection?.declared !== true) {
      throw new QueryError(`there is no collection ${name}: declare it in the schema`)
    }
    return collection
  }
}

function createCollection(declared: boolean, orderings: readonly Ordering[]): Collection {
  const ordered = orderings.map((ordering) => ({ ordering, groups: new Map<string, OrderedList>() }))
  return { declared, documents: new Map(), orderings, ordered }
}

function listsOf(ordered: readonly OrderedGroups[], plan: Plan): OrderedList[] {
  const groups = ordered.find((each) => each.ordering === plan.ordering)?.groups
  return plan.groups.flatMap((group) => groups?.get(group) ?? [])
}

function prepare(collection: Collection, change: Change): PreparedChange {
  const before = collection.documents.get(change.id)
  const { expect } = change
  if (expect !== undefined && (expect === 'absent' ? before !== undefined : before?.version !== expect)) {
    throw new ConflictError(change.collection, change.id, expect, before?.version)
  }
  if (!('put' in change)) {
    return {
      collection,
      change,
      before,
      after: undefined,
      text: null,
      places: placesOf(collection, undefined),
    }
  }
  const { put } = change
  if (typeof change.id !== 'string' || put.id !== change.id) {
    throw new TypeError(
      `${change.collection}/${change.id}: the document calls itself ${put.id}: the ids must be equal`,
    )
  }
  const text = JSON.stringify({ ...put, version: (before?.version ?? 0) + 1 })
  const after = deepFreeze(JSON.parse(text) as StoredDocument)
  // Watchers get the stored document, which cannot change under them, not the caller's object.
  const stored: Change = { ...change, put: after }
  return { collection, change: stored, before, after, text, places: placesOf(collection, after) }
}

function placesOf(collection: Collection, document: StoredDocument | undefined): readonly Place[] {
  return collection.orderings.map((ordering) => document && placeIn(ordering, document))
}

/** Cannot fail: everything that may refuse has been asked before. */
function replace({ collection, before, after, places }: Omit<PreparedChange, 'change' | 'text'>): void {
  if (after === undefined) {
    if (before !== undefined) {
      collection.documents.delete(before.id)
    }
  } else {
    collection.documents.set(after.id, after)
  }
  collection.ordered.forEach(({ ordering, groups }, at) => {
    const old = before && placeIn(ordering, before)
    const place = places[at]
    if (old && place && old.group === place.group && compareEntries(old.entry, place.entry) === 0) {
      return
    }
    if (old) {
      removeFrom(groups, old.group, old.entry)
    }
    if (place) {
      insertInto(groups, place.group, place.entry)
    }
  })
}

function insertInto(groups: Map<string, OrderedList>, group: string, entry: Entry): void {
  let list = groups.get(group)
  if (list === undefined) {
    list = new OrderedList()
    groups.set(group, list)
  }
  list.insert(entry)
}

function removeFrom(groups: Map<string, OrderedList>, group: string, entry: Entry): void {
  const list = groups.get(group)
  list?.remove(entry)
  if (list?.length === 0) {
    groups.delete(group)
  }
}
