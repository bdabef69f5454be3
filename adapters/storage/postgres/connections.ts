/**
 * The way to the server: a pool, and patience. A server that restarts is gone for seconds; whoever asks in the
 * meantime waits, is told once, and goes on.
 */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import { databaseError, isPassing } from './database-error.ts'
import type { Statement } from './find.ts'

export interface ConnectionOptions {
  readonly url: string
  readonly onWarning: (warning: string) => void
  /** Milliseconds to wait for a server that is away before the store gives up. */
  readonly patienceMs: number
}

/** Readers at once; besides them one connection writes and one listens. */
const readers = 5
const connectWithin = 5_000
/** A link that was cut without a word is noticed then. */
const answerWithin = 60_000
const longWithin = 6 * 3_600_000
const firstPause = 100
const longestPause = 2_000
/** What passes sooner need not be told. */
const tellAfter = 3_000

export class Connections {
  readonly #options: ConnectionOptions
  readonly #pool: pg.Pool
  #closed = false
  #hurried = false
  #toldAt = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#pool = new pg.Pool({ ...clientOptions(options.url), max: readers + 1, pipeline: true })
    // lost while it rests: the next one who asks gets a new one. Lost while it works: what it works on fails too
    this.#pool.on('error', () => undefined)
    this.#pool.on('connect', (client) => client.on('error', () => undefined))
  }

  get url(): string {
    return this.#options.url
  }

  /** @throws StoreFailedError, DatabaseError */
  async rows<T extends pg.QueryResultRow>({ text, values }: Statement): Promise<T[]> {
    const { rows } = await this.patiently(() => this.#pool.query<T>(text, values))
    return rows
  }

  /** A statement that may take hours. @throws StoreFailedError, DatabaseError */
  async runLong(text: string): Promise<void> {
    // pg takes it, its types do not know it
    const statement = { text, query_timeout: longWithin } as pg.QueryConfig
    await this.patiently(() => this.#pool.query(statement))
  }

  /** One connection for a transaction; a connection on which something failed is not used again. */
  async withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    let failed: Error | boolean = true
    try {
      const result = await work(client)
      failed = false
      return result
    } finally {
      client.release(failed)
    }
  }

  /** Again and again while it fails for a reason that passes. @throws StoreFailedError, DatabaseError */
  async patiently<T>(work: (attempt: number) => Promise<T>): Promise<T> {
    const begun = performance.now()
    for (let attempt = 0, pause = firstPause; ; attempt += 1, pause = Math.min(longestPause, pause * 2)) {
      this.throwIfClosed()
      try {
        return await work(attempt)
      } catch (error) {
        const waited = performance.now() - begun
        if (!isPassing(error)) throw isAnswer(error) ? databaseError(this.url, error) : error
        if (this.#hurried || waited + pause > this.#options.patienceMs) throw this.#givenUp(error, waited)
        if (waited > tellAfter) this.#tell(error)
      }
      await wait(pause)
    }
  }

  throwIfClosed(): void {
    if (this.#closed) {
      throw new StoreFailedError('expected an open store, but this one was closed: open it again')
    }
  }

  /** From now on nobody waits for a server that is away. */
  hurry(): void {
    this.#hurried = true
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#pool.end()
  }

  #givenUp(error: unknown, waited: number): StoreFailedError {
    const seconds = Math.round(waited / 1000)
    const { message } = databaseError(this.url, error)
    return new StoreFailedError(
      `the database did not answer for ${seconds} s: ${message}; then start again`,
      {
        cause: error,
      },
    )
  }

  #tell(error: unknown): void {
    if (performance.now() - this.#toldAt < 10_000) return
    this.#toldAt = performance.now()
    this.#options.onWarning(`waiting for the database: ${databaseError(this.url, error).message}`)
  }
}

/** Of the server or the system, not of this house. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^[A-Z0-9_]+$/u.test(String(error.code))
}

export function clientOptions(url: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'linli',
    connectionTimeoutMillis: connectWithin,
    query_timeout: answerWithin,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  }
}
