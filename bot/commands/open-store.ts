import { createFolder } from '../../adapters/storage/durable-files.ts'
import { type LowdbStore, openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import type { Config } from '../config.ts'
import type { Store } from '../ports/store.ts'
import { schema } from '../schema.ts'

/** The documents of a house, and the folder with everything that is a file: photos, knowledge, settings, reports. */
export interface HouseStore extends Store {
  readonly folder: string
  /** What was removed or changed is in no file of it any more. */
  compact(): Promise<void>
  /** Only of the embedded store. PostgreSQL is backed up with its own tools: pg_dump. */
  readonly snapshotTo?: LowdbStore['snapshotTo']
}

/** In PostgreSQL when LINLI_DATABASE_URL names one, else in the data folder. @throws LockedError, DatabaseError */
export async function openHouseStore(
  { dataFolder, database }: Pick<Config, 'dataFolder' | 'database'>,
  warn: (line: string) => void,
): Promise<HouseStore> {
  if (!database) return openLowdbStore({ folder: dataFolder, schema, onWarning: warn })
  await createFolder(dataFolder)
  const store = await openPostgresStore({ url: database.url, schema, onWarning: warn })
  return { ...store, folder: dataFolder }
}
