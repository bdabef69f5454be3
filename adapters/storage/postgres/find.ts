/** Queries of the store as SQL. Every value travels as a parameter. */
import type { Document, Page, Query, Stored } from '../../../bot/ports/store.ts'
import { deepFreeze } from '../deep-freeze.ts'
import { encodeCursor, type Plan, planQuery } from '../orderings.ts'
import { indexKey, textKey } from './index-key.ts'
import { columnOf, type Table } from './tables.ts'

export interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/** As a row comes back: `body` was parsed. */
export interface DocumentRow {
  readonly version: number
  readonly body: Document
}

export interface Search extends Statement {
  pageOf(rows: readonly DocumentRow[]): Page<Document>
}

export function documentOf({ version, body }: DocumentRow): Stored<Document> {
  return deepFreeze({ ...body, version })
}

export function getStatement({ name }: Table, id: string): Statement {
  return { text: `select version, body from ${name} where id = $1`, values: [textKey(id)] }
}

/** @throws QueryError */
export function findStatement(table: Table, query: Query): Search {
  const plan = planQuery(table.collection, table.orderings, query)
  const order = columnOf(plan.ordering.order)
  const direction = plan.descending ? 'desc' : 'asc'
  // one more than asked for tells whether there is a next page
  const limit = plan.limit + 1
  const { from, where, values } = conditions(query, plan)
  const ordered = (of: string) => `order by ${of}${order} ${direction}, ${of}id ${direction} limit ${limit}`
  const columns = [...new Set(['id', order])].map((column) => `t.${column}`).join(', ')
  const group = `select t.version, t.body, ${columns} from ${table.name} t ${where} ${ordered('t.')}`
  return {
    // each group is read in the order of its index and no further than the page: never sorted whole
    text:
      from === ''
        ? group
        : `select d.version, d.body from ${from} cross join lateral (${group}) d ${ordered('d.')}`,
    values,
    pageOf(rows) {
      const documents = rows.slice(0, plan.limit).map(documentOf)
      const last = documents.at(-1) as (Document & Readonly<Record<string, string>>) | undefined
      if (rows.length <= plan.limit || last === undefined) return { documents }
      const next = encodeCursor(query, { order: last[plan.ordering.order] as string, id: last.id })
      return { documents, next }
    },
  }
}

/** All that match; limit and cursor do not matter. @throws QueryError */
export function countStatement(table: Table, query: Query): Statement {
  const { cursor: _, limit: __, ...whole } = query
  const plan = planQuery(table.collection, table.orderings, whole)
  const { from, where, values } = conditions(whole, plan)
  const group = `select count(*)::int as count from ${table.name} t ${where}`
  return {
    text:
      from === ''
        ? group
        : `select coalesce(sum(d.count), 0)::int as count from ${from} cross join lateral (${group}) d`,
    values,
  }
}

/** `from` is empty when one group is asked for, whose values then stand in `where`. */
function conditions(query: Query, plan: Plan) {
  const { ordering, combinations } = plan
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const terms: string[] = []
  let from = ''
  const [only, ...others] = combinations
  if (only !== undefined && others.length === 0) {
    ordering.equal.forEach((field, at) => {
      terms.push(`t.${columnOf(field)} = ${bind(indexKey(only[at] as string))}`)
    })
  } else {
    const columns = ordering.equal.map((_, at) => combinations.map((each) => indexKey(each[at] as string)))
    const arrays = columns.map((column) => `${bind(column)}::text[]`)
    from = `unnest(${arrays.join(', ')}) as g(${ordering.equal.map((_, at) => `e${at}`).join(', ')})`
    ordering.equal.forEach((field, at) => {
      terms.push(`t.${columnOf(field)} = g.e${at} collate "C"`)
    })
  }
  // said in full: without it the partial index is not used
  for (const field of ordering.requires) if (field !== 'id') terms.push(`t.${columnOf(field)} is not null`)
  terms.push(...rangeTerms(query, ordering.order, bind), ...cursorTerms(plan, bind))
  return { from, where: terms.length === 0 ? '' : `where ${terms.join(' and ')}`, values }
}

const signs = { gte: '>=', gt: '>', lte: '<=', lt: '<' } as const

function rangeTerms({ range }: Query, order: string, bind: (value: unknown) => string): string[] {
  return (Object.keys(signs) as (keyof typeof signs)[]).flatMap((bound) => {
    const value = range?.[bound]
    return value === undefined ? [] : [`t.${columnOf(order)} ${signs[bound]} ${bind(indexKey(value))}`]
  })
}

function cursorTerms({ after, ordering, descending }: Plan, bind: (value: unknown) => string): string[] {
  if (after === undefined) return []
  if (ordering.order === 'id') return [`t.id ${descending ? '<' : '>'} ${bind(textKey(after.id))}`]
  const place = `(${bind(indexKey(after.order))}, ${bind(textKey(after.id))})`
  return [`(t.${columnOf(ordering.order)}, t.id) ${descending ? '<' : '>'} ${place}`]
}
