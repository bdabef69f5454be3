/**
 * Who watches, and how far they have heard. Every commit of every process has a number; they are told in that order,
 * each once: those of this process with the documents as they were written, before commit() resolves; those of others
 * when PostgreSQL calls (or, when a call was lost with its connection, at the next look), with the documents as they
 * are then. A document that has changed again in the meantime is told twice as it is now.
 */
import type { Change, Document } from '../../../bot/ports/store.ts'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import { createWatchers } from '../watchers.ts'
import type { Connections } from './connections.ts'
import { type DocumentRow, documentOf } from './find.ts'
import { textKey } from './index-key.ts'
import { NAMESPACE, type Table } from './tables.ts'
import type { CommitRecord, NamedChange } from './transaction.ts'

interface LoggedCommit {
  readonly sequence: string
  readonly batch: string
  readonly changes: readonly NamedChange[]
}

const page = 200

export interface FeedOptions {
  readonly connections: Connections
  readonly tables: ReadonlyMap<string, Table>
  /** The last commit before this process. */
  readonly sequence: number
  readonly onWarning: (warning: string) => void
  /** Cut off for so long that what was missed is not known any more. */
  readonly onLost: (failure: StoreFailedError) => void
}

export class Feed {
  readonly #options: FeedOptions
  readonly #watchers: ReturnType<typeof createWatchers>
  #listeners = 0
  #heard: number
  #turn: Promise<void> = Promise.resolve()

  constructor(options: FeedOptions) {
    this.#options = options
    this.#heard = options.sequence
    this.#watchers = createWatchers(options.onWarning)
  }

  watch(listener: (changes: readonly Change[]) => void): () => void {
    const stop = this.#watchers.add(listener)
    let watching = true
    this.#listeners += 1
    return () => {
      if (watching) this.#listeners -= 1
      watching = false
      stop()
    }
  }

  /** Of commits of this process. */
  tell(batch: string, records: readonly CommitRecord[]): Promise<void> {
    const last = records.at(-1)
    return last === undefined
      ? Promise.resolve()
      : this.#inTurn(() => this.#advance(last.sequence, batch, records))
  }

  /** Of whatever others have committed up to this number. */
  hear(sequence: number): Promise<void> {
    return this.#inTurn(() => this.#advance(sequence, '', []))
  }

  /** One after the other; what fails is heard of at the next look. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(work).catch((error: unknown) => {
      this.#options.onWarning(`what other processes changed could not be read: ${String(error)}`)
    })
    return this.#turn
  }

  async #advance(to: number, batch: string, own: readonly CommitRecord[]): Promise<void> {
    if (to <= this.#heard) return
    const [first] = own
    if (this.#listeners > 0 && first?.sequence !== this.#heard + 1) await this.#tellLogged(to, batch, own)
    else this.#tellOwn(own)
    this.#heard = Math.max(this.#heard, to)
  }

  #tellOwn(own: readonly CommitRecord[]): void {
    for (const { changes, sequence } of own) {
      if (sequence > this.#heard) this.#watchers.tell(changes.map(({ told }) => told))
    }
  }

  /** There is something of others in between. */
  async #tellLogged(to: number, batch: string, own: readonly CommitRecord[]): Promise<void> {
    while (this.#heard < to) {
      const commits = await this.#options.connections.rows<LoggedCommit>({
        text: `select sequence, batch, changes from ${NAMESPACE}._commits where sequence > $1 and sequence <= $2 order by sequence limit ${page}`,
        values: [this.#heard, to],
      })
      if (Number(commits[0]?.sequence) !== this.#heard + 1) {
        this.#options.onLost(
          new StoreFailedError(
            'this process was cut off from its database for too long to know what changed: start again',
          ),
        )
        return
      }
      const documents = await this.#documentsOf(commits.filter((commit) => commit.batch !== batch))
      for (const { sequence, changes } of commits) {
        const mine = own.find((record) => record.sequence === Number(sequence))
        this.#watchers.tell(
          mine ? mine.changes.map(({ told }) => told) : changes.map((each) => documents(each)),
        )
        this.#heard = Number(sequence)
      }
    }
  }

  async #documentsOf(commits: readonly LoggedCommit[]): Promise<(change: NamedChange) => Change> {
    const wanted = new Map<string, Set<string>>()
    for (const [collection, id] of commits.flatMap(({ changes }) => changes)) {
      wanted.set(collection, (wanted.get(collection) ?? new Set()).add(id))
    }
    const found = new Map<string, Document>()
    for (const [collection, ids] of wanted) {
      const table = this.#options.tables.get(collection)
      if (table === undefined) continue
      const rows = await this.#options.connections.rows<DocumentRow>({
        text: `select version, body from ${table.name} where id = any($1::text[])`,
        values: [[...ids].map(textKey)],
      })
      for (const row of rows) found.set(`${collection}\n${row.body.id}`, documentOf(row))
    }
    return ([collection, id]) => {
      const put = found.get(`${collection}\n${id}`)
      return put ? { collection, id, put } : { collection, id, remove: true }
    }
  }
}
