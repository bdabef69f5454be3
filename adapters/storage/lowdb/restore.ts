/**
 * Puts a backup back. The order keeps what is there safe: the backup is read through, copied in beside the
 * data and read through again; only then are the old files moved aside and the new ones moved into place.
 *
 *   data/restoring.tmp/    being copied; the old data is untouched   (a crash: the next start removes it)
 *   data/restoring-…/      complete; files are being moved           (a crash: the start is refused)
 */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createFolder, FOLDER_MODE, syncFolder, TEMPORARY_SUFFIX } from '../durable-files.ts'
import {
  BackupError,
  copyDurably,
  MANIFEST_FILE,
  readManifest,
  syncFolders,
  verifyBackup,
} from './backup-files.ts'
import { DAILY_FOLDER } from './generations.ts'
import { LOCK_FILE, lockFolder } from './lock.ts'

const STAGING = `restoring${TEMPORARY_SUFFIX}`
const RESTORING = 'restoring-'
const ASIDE = 'before-restore-'

export interface RestoreOptions {
  /** Replace the data that is there: it is moved aside, never deleted. */
  readonly force?: boolean
  /** Milliseconds since 1970; names the folder of the data moved aside. */
  readonly now: number
  readonly onWarning: (warning: string) => void
  /** Documents are kept in PostgreSQL: those of a backup would lie here unread. */
  readonly filesOnly?: boolean
}

export interface Restored {
  readonly documents: number
  /** They were in PostgreSQL: only files came back. */
  readonly elsewhere: boolean
  /** When the backup was made. */
  readonly createdAt: string
  /** Where the data went that was there before. */
  readonly movedAside: string | undefined
}

/** @throws BackupError (damaged backup; folder holds data), LockedError (a bot is running on it) */
export async function restore(
  backupFolder: string,
  dataFolder: string,
  options: RestoreOptions,
): Promise<Restored> {
  // Before anything is touched, and before the lock: a bad backup is the answer, whoever runs.
  const { manifest } = await verifyBackup(backupFolder)
  if (options.filesOnly === true && manifest.documents !== 'elsewhere') {
    throw new BackupError(
      `${backupFolder} holds documents, but yours are in PostgreSQL (LINLI_DATABASE_URL): leave that out, restore, ` +
        'and then move them there with `linli data move --to postgres`; or bring back a dump with pg_restore',
    )
  }
  await createFolder(dataFolder)
  const lock = await lockFolder(dataFolder, {
    onWarning: options.onWarning,
    onLost: options.onWarning,
  })
  try {
    return await restoreLocked(backupFolder, dataFolder, options)
  } finally {
    await lock.release()
  }
}

/** A half restored folder must not be taken for data. Removes a copy that was never finished. @throws BackupError */
export async function refuseHalfRestored(dataFolder: string): Promise<void> {
  await rm(join(dataFolder, STAGING), { recursive: true, force: true })
  if ((await readdir(dataFolder)).some((name) => name.startsWith(RESTORING))) {
    throw new BackupError(
      `${dataFolder}: a restore was interrupted here: run linli restore again with --force`,
    )
  }
}

async function restoreLocked(
  backupFolder: string,
  dataFolder: string,
  options: RestoreOptions,
): Promise<Restored> {
  const old = await dataIn(dataFolder)
  if (old.length > 0 && options.force !== true) {
    throw new BackupError(
      `${dataFolder}: expected a folder without data, found ${old.slice(0, 3).join(', ')}: ` +
        'name another folder, or use --force to move what is there aside',
    )
  }
  const staging = join(dataFolder, STAGING)
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { mode: FOLDER_MODE })
  const { manifest, documents } = await copyVerified(backupFolder, staging)

  // From here to the last line a crash leaves the folder in between: this name says so.
  const complete = join(dataFolder, `${RESTORING}${randomUUID()}`)
  await rename(staging, complete)
  await syncFolder(dataFolder)
  const movedAside = old.length === 0 ? undefined : await moveAside(dataFolder, old, options.now)
  for (const name of await readdir(complete)) {
    if (name !== MANIFEST_FILE) {
      await rename(join(complete, name), join(dataFolder, name))
    }
  }
  await syncFolder(dataFolder)
  await rm(complete, { recursive: true })
  await syncFolder(dataFolder)
  const elsewhere = manifest.documents === 'elsewhere'
  return { documents, elsewhere, createdAt: manifest.createdAt, movedAside }
}

/** Daily snapshots stay where they are (the backup may be one of them), as does what was moved aside before. */
async function dataIn(dataFolder: string): Promise<string[]> {
  const entries = await readdir(dataFolder, { withFileTypes: true })
  return entries
    .filter((entry) => !entry.isSocket())
    .map((entry) => entry.name)
    .filter(
      (name) => name !== LOCK_FILE && name !== DAILY_FOLDER && name !== STAGING && !name.startsWith(ASIDE),
    )
}

async function copyVerified(backupFolder: string, staging: string) {
  const manifest = await readManifest(backupFolder)
  for (const { path } of manifest.files) {
    await copyDurably(join(backupFolder, path), join(staging, path))
  }
  await copyDurably(join(backupFolder, MANIFEST_FILE), join(staging, MANIFEST_FILE))
  await syncFolders(staging, manifest.files)
  return verifyBackup(staging)
}

async function moveAside(dataFolder: string, names: readonly string[], now: number): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(':', '-')
  const aside = await mkdtemp(join(dataFolder, `${ASIDE}${stamp}-`))
  for (const name of names) {
    await rename(join(dataFolder, name), join(aside, name))
  }
  await syncFolder(aside)
  await syncFolder(dataFolder)
  return aside
}
