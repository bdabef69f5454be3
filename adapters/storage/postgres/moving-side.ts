/** A database as one end of a move: see ../moving.ts. */
import pg from 'pg'
import type { Schema } from '../../../bot/ports/store.ts'
import type { StoredDocument } from '../collections.ts'
import { type MovedDocument, MoveError, type MovingSide, type ReceiveOptions } from '../moving.ts'
import { clientOptions } from './connections.ts'
import { DatabaseError, databaseError } from './database-error.ts'
import { type DocumentRow, documentOf } from './find.ts'
import { textKey } from './index-key.ts'
import { migrate, PRESENCE_LOCK, WRITERS_LOCK } from './migrations.ts'
import { moveStateOf, refuseUnsettled, setMoveState } from './move-state.ts'
import { putRows, type Row } from './put-rows.ts'
import { describeServer } from './server-name.ts'
import { keysOf, type Table, tableNamed, tablesOf } from './tables.ts'

/** Documents of one statement. */
const page = 1_000

/** Nobody else has it open until `close`. @throws MoveError, DatabaseError */
export async function openDatabaseForMove(url: string, schema: Schema): Promise<MovingSide> {
  const name = `PostgreSQL at ${describeServer(url)}`
  const tables = tablesOf(schema)
  const client = new pg.Client({ ...clientOptions(url), query_timeout: 0 })
  // the statement that is under way fails too
  client.on('error', () => undefined)
  try {
    await client.connect()
    await holdAlone(client, name)
    await migrate(client, schema, url)
  } catch (error) {
    await client.end()
    throw error instanceof MoveError || error instanceof DatabaseError ? error : databaseError(url, error)
  }
  /** What was received here is read before it counts as data. */
  let received = false
  return {
    name,
    async *documents() {
      if (!received) await refuseUnsettled(client, url)
      yield* documentsIn(client, tables)
    },
    async receive(documents, options) {
      // whole or not at all: when this process is killed, the server undoes it
      await client.query(
        `begin; set local synchronous_commit = on; select pg_advisory_xact_lock(${WRITERS_LOCK})`,
      )
      try {
        await refuseLivingData(client, tables, name, options)
        await putAll(client, tables, documents)
        await setMoveState(client, 'arriving', `from ${options.from}, ${options.at.toISOString()}`)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
      received = true
      await client.query('analyze')
    },
    settle: () => setMoveState(client, 'open'),
    leave: (to, at) => setMoveState(client, 'left', `to ${to}, ${at.toISOString()}`),
    close: () => client.end(),
  }
}

async function holdAlone(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_lock(${PRESENCE_LOCK}) as alone`,
  )
  if (rows[0]?.alone !== true)
    throw new MoveError(
      `${name} is open in another process of LinLi: stop every bot and console on it first, then move`,
    )
  // one whose mark was lost with its connection may still write: it waits, and then sees where the data went
  await client.query(`select pg_advisory_lock(${WRITERS_LOCK})`)
}

async function refuseLivingData(
  client: pg.Client,
  tables: ReadonlyMap<string, Table>,
  name: string,
  { again }: ReceiveOptions,
): Promise<void> {
  const found = await moveStateOf(client)
  const counts = [...tables.values()].map((table) => `(select count(*) from ${table.name})`)
  const { rows } = await client.query<{ documents: string }>(`select ${counts.join(' + ')} as documents`)
  const documents = Number(rows[0]?.documents ?? 0)
  if (found?.state === 'open' && documents > 0)
    throw new MoveError(
      `${name}: expected an empty database, found ${documents} documents in use: name another one in LINLI_DATABASE_URL`,
    )
  if (found !== undefined && found.state !== 'open' && !again)
    throw new MoveError(
      `${name} holds ${documents} documents of an earlier move (${found.state} ${found.about}): ` +
        '--again puts the new ones in their place',
    )
  for (const { name: table } of tables.values()) await client.query(`truncate ${table}`)
}

async function putAll(
  client: pg.Client,
  tables: ReadonlyMap<string, Table>,
  documents: AsyncIterable<MovedDocument>,
): Promise<void> {
  let waiting: { table: Table; rows: Row[] } | undefined
  const flush = async () => {
    if (waiting === undefined) return
    const values: unknown[] = []
    const text = putRows(waiting.table, waiting.rows, (value) => `$${values.push(value)}`)
    await client.query(text, values)
    waiting = undefined
  }
  for await (const { collection, document } of documents) {
    const table = tableNamed(tables, collection)
    if (waiting !== undefined && (waiting.table !== table || waiting.rows.length >= page)) await flush()
    waiting ??= { table, rows: [] }
    const { version, ...rest } = document
    const body = JSON.stringify(rest)
    waiting.rows.push({ key: textKey(document.id), version, body, keys: keysOf(table, document) })
  }
  await flush()
}

async function* documentsIn(
  client: pg.Client,
  tables: ReadonlyMap<string, Table>,
): AsyncGenerator<MovedDocument> {
  for (const { collection, name: table } of tables.values()) {
    for (let after = ''; ; ) {
      const { rows } = await client.query<DocumentRow & { id: string }>(
        `select id, version, body from ${table} where id > $1 order by id limit ${page}`,
        [after],
      )
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.id
      for (const row of rows) yield { collection, document: documentOf(row) as StoredDocument }
    }
  }
}
