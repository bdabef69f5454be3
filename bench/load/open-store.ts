import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import type { Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'

/** A folder, or the address of a PostgreSQL database. */
export function openStore(where: string): Promise<Store> {
  const onWarning = (text: string) => console.error(text)
  return where.startsWith('postgres')
    ? openPostgresStore({ url: where, schema, onWarning })
    : openLowdbStore({ folder: where, schema, onWarning })
}
