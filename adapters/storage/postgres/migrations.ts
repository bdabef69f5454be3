/**
 * Brings the tables to what this program declares, in one transaction under the lock of all writers: of several
 * processes that start at once one does it and the others find it done.
 *
 * Two things are versioned. `layout` counts the numbered steps below. The declared indexes are compared one by one:
 * what is missing is made and filled; what is there and not declared means that a newer program was here, which this
 * one must not write beside, because it would not fill that index. An index that goes is dropped by a numbered step.
 * `revision` grows with every change: a process that was started before it sees so at its next commit, and stops.
 */
import type pg from 'pg'
import type { Document, IndexDeclaration, Schema } from '../../../bot/ports/store.ts'
import { DatabaseError } from './database-error.ts'
import { hasFacts } from './move-state.ts'
import { describeServer } from './server-name.ts'
import {
  addColumn,
  columnOf,
  createIndexes,
  createTable,
  keysOf,
  NAMESPACE,
  quoted,
  type Table,
  tablesOf,
} from './tables.ts'

/** Advisory locks of the database: all writers take one after the other; whoever has it open shares the other. */
export const WRITERS_LOCK = '1819176041, 1'
export const PRESENCE_LOCK = '1819176041, 2'

/** Numbered steps, in order; a step that has run is never changed. */
const steps: readonly string[] = [
  `create table if not exists ${NAMESPACE}._facts (name text primary key, value text not null);
   create table if not exists ${NAMESPACE}._commits (
     sequence bigint primary key, batch text not null, changes json not null, at timestamptz not null default now());
   create index if not exists "_commits by at" on ${NAMESPACE}._commits (at);
   insert into ${NAMESPACE}._facts values ('revision', '0'), ('indexes', '{}'), ('state', 'open') on conflict do nothing`,
]

const page = 1_000

/** @returns the revision. @throws DatabaseError when a newer LinLi was here */
export async function migrate(client: pg.ClientBase, schema: Schema, url: string): Promise<number> {
  await refuseUnfit(client, url)
  const found = await factsOf(client)
  if (found !== undefined && found.layout === steps.length && difference(found, schema, url).length === 0) {
    return found.revision
  }
  await client.query(`begin; set local lock_timeout = '600s'; select pg_advisory_xact_lock(${WRITERS_LOCK})`)
  // another process may have been faster
  const now = await factsOf(client)
  const layout = now?.layout ?? 0
  if (now !== undefined && layout === steps.length && difference(now, schema, url).length === 0) {
    await client.query('rollback')
    return now.revision
  }
  await client.query(`create schema if not exists ${NAMESPACE}`)
  if (layout > steps.length)
    throw newer(url, `layout ${layout}; this one knows layouts up to ${steps.length}`)
  for (const step of steps.slice(layout)) await client.query(step)
  await setFact(client, 'layout', String(steps.length))
  const facts = (await factsOf(client)) as Facts
  const missing = new Set(difference(facts, schema, url))
  for (const table of tablesOf(schema).values())
    if (missing.has(table.collection)) await bringUp(client, table)
  const revision = facts.revision + 1
  await setFact(client, 'indexes', JSON.stringify(schema))
  await setFact(client, 'revision', String(revision))
  await client.query('commit')
  return revision
}

interface Facts {
  readonly layout: number
  readonly revision: number
  readonly indexes: Schema
}

async function factsOf(client: pg.ClientBase): Promise<Facts | undefined> {
  if (!(await hasFacts(client))) return undefined
  const { rows } = await client.query<{ name: string; value: string }>(
    `select name, value from ${NAMESPACE}._facts`,
  )
  const facts = new Map(rows.map(({ name, value }) => [name, value]))
  return {
    layout: Number(facts.get('layout') ?? 0),
    revision: Number(facts.get('revision') ?? 0),
    indexes: JSON.parse(facts.get('indexes') ?? '{}') as Schema,
  }
}

async function setFact(client: pg.ClientBase, name: string, value: string): Promise<void> {
  const text = `insert into ${NAMESPACE}._facts values ($1, $2) on conflict (name) do update set value = excluded.value`
  await client.query(text, [name, value])
}

