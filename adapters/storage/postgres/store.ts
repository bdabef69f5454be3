/**
 * The store for several processes: PostgreSQL. What is read is read from the database each time; what is committed
 * goes through one writer a process (writer.ts), and everybody hears of it (feed.ts).
 */
import type { Document, Schema, Store, Stored } from '../../../bot/ports/store.ts'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import { Connections } from './connections.ts'
import { DatabaseError, databaseError, isPassing } from './database-error.ts'
import { Feed } from './feed.ts'
import { countStatement, type DocumentRow, documentOf, findStatement, getStatement } from './find.ts'
import { Listener } from './listener.ts'
import { migrate } from './migrations.ts'
import { refuseUnsettled } from './move-state.ts'
import { prepareCommit } from './prepared-commit.ts'
import { NAMESPACE, tableNamed, tablesOf } from './tables.ts'
import { Writer } from './writer.ts'

export interface PostgresStoreOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string
  readonly schema: Schema
  /** Told what went wrong without a caller to tell it to. Default: a warning of the process. */
  readonly onWarning?: (warning: string) => void
  /** Milliseconds to wait for a server that is away before the store fails. Default: 120,000. */
  readonly patienceMs?: number
  /** Milliseconds to wait for it at the start. Default: 5,000. */
  readonly startPatienceMs?: number
  /** Milliseconds between two looks for what others changed; they are also called. Default: 5,000. */
  readonly lookEveryMs?: number
}

export interface PostgresStore extends Store {
  /** Frees what was changed or removed (VACUUM). The server's own log of changes and dumps keep it for a while longer. */
  compact(): Promise<void>
}

const patience = 120_000
const startPatience = 5_000
const lookEvery = 5_000
/** The records of commits are for those who were cut off for a moment. */
const recordsKept = '1 hour'
const tidyEvery = 10 * 60_000

/** @throws DatabaseError saying which server, what it answered, and what to do */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { url, schema, onWarning = (warning) => process.emitWarning(warning) } = options
  const tables = tablesOf(schema)
  const revision = await prepareDatabase(options)
  const connections = new Connections({ url, onWarning, patienceMs: options.patienceMs ?? patience })
  let fail: (failure: StoreFailedError) => void = () => undefined
  let hear: (sequence: number) => Promise<void> = async () => undefined
  const listener = new Listener({
    ...{ url, lookEveryMs: options.lookEveryMs ?? lookEvery, onSequence: (sequence) => hear(sequence) },
    onRefused: (error) => fail(new StoreFailedError(error.message, { cause: error })),
  })
  const sequence = await listener.start().catch(async (error: unknown) => {
    await connections.close()
    throw error instanceof DatabaseError ? error : databaseError(url, error)
  })
  const feed = new Feed({ connections, tables, sequence, onWarning, onLost: (failure) => fail(failure) })
  const writer = new Writer(connections, feed, revision)
  fail = (failure) => {
    onWarning(failure.message)
    writer.refuse(failure)
  }
  hear = (heard) => feed.hear(heard)
  const stopTidying = keepTidy(connections, onWarning)
  let closing: Promise<void> | undefined

  return {
    async get<T extends Document>(collection: string, id: string) {
      const [row] = await connections.rows<DocumentRow>(getStatement(tableNamed(tables, collection), id))
      return row && (documentOf(row) as Stored<T>)
    },
    async find<T extends Document>(collection: string, query = {}) {
      const search = findStatement(tableNamed(tables, collection), query)
      return search.pageOf(await connections.rows<DocumentRow>(search)) as { documents: Stored<T>[] }
    },
    async count(collection, query = {}) {
      const [row] = await connections.rows<{ count: number }>(
        countStatement(tableNamed(tables, collection), query),
      )
      return row?.count ?? 0
    },
    async commit(changes) {
      writer.throwIfRefusing()
      const prepared = prepareCommit(tables, changes)
      if (prepared.length > 0) await writer.commit(prepared)
    },
    watch: (listener) => feed.watch(listener),
    async compact() {
      for (const { name } of tables.values()) await connections.runLong(`vacuum ${name}`)
    },
    close() {
      closing ??= (async () => {
        stopTidying()
        connections.hurry()
        await writer.idle()
        await listener.stop()
        await connections.close()
      })()
      return closing
    },
  }
}

/** @returns the revision of the tables */
async function prepareDatabase({ url, schema, ...options }: PostgresStoreOptions): Promise<number> {
  const starting = new Connections({
    ...{ url, onWarning: () => undefined, patienceMs: options.startPatienceMs ?? startPatience },
  })
  try {
    return await starting.patiently(() =>
      starting.withClient(async (client) => {
        await refuseUnsettled(client, url)
        return migrate(client, schema, url)
      }),
    )
  } catch (error) {
    if (error instanceof StoreFailedError && isPassing(error.cause)) throw databaseError(url, error.cause)
    throw error
  } finally {
    await starting.close()
  }
}

function keepTidy(connections: Connections, onWarning: (warning: string) => void): () => void {
  const tidy = async () => {
    try {
      const last = `(select max(sequence) from ${NAMESPACE}._commits)`
      const text = `delete from ${NAMESPACE}._commits where at < now() - interval '${recordsKept}' and sequence < ${last}`
      await connections.rows({ text, values: [] })
    } catch (error) {
      if (error instanceof StoreFailedError) return
      onWarning(`old records of commits could not be removed: ${String(error)}`)
    }
  }
  const timer = setInterval(() => void tidy(), tidyEvery).unref()
  return () => clearInterval(timer)
}
