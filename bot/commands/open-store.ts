import { createFolder } from '../../adapters/storage/durable-files.ts'
import { holdsOwnData } from '../../adapters/storage/lowdb/moving-side.ts'
import { type LowdbStore, openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { type Config, ConfigError } from '../config.ts'
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
  // loaded here, because most installations have no use for it
  const { openPostgresStore } = await import('../../adapters/storage/postgres/store.ts')
  const store = await openPostgresStore({ url: database.url, schema, onWarning: warn })
  if ((await holdsOwnData(dataFolder)) && (await isEmpty(store))) {
    await store.close()
    throw new ConfigError([
      `LINLI_DATABASE_URL: the database is empty, but ${dataFolder} holds documents: bring them with ` +
        '`linli data move --to postgres`, or put that folder elsewhere to begin anew',
    ])
  }
  return { ...store, folder: dataFolder }
}

/** Nobody is entered, and nothing was ever asked for. */
async function isEmpty(store: Store): Promise<boolean> {
  const counts = await Promise.all(['people', 'tickets', 'audit'].map((name) => store.count(name)))
  return counts.every((count) => count === 0)
}