/** The collections that lack something. @throws DatabaseError when the database has what is not declared */
function difference({ layout, indexes }: Facts, schema: Schema, url: string): string[] {
  if (layout > steps.length)
    throw newer(url, `layout ${layout}; this one knows layouts up to ${steps.length}`)
  for (const [collection, declared] of Object.entries(indexes)) {
    const known = schema[collection] && namesOf(schema[collection])
    if (known === undefined) throw newer(url, `it has a collection ${collection}`)
    const extra = [...namesOf(declared)].find((each) => !known.has(each))
    if (extra !== undefined) throw newer(url, `${collection} has an index ${extra}`)
  }
  return Object.entries(schema).flatMap(([collection, declared]) => {
    const there = indexes[collection] && namesOf(indexes[collection])
    const whole = there !== undefined && [...namesOf(declared)].every((each) => there.has(each))
    return whole ? [] : [collection]
  })
}

function namesOf(declared: readonly IndexDeclaration[]): ReadonlySet<string> {
  return new Set(
    declared.map(({ equal, order }) => `[${equal.join(', ')}]${order === undefined ? '' : ` by ${order}`}`),
  )
}

function newer(url: string, what: string): DatabaseError {
  return new DatabaseError(
    `PostgreSQL at ${describeServer(url)} was used by a newer LinLi (${what}): start that version, ` +
      'or bring back a dump that this version made (pg_restore)',
  )
}

async function bringUp(client: pg.ClientBase, table: Table): Promise<void> {
  await client.query(createTable(table))
  const { rows } = await client.query<{ column_name: string }>(
    'select column_name from information_schema.columns where table_schema = $1 and table_name = $2',
    [NAMESPACE, table.collection],
  )
  const there = new Set(rows.map((row) => row.column_name))
  const missing = table.fields.filter((field) => !there.has(`by_${field}`))
  for (const field of missing) await client.query(addColumn(table, field))
  if (missing.length > 0) await fill(client, table)
  const indexes = createIndexes(table)
  for (const { statement } of indexes) await client.query(statement)
  // one that holds too few documents, since another declaration was added
  const { rows: old } = await client.query<{ indexname: string }>(
    'select indexname from pg_indexes where schemaname = $1 and tablename = $2 and indexname <> all($3::text[]) and indexname <> $4',
    [NAMESPACE, table.collection, indexes.map(({ name }) => name), `${table.collection}_pkey`],
  )
  for (const { indexname } of old) await client.query(`drop index ${NAMESPACE}.${quoted(indexname)}`)
}

/** The keys are worked out here, not by the database: it cannot read into every document. */
async function fill(client: pg.ClientBase, table: Table): Promise<void> {
  const sets = table.fields.map((field) => `${columnOf(field)} = n.${columnOf(field)}`).join(', ')
  const names = ['id', ...table.fields].map(columnOf).join(', ')
  let after = ''
  for (;;) {
    const { rows } = await client.query<{ id: string; body: Document }>(
      `select id, body from ${table.name} where id > $1 order by id limit ${page}`,
      [after],
    )
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
    const keys = rows.map(({ body }) => keysOf(table, body))
    const columns = [rows.map(({ id }) => id), ...table.fields.map((_, at) => keys.map((each) => each[at]))]
    const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(', ')
    await client.query(
      `update ${table.name} t set ${sets} from unnest(${arrays}) as n(${names}) where t.id = n.id collate "C"`,
      columns,
    )
  }
}

async function refuseUnfit(client: pg.ClientBase, url: string): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; standby: boolean }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
       pg_is_in_recovery() as standby`,
  )
  const { version = 0, encoding, standby } = rows[0] ?? {}
  const server = `PostgreSQL at ${describeServer(url)}`
  if (version < 130_000)
    throw new DatabaseError(`${server}: expected version 13 or later, found ${version / 10_000}: upgrade it`)
  if (encoding !== 'UTF8')
    throw new DatabaseError(
      `${server}: expected a database in UTF8, found ${encoding}: createdb --encoding=UTF8 --template=template0`,
    )
  if (standby === true)
    throw new DatabaseError(
      `${server} is a standby, which takes no changes: name the primary in LINLI_DATABASE_URL`,
    )
}
