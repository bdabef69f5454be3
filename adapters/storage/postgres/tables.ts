/**
 * What a schema comes to in PostgreSQL: one table for each collection, with the document as JSON text exactly as it
 * was put (not jsonb, which refuses U+0000 and half an emoji, and changes the order of members), its version, and a
 * column `by_FIELD` with the key of each indexed field; one index for each ordering.
 */
import { createHash } from 'node:crypto'
import {
  type Document,
  type IndexDeclaration,
  type IndexValue,
  QueryError,
  type Schema,
} from '../../../bot/ports/store.ts'
import { type Ordering, orderingsOf } from '../orderings.ts'
import { indexKey } from './index-key.ts'

/** The PostgreSQL schema that holds all of it. */
export const NAMESPACE = 'linli'
const LONGEST_NAME = 63

export interface Table {
  readonly collection: string
  /** Quoted, with its namespace. */
  readonly name: string
  /** Fields that have a column. */
  readonly fields: readonly string[]
  readonly orderings: readonly Ordering[]
}

export function tablesOf(schema: Schema): ReadonlyMap<string, Table> {
  return new Map(
    Object.entries(schema).map(([collection, indexes]) => [collection, tableOf(collection, indexes)]),
  )
}

function tableOf(collection: string, indexes: readonly IndexDeclaration[]): Table {
  const orderings = orderingsOf(indexes)
  const fields = new Set(orderings.flatMap(({ requires }) => requires).filter((field) => field !== 'id'))
  return { collection, name: `${NAMESPACE}.${quoted(collection)}`, fields: [...fields], orderings }
}

/** @throws QueryError */
export function tableNamed(tables: ReadonlyMap<string, Table>, collection: string): Table {
  const table = tables.get(collection)
  if (table === undefined)
    throw new QueryError(`there is no collection ${collection}: declare it in the schema`)
  return table
}

export function columnOf(field: string): string {
  return field === 'id' ? 'id' : quoted(`by_${field}`)
}

/** One for each of `fields`; null where the document lacks it. */
export function keysOf({ fields }: Table, document: Document): (string | null)[] {
  const members = document as unknown as Readonly<Record<string, IndexValue | null | undefined>>
  return fields.map((field) => {
    const value = members[field]
    return value === undefined || value === null ? null : indexKey(value)
  })
}

export function createTable({ name }: Table): string {
  // documents are small and change often: room for a new version on the same page
  return `create table if not exists ${name} (
    id text collate "C" primary key, version integer not null, body json not null) with (fillfactor = 85)`
}

export function addColumn({ name }: Table, field: string): string {
  return `alter table ${name} add column if not exists ${columnOf(field)} text collate "C"`
}

/** Nothing for the order by id of everything: that is the primary key. */
export function createIndexes(table: Table): { readonly name: string; readonly statement: string }[] {
  const { collection, name: of, orderings } = table
  return orderings
    .filter(({ equal, order }) => equal.length > 0 || order !== 'id')
    .map((ordering) => {
      const columns = [...new Set([...ordering.equal, ordering.order, 'id'])].map(columnOf)
      const name = indexName(collection, ordering)
      const on = `${of} (${columns.join(', ')})${wherePresent(ordering)}`
      return { name, statement: `create index if not exists ${quoted(name)} on ${on}` }
    })
}

function wherePresent({ requires }: Ordering): string {
  const present = requires.filter((field) => field !== 'id').map((field) => `${columnOf(field)} is not null`)
  return present.length === 0 ? '' : ` where ${present.join(' and ')}`
}

/** Names all that makes it what it is: with other documents in it, it is another index. */
function indexName(collection: string, { equal, order, requires }: Ordering): string {
  const others = requires.filter((field) => field !== order && !equal.includes(field))
  const readable = `${collection} ${equal.join(' ')} by ${order}${others.map((field) => ` with ${field}`).join('')}`
  if (Buffer.byteLength(readable) <= LONGEST_NAME) return readable
  return `${collection.slice(0, 40)} ${createHash('sha256').update(readable).digest('hex').slice(0, 16)}`
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
