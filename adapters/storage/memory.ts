import {
  type Change,
  type Document,
  type Page,
  type Schema,
  type Store,
  type Stored,
  StoreFailedError,
} from '../../bot/ports/store.ts'
import { Collections } from './collections.ts'
import { createWatchers } from './watchers.ts'

export interface MemoryStoreOptions {
  /** Told what went wrong without a caller to tell it to. Default: a warning of the process. */
  readonly onWarning?: (warning: string) => void
}

/** A store that forgets everything with its process: for tests, replays and trying things out. */
export function openMemoryStore(schema: Schema, options: MemoryStoreOptions = {}): Store {
  const collections = new Collections(schema)
  const watchers = createWatchers(options.onWarning ?? ((warning) => process.emitWarning(warning)))
  let closed = false

  return {
    async get<T extends Document>(collection: string, id: string) {
      return collections.get(collection, id) as Stored<T> | undefined
    },
    async find<T extends Document>(collection: string, query = {}) {
      return collections.find(collection, query) as Page<T>
    },
    async count(collection, query = {}) {
      return collections.count(collection, query)
    },
    async commit(changes: readonly Change[]) {
      if (closed) {
        throw new StoreFailedError('expected an open store, but this one was closed: open it again')
      }
      const applied = collections.apply(changes)
      // As with a disk, nobody is called back before commit() has returned its promise.
      await Promise.resolve()
      if (applied.length > 0) {
        watchers.tell(applied.map(({ change }) => change))
      }
    },
    watch: (listener) => watchers.add(listener),
    async close() {
      closed = true
    },
  }
}
