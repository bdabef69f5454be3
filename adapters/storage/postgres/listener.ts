/**
 * One connection that waits for the word of others (NOTIFY), and holds the mark that this process has the database
 * open. When it is lost it is made again; whatever was missed is asked for by number.
 */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { clientOptions } from './connections.ts'
import { DatabaseError, databaseError, isPassing } from './database-error.ts'
import { PRESENCE_LOCK } from './migrations.ts'
import { describeServer } from './server-name.ts'
import { NAMESPACE } from './tables.ts'

export interface ListenerOptions {
  readonly url: string
  /** The number of the last commit that is known of. */
  onSequence(sequence: number): Promise<void>
  /** The database is not to be used any more. */
  onRefused(error: DatabaseError): void
  /** How often to look without having been called, which also shows that the connection lives. */
  readonly lookEveryMs: number
}

const pauses = [50, 200, 500, 1_000, 2_000]

export class Listener {
  readonly #options: ListenerOptions
  #client: pg.Client | undefined
  #stopped = false
  #running: Promise<void> | undefined
  readonly #wake = new AbortController()

  constructor(options: ListenerOptions) {
    this.#options = options
  }

  /** Resolves with the number of the last commit when it hears what comes after it. @throws DatabaseError */
  async start(): Promise<number> {
    const { client, sequence, lost } = await this.#connect()
    this.#running = this.#keep(client, lost)
    return sequence
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#wake.abort()
    await this.#client?.end().catch(() => undefined)
    await this.#running
  }

  async #connect() {
    const { url, onSequence } = this.#options
    const client = new pg.Client(clientOptions(url))
    const lost = new Promise<void>((resolve) => {
      client.once('error', () => resolve())
      client.once('end', () => resolve())
    })
    client.on('error', () => undefined)
    client.on('notification', ({ payload = '' }) => {
      const sequence = Number.parseInt(payload, 10)
      if (sequence > 0) void onSequence(sequence)
    })
    try {
      await client.connect()
      await takePresence(client, url)
      await client.query(`listen ${NAMESPACE}`)
      return { client, lost, sequence: await lastSequence(client) }
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  async #keep(first: pg.Client, firstLost: Promise<void>): Promise<void> {
    let [client, lost]: [pg.Client | undefined, Promise<void>] = [first, firstLost]
    for (let failures = 0; !this.#stopped; ) {
      if (client === undefined) {
        try {
          const made = await this.#connect()
          ;[client, lost, failures] = [made.client, made.lost, 0]
          void this.#options.onSequence(made.sequence)
        } catch (error) {
          if (!isPassing(error)) this.#refused(error)
          await this.#pause(pauses[Math.min(failures++, pauses.length - 1)] as number)
          continue
        }
      }
      this.#client = client
      if (this.#stopped) break
      if (!(await this.#watchOver(client, lost))) {
        await client.end().catch(() => undefined)
        client = undefined
      }
    }
    await client?.end().catch(() => undefined)
  }

  /** True while it lives. */
  async #watchOver(client: pg.Client, lost: Promise<void>): Promise<boolean> {
    const over = new AbortController()
    const pause = this.#pause(this.#options.lookEveryMs, over.signal).then(() => false)
    const gone = await Promise.race([lost.then(() => true), pause])
    over.abort()
    if (gone || this.#stopped) return false
    try {
      void this.#options.onSequence(await lastSequence(client))
      return true
    } catch (error) {
      if (error instanceof Error) return false
      throw error
    }
  }

  #refused(error: unknown): void {
    const { url, onRefused } = this.#options
    onRefused(error instanceof DatabaseError ? error : databaseError(url, error))
  }

  async #pause(milliseconds: number, ...signals: AbortSignal[]): Promise<void> {
    const signal = AbortSignal.any([this.#wake.signal, ...signals])
    await wait(milliseconds, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

async function takePresence(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(
    `select pg_try_advisory_lock_shared(${PRESENCE_LOCK}) as taken`,
  )
  if (rows[0]?.taken !== true)
    throw new DatabaseError(
      `PostgreSQL at ${describeServer(url)}: its data is just being moved: wait until \`linli data move\` has ended`,
    )
}

async function lastSequence(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ sequence: string }>(
    `select coalesce(max(sequence), 0) as sequence from ${NAMESPACE}._commits`,
  )
  return Number(rows[0]?.sequence ?? 0)
}
