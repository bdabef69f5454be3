/** A commit as it was asked for, checked as far as it can be without the database. */
import type { Change, Document, Expectation, Stored } from '../../../bot/ports/store.ts'
import { ConflictError } from '../../../bot/ports/store.ts'
import { deepFreeze } from '../deep-freeze.ts'
import { placeIn } from '../orderings.ts'
import { textKey } from './index-key.ts'
import { keysOf, type Table, tableNamed } from './tables.ts'

export interface PreparedChange {
  readonly table: Table
  /** What the database knows the document by. */
  readonly key: string
  readonly change: Change
  /** Absent when nothing is put. */
  readonly put?: {
    readonly body: string
    readonly document: Document
    readonly keys: readonly (string | null)[]
  }
}

/** @throws QueryError (unknown collection), TypeError (unfit document) */
export function prepareCommit(
  tables: ReadonlyMap<string, Table>,
  changes: readonly Change[],
): PreparedChange[] {
  const named = new Set<string>()
  return changes.map((change) => {
    const table = tableNamed(tables, change.collection)
    const name = JSON.stringify([change.collection, change.id])
    if (named.has(name)) {
      throw new TypeError(
        `${change.collection}/${change.id} is changed twice in one commit: merge the two changes`,
      )
    }
    named.add(name)
    return prepareChange(table, change)
  })
}

function prepareChange(table: Table, change: Change): PreparedChange {
  const key = textKey(change.id)
  if (!('put' in change)) return { table, key, change }
  const { put } = change
  if (typeof change.id !== 'string' || put.id !== change.id) {
    throw new TypeError(
      `${change.collection}/${change.id}: the document calls itself ${put.id}: the ids must be equal`,
    )
  }
  // the version stands in its own column
  const { version: _, ...rest } = put as Document & { readonly version?: unknown }
  const body = JSON.stringify(rest)
  const document = JSON.parse(body) as Document
  for (const ordering of table.orderings) placeIn(ordering, document)
  return { table, key, change, put: { body, document, keys: keysOf(table, document) } }
}

/** What is there, as the commits of one transaction see it one after the other; undefined: nothing. */
export type Versions = Map<string, number | undefined>

export function versionKey({ table, key }: PreparedChange): string {
  return `${table.collection}\n${key}`
}

export interface AppliedChange {
  readonly prepared: PreparedChange
  /** undefined: it is gone. */
  readonly version: number | undefined
  /** For watchers: with the document as it is stored. */
  readonly told: Change
}

/** All or nothing: `versions` changes only when every expectation is met. @throws ConflictError */
export function applyCommit(changes: readonly PreparedChange[], versions: Versions): AppliedChange[] {
  for (const prepared of changes) {
    const { collection, id, expect } = prepared.change
    const found = versions.get(versionKey(prepared))
    if (expect !== undefined && !isMet(expect, found)) throw new ConflictError(collection, id, expect, found)
  }
  return changes.flatMap((prepared): AppliedChange[] => {
    const { change, put } = prepared
    if ('check' in change) return []
    const version = put && (versions.get(versionKey(prepared)) ?? 0) + 1
    versions.set(versionKey(prepared), version)
    if (put === undefined || version === undefined) return [{ prepared, version: undefined, told: change }]
    const stored: Stored<Document> = deepFreeze({ ...put.document, version })
    return [{ prepared, version, told: { ...change, put: stored } }]
  })
}

function isMet(expect: Expectation, found: number | undefined): boolean {
  return expect === 'absent' ? found === undefined : found === expect
}
