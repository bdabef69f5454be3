/**
 * The storage port: collections of JSON documents, found through declared indexes, changed only by atomic
 * and durable commits. Implementations: adapters/storage/memory, adapters/storage/lowdb,
 * adapters/storage/postgres.
 */

/** Anything JSON can carry. `undefined` members are dropped, as JSON does. */
export type Document = { readonly id: string }

/** A document as it is stored: its version grows by one with each commit that changes it, starting at 1. */
export type Stored<T extends Document> = T & { readonly version: number }

/**
 * One index: documents are grouped by the values of `equal` (in this order) and ordered inside a group by
 * `order`, then by id. A document that lacks one of the fields (absent or null) is not in the index.
 */
export interface IndexDeclaration {
  readonly equal: readonly string[]
  readonly order?: string
}

/** Collection name → its indexes. Every collection can also be read whole, ordered by id. */
export type Schema = Readonly<Record<string, readonly IndexDeclaration[]>>

export type IndexValue = string | number | boolean

export interface Query {
  /** Equality, or one of several values. The fields must be exactly the `equal` fields of a declared index. */
  readonly where?: Readonly<Record<string, IndexValue | { readonly in: readonly IndexValue[] }>>
  /** A range on the `order` field of that index. */
  readonly range?: {
    readonly field: string
    readonly gte?: string | number
    readonly gt?: string | number
    readonly lte?: string | number
    readonly lt?: string | number
  }
  /** The `order` field of that index, or `id` (the default). */
  readonly order?: string
  readonly descending?: boolean
  /** 1 to 10,000; 1,000 when absent. */
  readonly limit?: number
  /** `next` of the page before; valid for the same query only. */
  readonly cursor?: string
}

export interface Page<T extends Document> {
  readonly documents: readonly Stored<T>[]
  /** Present when there is more. */
  readonly next?: string
}

/** What a change expects to find: a version, nothing at all, or (left out) anything. */
export type Expectation = number | 'absent'

export type Change =
  | {
      readonly collection: string
      readonly id: string
      readonly put: Document
      readonly expect?: Expectation
    }
  | { readonly collection: string; readonly id: string; readonly remove: true; readonly expect?: Expectation }
  /** Changes nothing: the commit fails when this document is not as expected. Watchers do not hear of it. */
  | { readonly collection: string; readonly id: string; readonly check: true; readonly expect: Expectation }

export interface Store {
  get<T extends Document>(collection: string, id: string): Promise<Stored<T> | undefined>
  /** @throws QueryError when no declared index covers the query */
  find<T extends Document>(collection: string, query?: Query): Promise<Page<T>>
  count(collection: string, query?: Query): Promise<number>
  /**
   * All or nothing, durable when it resolves.
   * @throws ConflictError an expectation was not met: nothing was changed, decide anew
   * @throws StoreFailedError the disk refused a write: the store takes no more changes until it is reopened
   */
  commit(changes: readonly Change[]): Promise<void>
  /** Calls back after each commit, with its changes; returns the way to stop. */
  watch(listener: (changes: readonly Change[]) => void): () => void
  close(): Promise<void>
}

export class ConflictError extends Error {
  readonly code = 'conflict'
  readonly collection: string
  readonly documentId: string

  constructor(collection: string, documentId: string, expected: Expectation, found: number | undefined) {
    super(`${collection}/${documentId}: expected ${describe(expected)}, found ${describe(found ?? 'absent')}`)
    this.name = 'ConflictError'
    this.collection = collection
    this.documentId = documentId
  }
}

export class QueryError extends Error {
  readonly code = 'query'

  constructor(message: string) {
    super(message)
    this.name = 'QueryError'
  }
}

export class StoreFailedError extends Error {
  readonly code = 'store-failed'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreFailedError'
  }
}

function describe(expectation: Expectation): string {
  return expectation === 'absent' ? 'no document' : `version ${expectation}`
}
