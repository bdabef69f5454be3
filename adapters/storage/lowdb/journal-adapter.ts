/**
 * The adapter behind lowdb's `Low`: where lowdb's own JSONFile writes everything at every write() and syncs
 * nothing, this one appends what has changed to a journal and syncs that.
 *
 * Group commit: what arrives while the disk is busy is written together, as ONE line. So a write that a power
 * cut tears apart is always the last line, whichever of its pages reached the disk, and never looks like damage.
 *
 * After a failed write memory is ahead of the disk. Nothing more is taken then: see `refuse`.
 */
import type { Adapter } from 'lowdb'
import { type Schema, StoreFailedError } from '../../../bot/ports/store.ts'
import { Collections } from '../collections.ts'
import { type OpenFile, openOnDisk } from '../durable-files.ts'
import { removeOlder, snapshotPath } from './generations.ts'
import { createJournal, type JournalFile, openJournal } from './journal-file.ts'
import { encodeLine } from './lines.ts'
import { recover } from './recover.ts'
import { writeSnapshot } from './snapshot.ts'

/** What `Low` holds: the documents, and the changes that no write() has taken yet, as JSON of RecordedEntry. */
export interface JournalledData {
  readonly collections: Collections
  readonly unsaved: string[]
}

export interface JournalOptions {
  readonly folder: string
  readonly schema: Schema
  /** A new snapshot is due after this many bytes of journal. Default: 4 MB or half the last snapshot. */
  readonly compactBytes?: number | undefined
  readonly now: () => number
  readonly onWarning: (warning: string) => void
  readonly openFile?: OpenFile | undefined
}

interface Waiter {
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const COMPACT_BYTES = 4_000_000

export class JournalAdapter implements Adapter<JournalledData> {
  readonly #options: JournalOptions & { readonly openFile: OpenFile }
  #data: JournalledData | undefined
  #journal: JournalFile | undefined
  #generation = 0
  #snapshotBytes = 0
  #bytesSinceSnapshot = 0
  readonly #unsaved: string[] = []
  readonly #waiters: Waiter[] = []
  #flushing: Promise<void> | undefined
  #compaction: Promise<void> | undefined
  #compactNow = false
  readonly #background = new Set<Promise<unknown>>()
  #failure: (() => StoreFailedError) | undefined
  #closed = false

  constructor(options: JournalOptions) {
    this.#options = { ...options, openFile: options.openFile ?? openOnDisk }
  }

