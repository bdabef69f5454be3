/**
 * The embedded store: lowdb over a journal in one data folder. One process writes; the lock sees to it.
 *
 * A commit changes memory at once and resolves when it is durable. In between, readers already see it: the
 * next decision must, or two decisions could both find a document absent. Nothing that is said to anybody
 * may rest on a commit before it has resolved; what is decided on top of it lies behind it in the journal,
 * so it cannot survive without it. After a failed write the process is read-only, until it is restarted.
 */
import { Low } from 'lowdb'
import type { Document, Page, Schema, Store, Stored } from '../../../bot/ports/store.ts'
import { Collections } from '../collections.ts'
import { createFolder } from '../durable-files.ts'
import { createWatchers } from '../watchers.ts'
import { JournalAdapter, type JournalledData, type JournalOptions } from './journal-adapter.ts'
import { lockFolder } from './lock.ts'
import { refuseMoved } from './moving-side.ts'
import { refuseHalfRestored } from './restore.ts'

export interface LowdbStoreOptions {
  /** Created when it is not there. */
  readonly folder: string
  readonly schema: Schema
  /** Bytes of journal after which a new snapshot is written. Default: 4 MB or half the last snapshot. */
  readonly compactBytes?: number | undefined
  /** Milliseconds since 1970; stands in the headers of the files only. */
  readonly now?: () => number
  /** Told what went wrong without a caller to tell it to. Default: a warning of the process. */
  readonly onWarning?: (warning: string) => void
  /** For tests: a disk that fails. */
  readonly openFile?: JournalOptions['openFile']
  /** Milliseconds between two heartbeats of the lock. Default: 2,000. */
  readonly heartbeatMs?: number | undefined
}

export interface LowdbStore extends Store {
  readonly folder: string
  /** All documents of this instant as a durable file, which restore.ts reads; see backup.ts. */
  snapshotTo(path: string): Promise<number>
  /** Writes the files anew, without what was removed or changed. */
  compact(): Promise<void>
}

/** @throws LockedError, StoreDamagedError, StoreFormatError */
export async function openLowdbStore(options: LowdbStoreOptions): Promise<LowdbStore> {
  const { folder, schema, now = Date.now, onWarning = (warning) => process.emitWarning(warning) } = options
  await createFolder(folder)
  const adapter = new JournalAdapter({ ...options, now, onWarning })
  const lock = await lockFolder(folder, {
    onWarning,
    onLost: (why) => adapter.refuse(why),
    heartbeatMs: options.heartbeatMs,
  })
  const low = new Low<JournalledData>(adapter, { collections: new Collections(schema), unsaved: [] })
  try {
    await refuseHalfRestored(folder)
    await refuseMoved(folder)
    await low.read()
  } catch (error) {
    await lock.release()
    throw error
  }
  const watchers = createWatchers(onWarning)

  return {
    folder,
    async get<T extends Document>(collection: string, id: string) {
      return low.data.collections.get(collection, id) as Stored<T> | undefined
    },
    async find<T extends Document>(collection: string, query = {}) {
      return low.data.collections.find(collection, query) as Page<T>
    },
    async count(collection, query = {}) {
      return low.data.collections.count(collection, query)
    },
    async commit(changes) {
      adapter.throwIfRefusing()
      const applied = low.data.collections.apply(changes)
      if (applied.length > 0) {
        for (const { change, text } of applied) {
          low.data.unsaved.push(`[${JSON.stringify(change.collection)},${JSON.stringify(change.id)},${text}]`)
        }
        await low.write()
        watchers.tell(applied.map(({ change }) => change))
      }
    },
    watch: (listener) => watchers.add(listener),
    async snapshotTo(path) {
      adapter.throwIfRefusing()
      return adapter.snapshotTo(path)
    },
    async compact() {
      adapter.throwIfRefusing()
      await adapter.compact()
    },
    async close() {
      await adapter.close()
      await lock.release()
    },
  }
}
