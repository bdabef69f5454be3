/**
 * Commits of this process, in the order in which they were asked for. What arrives while the database is busy goes
 * into one transaction: each commit is judged by itself, on what the one before it left, and all become durable with
 * one write to the disk. So one writer at a time, over all processes, is enough for thousands of commits a second,
 * and makes everything else simple: nothing can come between reading and writing, also not a document that was absent;
 * there are no deadlocks; and the numbers of commits grow in the order in which they become visible.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import type { Connections } from './connections.ts'
import type { Feed } from './feed.ts'
import { type AppliedChange, applyCommit, type PreparedChange } from './prepared-commit.ts'
import { beginWriting, type CommitRecord, sequencesOf, writeStatement } from './transaction.ts'

interface Waiting {
  readonly changes: readonly PreparedChange[]
  resolve(): void
  reject(error: unknown): void
}

/** A commit that was judged: what it did, or why not. */
interface Judged {
  readonly waiting: Waiting
  readonly applied: readonly AppliedChange[]
  readonly refusal?: unknown
}

/** In one transaction. */
const mostCommits = 200
const mostChanges = 5_000

export class Writer {
  readonly #connections: Connections
  readonly #feed: Feed
  readonly #revision: number
  readonly #queue: Waiting[] = []
  #working: Promise<void> | undefined
  #failure: StoreFailedError | undefined

  constructor(connections: Connections, feed: Feed, revision: number) {
    this.#connections = connections
    this.#feed = feed
    this.#revision = revision
  }

  /** Resolves when it is durable and those who watch in this process were told. */
  commit(changes: readonly PreparedChange[]): Promise<void> {
    this.throwIfRefusing()
    return new Promise((resolve, reject) => {
      this.#queue.push({ changes, resolve, reject })
      this.#working ??= this.#work()
    })
  }

  throwIfRefusing(): void {
    this.#connections.throwIfClosed()
    if (this.#failure !== undefined) throw this.#failure
  }

  /** From now on nothing is written; those who wait are told the same. */
  refuse(failure: StoreFailedError): void {
    this.#failure ??= failure
    for (const waiting of this.#queue.splice(0)) waiting.reject(this.#failure)
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#working
  }

  async #work(): Promise<void> {
    // everything that is committed in this turn joins the first transaction
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#next()
      try {
        await this.#write(batch)
      } catch (error) {
        if (error instanceof StoreFailedError) this.refuse(error)
        for (const { reject } of batch) reject(error)
      }
    }
    this.#working = undefined
  }

  #next(): Waiting[] {
    let changes = 0
    const end = this.#queue.findIndex((waiting, at) => {
      changes += waiting.changes.length
      return at >= mostCommits || (at > 0 && changes > mostChanges)
    })
    return this.#queue.splice(0, end < 0 ? this.#queue.length : end)
  }

  /** One bad apple must not spoil the others: what the database will not take together it gets singly. */
  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#writeTogether(batch)
    } catch (error) {
      if (batch.length === 1 || error instanceof StoreFailedError) throw error
      for (const waiting of batch) await this.#writeTogether([waiting]).catch(waiting.reject)
    }
  }

  async #writeTogether(batch: readonly Waiting[]): Promise<void> {
    const id = randomUUID()
    let judged: readonly Judged[] = []
    const records = await this.#connections.patiently((attempt) =>
      this.#connections.withClient(async (client) => {
        const { versions, sequence } = await beginWriting(
          client,
          this.#revision,
          batch.flatMap(({ changes }) => changes),
        )
        // the answer to an earlier attempt was lost: it may have happened all the same
        const written = attempt === 0 ? [] : await sequencesOf(client, id)
        if (written.length > 0) {
          await client.query('rollback')
          return numbered(judged, written)
        }
        judged = batch.map((waiting) => judge(waiting, versions))
        const made = judged.filter(({ applied }) => applied.length > 0)
        const own = numbered(
          judged,
          made.map((_, at) => sequence + 1 + at),
        )
        await finish(client, id, own)
        return own
      }),
    )
    await this.#feed.tell(id, records)
    for (const { waiting, refusal } of judged) {
      if (refusal === undefined) waiting.resolve()
      else waiting.reject(refusal)
    }
  }
}

function judge(waiting: Waiting, versions: Parameters<typeof applyCommit>[1]): Judged {
  try {
    return { waiting, applied: applyCommit(waiting.changes, versions) }
  } catch (refusal) {
    return { waiting, applied: [], refusal }
  }
}

/** Those that changed something, with their numbers. */
function numbered(judged: readonly Judged[], sequences: readonly number[]): CommitRecord[] {
  return judged
    .filter(({ applied }) => applied.length > 0)
    .map(({ applied }, at) => ({ sequence: sequences[at] as number, changes: applied }))
}

async function finish(client: pg.ClientBase, batch: string, records: readonly CommitRecord[]): Promise<void> {
  if (records.length === 0) {
    await client.query('rollback')
    return
  }
  const { text, values } = writeStatement(batch, records)
  // sent together: the others wait until both are done. When the first fails, the second undoes it all
  await Promise.all([client.query(text, values), client.query('commit')])
}
