/**
 * What a schema comes to: for each collection the orderings that are kept, and which of them answers a query.
 *
 * An index { equal: [state], order: dueAt } gives two orderings of the same documents, by dueAt and by id,
 * because a query may ask for either. Where an index { equal: [state] } is declared too, that one gives the
 * order by id, because it misses no document. The whole collection by id is always there.
 */
import { crc32 } from 'node:zlib'
import {
  type Document,
  type IndexDeclaration,
  type IndexValue,
  type Query,
  QueryError,
} from '../../bot/ports/store.ts'
import { compareEntries, compareValues, type Entry, type OrderValue } from './ordered-list.ts'

export interface Ordering {
  /** Grouped by these fields … */
  readonly equal: readonly string[]
  /** … in a group by this one, then by id. */
  readonly order: string
  /** A document that lacks one of these is not in it. */
  readonly requires: readonly string[]
}

export interface Plan {
  readonly ordering: Ordering
  readonly groups: readonly string[]
  /** The values behind `groups`, each in the order of `ordering.equal`. */
  readonly combinations: readonly (readonly IndexValue[])[]
  /** Where the page before ended. */
  readonly after: Entry | undefined
  readonly isFromStart: (entry: Entry) => boolean
  readonly isPastEnd: (entry: Entry) => boolean
  readonly descending: boolean
  readonly limit: number
}

const DEFAULT_LIMIT = 1_000
const MAXIMUM_LIMIT = 10_000
const MAXIMUM_GROUPS = 10_000

export function orderingsOf(indexes: readonly IndexDeclaration[]): readonly Ordering[] {
  const orderings = new Map<string, Ordering>()
  const add = (equal: readonly string[], order: string, requires: readonly string[]) => {
    const key = orderingKey(equal, order)
    if (!orderings.has(key)) {
      orderings.set(key, { equal, order, requires })
    }
  }
  add([], 'id', [])
  for (const { equal, order } of indexes) {
    if (order === undefined || order === 'id') {
      add(equal, 'id', equal)
    }
  }
  for (const { equal, order } of indexes) {
    if (order !== undefined) {
      add(equal, order, [...equal, order])
      add(equal, 'id', [...equal, order])
    }
  }
  return [...orderings.values()]
}

/** Where the document stands in this ordering, or undefined when it is not in it. */
export function placeIn(ordering: Ordering, document: Document): { group: string; entry: Entry } | undefined {
  const fields = document as unknown as Readonly<Record<string, unknown>>
  const missing = ordering.requires.filter(
    (field) => indexValue(document.id, field, fields[field]) === undefined,
  )
  const order = fields[ordering.order]
  if (typeof order === 'boolean') {
    throw new TypeError(
      `document ${document.id}: ${ordering.order} orders an index: expected a string or number, found ${order}`,
    )
  }
  if (missing.length > 0) {
    return undefined
  }
  const group = groupKey(ordering.equal.map((field) => fields[field] as IndexValue))
  return { group, entry: { order: order as OrderValue, id: document.id } }
}

/** @throws QueryError when no ordering covers the query, or a part of it is malformed */
export function planQuery(collection: string, orderings: readonly Ordering[], query: Query): Plan {
  const where = query.where ?? {}
  const order = query.order ?? query.range?.field ?? 'id'
  if (query.range !== undefined && query.range.field !== order) {
    throw new QueryError(
      `${collection}: the range is on ${query.range.field} but the order is ${order}: they must be the same field`,
    )
  }
  const wanted = orderingKey(Object.keys(where), order)
  const ordering = orderings.find((each) => orderingKey(each.equal, each.order) === wanted)
  if (ordering === undefined) {
    const declared = orderings.map((each) => `[${each.equal.join(', ')}] by ${each.order}`).join('; ')
    throw new QueryError(
      `${collection}: no index for [${Object.keys(where).join(', ')}] by ${order}; there are ${declared}: declare one in the schema`,
    )
  }
  const descending = query.descending ?? false
  const after = query.cursor === undefined ? undefined : decodeCursor(collection, query, query.cursor)
  const combinations = combinationsOf(collection, ordering, where)
  return {
    ordering,
    ...{ combinations, after },
    groups: combinations.map(groupKey),
    ...bounds(collection, query, descending, after),
    descending,
    limit: limitOf(collection, query.limit),
  }
}

