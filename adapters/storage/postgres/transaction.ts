/** One transaction of one writer: the lock of all writers, what is there, what becomes of it. */
import type pg from 'pg'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import type { Statement } from './find.ts'
import { WRITERS_LOCK } from './migrations.ts'
import type { AppliedChange, PreparedChange, Versions } from './prepared-commit.ts'
import { putRows, type Row } from './put-rows.ts'
import { NAMESPACE, type Table } from './tables.ts'

/**
 * synchronous_commit: acknowledged means on disk, whatever the server's default is.
 * The timeout: a process that stands still with the lock in hand (a laptop that sleeps, a cut link) holds up the
 * others no longer than this; its own transaction is then undone, and decided anew when it wakes.
 */
const begin = `begin; set local synchronous_commit = on; set local idle_in_transaction_session_timeout = '5s';
  select pg_advisory_xact_lock(${WRITERS_LOCK})`

export interface Found {
  readonly versions: Versions
  /** Of the last commit that was made. */
  readonly sequence: number
}

/** @throws StoreFailedError when the database was moved away or changed by a newer program */
export async function beginWriting(
  client: pg.ClientBase,
  revision: number,
  changes: readonly PreparedChange[],
): Promise<Found> {
  const { text, values } = foundStatement(changes)
  // sent together: the second is read when the first has its lock, and sees what the writer before has left
  const [, { rows }] = await Promise.all([
    client.query(begin),
    client.query<{ collection: string; id: string; version: string }>(text, values),
  ])
  const versions: Versions = new Map()
  let sequence = 0
  for (const { collection, id, version } of rows) {
    if (collection === '') {
      if (id === 'sequence') sequence = Number(version)
      else refuseOther(revision, id, version)
    } else versions.set(`${collection}\n${id}`, Number(version))
  }
  return { versions, sequence }
}

/** Was this batch written before its answer was lost? Its number then. */
export async function sequencesOf(client: pg.ClientBase, batch: string): Promise<number[]> {
  const { rows } = await client.query<{ sequence: string }>(
    `select sequence from ${NAMESPACE}._commits where batch = $1 order by sequence`,
    [batch],
  )
  return rows.map(({ sequence }) => Number(sequence))
}

function refuseOther(revision: number, fact: string, value: string): void {
  if (fact === 'revision' && Number(value) !== revision)
    throw new StoreFailedError(
      'a newer LinLi has changed the tables of this database while this process ran: start that version',
    )
  if (fact === 'state' && value !== 'open')
    throw new StoreFailedError('the data of this database was moved while this process ran: start again')
}

/** The facts under the collection '', then the versions of what the changes name. */
function foundStatement(changes: readonly PreparedChange[]): Statement {
  const values: unknown[] = []
  const parts = [
    `select '' as collection, name as id, value as version from ${NAMESPACE}._facts where name in ('revision', 'state')`,
    `select '', 'sequence', coalesce(max(sequence), 0)::text from ${NAMESPACE}._commits`,
  ]
  for (const [{ collection, name }, keys] of byTable(changes, (change) => change.key)) {
    const ids = `$${values.push([...new Set(keys)])}`
    parts.push(
      `select '${collection.replaceAll("'", "''")}', id, version::text from ${name} where id = any(${ids}::text[])`,
    )
  }
  return { text: parts.join(' union all '), values }
}

export interface CommitRecord {
  readonly sequence: number
  readonly changes: readonly AppliedChange[]
}

/** Everything in one statement: documents, the record of each commit, and the word to those who listen. */
export function writeStatement(batch: string, records: readonly CommitRecord[]): Statement {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  // of several commits that change one document the last one stands
  const last = new Map<string, AppliedChange>()
  for (const { changes } of records)
    for (const each of changes) last.set(`${each.prepared.table.collection}\n${each.prepared.key}`, each)
  const parts: string[] = []
  for (const [table, changes] of byTable(
    [...last.values()],
    (each) => each,
    (each) => each.prepared.table,
  )) {
    const puts = changes.filter(({ version }) => version !== undefined)
    const gone = changes.filter(({ version }) => version === undefined).map(({ prepared }) => prepared.key)
    if (puts.length > 0) parts.push(putRows(table, puts.map(rowOf), bind))
    if (gone.length > 0) parts.push(`delete from ${table.name} where id = any(${bind(gone)}::text[])`)
  }
  const sequences = `${bind(records.map(({ sequence }) => sequence))}::bigint[]`
  const changes = `${bind(records.map((record) => JSON.stringify(namesIn(record))))}::text[]`
  parts.push(
    `insert into ${NAMESPACE}._commits (sequence, batch, changes)
       select sequence, ${bind(batch)}::text, changes::json from unnest(${sequences}, ${changes}) as n(sequence, changes)`,
  )
  const named = parts.map((part, at) => `p${at} as (${part})`).join(', ')
  const word = bind(`${records.at(-1)?.sequence} ${batch}`)
  return { text: `with ${named} select pg_notify('${NAMESPACE}', ${word})`, values }
}

function rowOf({ prepared: { key, put }, version }: AppliedChange): Row {
  const { body, keys } = put as NonNullable<PreparedChange['put']>
  return { key, version: version as number, body, keys }
}

/** What a listener needs to find it: collection, id, and whether it is gone. */
export type NamedChange = readonly [collection: string, id: string, gone: 0 | 1]

function namesIn({ changes }: CommitRecord): NamedChange[] {
  return changes.map(({ told, version }) => [told.collection, told.id, version === undefined ? 1 : 0])
}

function byTable<C extends { readonly table: Table }, V>(
  changes: readonly C[],
  value: (change: C) => V,
): Map<Table, V[]>
function byTable<C, V>(
  changes: readonly C[],
  value: (change: C) => V,
  table: (change: C) => Table,
): Map<Table, V[]>
function byTable<C, V>(
  changes: readonly C[],
  value: (change: C) => V,
  table: (change: C) => Table = (change) => (change as { readonly table: Table }).table,
): Map<Table, V[]> {
  const groups = new Map<Table, V[]>()
  for (const change of changes) {
    const group = groups.get(table(change))
    if (group) group.push(value(change))
    else groups.set(table(change), [value(change)])
  }
  return groups
}
