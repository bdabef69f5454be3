import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MANIFEST_FILE } from '../../adapters/storage/lowdb/backup-files.ts'
import { listGenerations } from '../../adapters/storage/lowdb/generations.ts'
import { openBackup } from '../../adapters/storage/lowdb/open-backup.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { Store } from '../ports/store.ts'
import { schema } from '../schema.ts'

/** The store of a backup, of a day under daily/, or of a data folder that no bot runs on. @throws LockedError */
export async function openFolder(name: string, warn: (line: string) => void): Promise<Store> {
  const folder = resolve(name)
  if (!existsSync(folder)) throw new Error(`${folder}: there is no such folder`)
  if (existsSync(join(folder, MANIFEST_FILE))) return openBackup(folder, schema)
  const { journals, snapshots } = await listGenerations(folder)
  if (journals.length + snapshots.length === 0)
    throw new Error(
      `${folder}: expected a backup or a data folder, found neither ${MANIFEST_FILE} nor a journal`,
    )
  return openLowdbStore({ folder, schema, onWarning: warn })
}