/** Names the last document of a page, and the query, so that it cannot be used with another one. */
export function encodeCursor(query: Query, last: Entry): string {
  return Buffer.from(JSON.stringify([fingerprint(query), last.order, last.id])).toString('base64url')
}

function decodeCursor(collection: string, query: Query, cursor: string): Entry {
  const parts = parseCursor(cursor)
  if (parts === undefined || parts[0] !== fingerprint(query)) {
    throw new QueryError(
      `${collection}: this cursor is not of this query: pass the \`next\` of its page before`,
    )
  }
  return { order: parts[1], id: parts[2] }
}

function parseCursor(cursor: string): [number, OrderValue, string] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) && parts.length === 3 ? (parts as [number, OrderValue, string]) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined
    }
    throw error
  }
}

function fingerprint({ where = {}, range, order, descending = false }: Query): number {
  const fields = Object.entries(where).sort(([a], [b]) => (a < b ? -1 : 1))
  return crc32(JSON.stringify([fields, range, order, descending]))
}

function bounds(collection: string, query: Query, descending: boolean, after: Entry | undefined) {
  const { gte, gt, lte, lt } = query.range ?? {}
  for (const bound of [gte, gt, lte, lt]) {
    if (bound !== undefined && typeof bound !== 'string' && !Number.isFinite(bound)) {
      throw new QueryError(
        `${collection}: a bound of a range must be a string or a finite number, not ${bound}`,
      )
    }
  }
  const isFromStart = (entry: Entry) =>
    (gte === undefined || compareValues(entry.order, gte) >= 0) &&
    (gt === undefined || compareValues(entry.order, gt) > 0) &&
    (after === undefined || descending || compareEntries(entry, after) > 0)
  const isPastEnd = (entry: Entry) =>
    (lte !== undefined && compareValues(entry.order, lte) > 0) ||
    (lt !== undefined && compareValues(entry.order, lt) >= 0) ||
    (after !== undefined && descending && compareEntries(entry, after) >= 0)
  return { isFromStart, isPastEnd }
}

function combinationsOf(
  collection: string,
  ordering: Ordering,
  where: NonNullable<Query['where']>,
): readonly (readonly IndexValue[])[] {
  let combinations: IndexValue[][] = [[]]
  for (const field of ordering.equal) {
    const wanted = where[field]
    const values =
      typeof wanted === 'object' && wanted !== null ? [...new Set(wanted.in)] : [wanted as IndexValue]
    if (values.length * combinations.length > MAXIMUM_GROUPS) {
      throw new QueryError(`${collection}: at most ${MAXIMUM_GROUPS} combinations of values in one query`)
    }
    for (const value of values) {
      if (!isIndexValue(value)) {
        throw new QueryError(`${collection}: ${field} must equal a string, number or boolean, not ${value}`)
      }
    }
    combinations = combinations.flatMap((before) => values.map((value) => [...before, value]))
  }
  return combinations
}

function limitOf(collection: string, limit = DEFAULT_LIMIT): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_LIMIT) {
    throw new QueryError(
      `${collection}: the limit must be a whole number from 1 to ${MAXIMUM_LIMIT}, not ${limit}`,
    )
  }
  return limit
}

function indexValue(id: string, field: string, value: unknown): IndexValue | undefined {
  if (value !== undefined && value !== null && !isIndexValue(value)) {
    throw new TypeError(
      `document ${id}: ${field} is indexed: expected a string, number or boolean, found ${typeof value}`,
    )
  }
  return value ?? undefined
}

function isIndexValue(value: unknown): value is IndexValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

/** Of values, not text: 1 and "1" are different groups. */
function groupKey(values: readonly IndexValue[]): string {
  return JSON.stringify(values)
}

function orderingKey(equal: readonly string[], order: string): string {
  return JSON.stringify([[...equal].sort(), order])
}
