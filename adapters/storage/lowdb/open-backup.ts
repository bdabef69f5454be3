/** A backup as a store that can be read: for looking it over without restoring it. */
import type { Document, Page, Schema, Store, Stored } from '../../../bot/ports/store.ts'
import { StoreFailedError } from '../../../bot/ports/store.ts'
import { Collections } from '../collections.ts'
import { BACKUP_GENERATION, BackupError, verifyBackup } from './backup-files.ts'
import { snapshotPath } from './generations.ts'
import { readSnapshot } from './snapshot.ts'

/** Nothing in the folder is changed, and no lock is taken. @throws BackupError, StoreDamagedError */
export async function openBackup(folder: string, schema: Schema): Promise<Store> {
  const { manifest } = await verifyBackup(folder)
  if (manifest.documents === 'elsewhere') {
    throw new BackupError(
      `${folder}: expected a backup with documents, found files only: its documents were in PostgreSQL, look them over there`,
    )
  }
  const collections = new Collections(schema)
  await readSnapshot(snapshotPath(folder, BACKUP_GENERATION), BACKUP_GENERATION, (...entry) =>
    collections.load(...entry),
  )
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
    async commit() {
      throw new StoreFailedError(`${folder} is a backup: restore it before anything is changed`)
    },
    watch: () => () => undefined,
    close: async () => undefined,
  }
}