  /** @throws StoreDamagedError, StoreFormatError */
  async read(): Promise<JournalledData> {
    const { folder, schema, onWarning, openFile } = this.#options
    const collections = new Collections(schema)
    const found = await recover(folder, collections, onWarning)
    this.#generation = Math.max(1, found.generation)
    this.#journal =
      found.generation === 0
        ? await createJournal(folder, this.#generation, this.#writtenAt(), openFile)
        : await openJournal(folder, this.#generation, found.journalBytes, openFile)
    this.#snapshotBytes = found.snapshotBytes
    this.#bytesSinceSnapshot = found.bytesSinceSnapshot
    this.#data = { collections, unsaved: [] }
    return this.#data
  }

  /** Takes the unsaved changes; resolves when they are durable. @throws StoreFailedError */
  async write(data: JournalledData): Promise<void> {
    this.throwIfRefusing()
    await this.#enqueue(data.unsaved.splice(0))
  }

  /** To be asked before memory is changed. */
  throwIfRefusing(): void {
    if (this.#failure !== undefined) {
      throw this.#failure()
    }
    if (this.#closed) {
      throw new StoreFailedError('expected an open store, but this one was closed: open it again')
    }
  }

  /** From now on nothing is written; those who wait for a write are told the same. */
  refuse(message: string, cause?: unknown): void {
    this.#failure ??= () => new StoreFailedError(message, { cause })
    for (const waiter of this.#waiters.splice(0)) {
      waiter.reject(this.#failure())
    }
  }

  /** All documents of this instant, durable at `path`. They are durable in the journal too when it resolves. */
  snapshotTo(path: string, generation = 1): Promise<number> {
    const captured = (this.#data as JournalledData).collections.capture()
    return this.#inBackground(
      writeSnapshot(path, { generation, writtenAt: this.#writtenAt() }, captured, {
        openFile: this.#options.openFile,
        // What was captured may still be on its way to the journal. If it never gets there, neither may this.
        beforeRename: () => this.#enqueue([]),
      }),
    )
  }

  /** A snapshot now, and no journal before it: what was removed is in neither. When it fails, that is warned of. */
  async compact(): Promise<void> {
    // One that is under way may have captured what was removed since.
    await this.#compaction
    this.#compactNow = true
    await this.#enqueue([])
    await this.#flushing
    await this.#compaction
  }

  /** Writes what is waiting, lets background work end, and closes the file. */
  async close(): Promise<void> {
    this.#closed = true
    while (this.#flushing !== undefined || this.#background.size > 0) {
      await this.#flushing
      await Promise.allSettled(this.#background)
    }
    const journal = this.#journal
    this.#journal = undefined
    await journal?.close()
  }

  /** Resolves when these entries, and all before them, are durable. */
  #enqueue(entries: readonly string[]): Promise<void> {
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure())
    }
    for (const entry of entries) {
      this.#unsaved.push(entry)
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  async #flush(): Promise<void> {
    // Everything that is committed in this turn joins the first group.
    await Promise.resolve()
    while (this.#waiters.length > 0) {
      const waiters = this.#waiters.splice(0)
      const entries = this.#unsaved.splice(0)
      try {
        await this.#append(entries)
      } catch (error) {
        this.#waiters.unshift(...waiters)
        this.refuse(this.#failureMessage(error), error)
        break
      }
      for (const waiter of waiters) {
        waiter.resolve()
      }
      const due = this.#compactNow || this.#bytesSinceSnapshot > this.#compactBytes()
      if (due && this.#compaction === undefined) {
        await this.#startCompaction()
      }
    }
    this.#flushing = undefined
  }

  async #append(entries: readonly string[]): Promise<void> {
    if (entries.length > 0) {
      const line = encodeLine(`[${entries.join(',')}]`)
      await this.#journal?.append(line)
      this.#bytesSinceSnapshot += line.length
    }
  }

  #compactBytes(): number {
    return this.#options.compactBytes ?? Math.max(COMPACT_BYTES, this.#snapshotBytes / 2)
  }

  /** New journal first, then the snapshot: so at every moment one snapshot and its journals are complete. */
  async #startCompaction(): Promise<void> {
    const { folder, onWarning, openFile } = this.#options
    // Also when it fails: the next attempt comes after as many bytes again, not with every commit.
    this.#bytesSinceSnapshot = 0
    this.#compactNow = false
    const generation = this.#generation + 1
    try {
      const before = this.#journal
      this.#journal = await createJournal(folder, generation, this.#writtenAt(), openFile)
      this.#generation = generation
      await before?.close()
    } catch (error) {
      onWarning(`${folder}: no new journal could be begun, the old one is used on: ${String(error)}`)
    }
    if (this.#generation === generation) {
      this.#compaction = this.#inBackground(this.#compact(generation))
    }
  }

  async #compact(generation: number): Promise<void> {
    const { folder, onWarning } = this.#options
    try {
      this.#snapshotBytes = await this.snapshotTo(snapshotPath(folder, generation), generation)
      await removeOlder(folder, generation)
    } catch (error) {
      onWarning(`${folder}: no new snapshot could be written, the journals are kept: ${String(error)}`)
    } finally {
      this.#compaction = undefined
    }
  }

  #inBackground<T>(work: Promise<T>): Promise<T> {
    this.#background.add(work)
    const forget = () => this.#background.delete(work)
    work.then(forget, forget)
    return work
  }

  #failureMessage(error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error)
    return (
      `expected to write to ${this.#journal?.path}, but the disk refused: ${reason}. ` +
      'Nothing more is stored until LinLi is restarted (reading still works): ' +
      'free space or repair the disk first, then restart'
    )
  }

  #writtenAt(): string {
    return new Date(this.#options.now()).toISOString()
  }
}
