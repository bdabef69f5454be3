/** Backups of a running store: a consistent snapshot and the files beside it, verified before they count. */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { createFolder, FOLDER_MODE, syncFolder, TEMPORARY_SUFFIX, writeDurably } from '../durable-files.ts'
import {
  BACKUP_FORMAT,
  BACKUP_GENERATION,
  type BackedUpFile,
  BackupError,
  copyDurably,
  describeFile,
  isCode,
  linkOrCopy,
  MANIFEST_FILE,
  type Manifest,
  staysInside,
  syncFolders,
  verifyBackup,
} from './backup-files.ts'
import { DAILY_FOLDER, journalPath, snapshotPath } from './generations.ts'
import { encodeHeader } from './lines.ts'
import type { LowdbStore } from './store.ts'

/** Files and folders of the data folder, by name. What is not there is passed over. */
export interface BackupContents {
  /** Written once and never changed, so that a second name is as good as a copy. Default: photos. */
  readonly linked?: readonly string[]
  /** Everything else that matters. Default: nothing. */
  readonly copied?: readonly string[]
}

export interface BackupOptions {
  readonly contents?: BackupContents
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Without `snapshotTo` the documents are elsewhere, in PostgreSQL: then only the files are backed up. */
type RunningStore = Pick<LowdbStore, 'folder'> & {
  readonly snapshotTo?: LowdbStore['snapshotTo'] | undefined
}

/**
 * The target appears whole and verified, or not at all.
 * @throws BackupError when something is there already
 */
export async function backup(
  store: RunningStore,
  targetFolder: string,
  options: BackupOptions,
): Promise<Manifest> {
  const target = resolve(targetFolder)
  await refuseUsed(target)
  const staging = `${target}${TEMPORARY_SUFFIX}`
  await createFolder(dirname(target))
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { mode: FOLDER_MODE })
  try {
    const createdAt = new Date(options.now).toISOString()
    // Documents first: a photo is on disk before a document names it, so none that is named is missed.
    const { snapshotTo } = store
    const files = snapshotTo ? await putDocuments(snapshotTo, staging, createdAt) : []
    files.push(...(await putFiles(store.folder, staging, options.contents ?? {})))
    const manifest: Manifest = {
      ...{ linli: 'backup', format: BACKUP_FORMAT, createdAt, files },
      ...(snapshotTo === undefined && { documents: 'elsewhere' }),
    }
    await writeDurably(join(staging, MANIFEST_FILE), [
      Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`),
    ])
    await syncFolders(staging, files)
    await verifyBackup(staging)
    await rename(staging, target)
    await syncFolder(dirname(target))
    return manifest
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

/**
 * Today's backup under `daily/` in the data folder, unless it is there already; then the oldest beyond `keep`
 * (default 7) go. Returns its folder. The day is China's.
 */
export async function dailySnapshot(
  store: RunningStore,
  options: BackupOptions & { readonly keep?: number },
): Promise<string> {
  const { keep = 7 } = options
  if (!Number.isInteger(keep) || keep < 1) {
    throw new RangeError(`keep: expected a whole number of daily snapshots from 1, found ${keep}`)
  }
  const root = join(store.folder, DAILY_FOLDER)
  await createFolder(root)
  const folder = join(root, dayInChina(options.now))
  if (!(await readdir(root)).includes(basename(folder))) {
    await backup(store, folder, options)
  }
  const names = (await readdir(root)).sort()
  const days = names.filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name))
  const unfinished = names.filter((name) => name.endsWith(TEMPORARY_SUFFIX))
  for (const name of [...unfinished, ...days.slice(0, -keep)]) {
    await rm(join(root, name), { recursive: true })
  }
  return folder
}

async function refuseUsed(target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (isCode(error, ['ENOENT'])) {
      return []
    }
    throw error
  })
  if (names.length > 0) {
    throw new BackupError(
      `${target}: expected a new or empty folder, found ${names[0]} in it: name another one`,
    )
  }
}

async function putDocuments(
  snapshotTo: LowdbStore['snapshotTo'],
  staging: string,
  writtenAt: string,
): Promise<BackedUpFile[]> {
  const snapshot = snapshotPath(staging, BACKUP_GENERATION)
  await snapshotTo(snapshot)
  const journal = journalPath(staging, BACKUP_GENERATION)
  await writeDurably(journal, [encodeHeader({ linli: 'journal', generation: BACKUP_GENERATION, writtenAt })])
  return Promise.all([snapshot, journal].map((path) => describeFile(staging, relative(staging, path), true)))
}

async function putFiles(folder: string, staging: string, contents: BackupContents): Promise<BackedUpFile[]> {
  const { linked = ['photos'], copied = [] } = contents
  const files: BackedUpFile[] = []
  for (const [names, put, hashed] of [
    [linked, linkOrCopy, false],
    [copied, copyDurably, true],
  ] as const) {
    for (const name of names) {
      if (!staysInside(name)) {
        throw new BackupError(`expected a name in the data folder to back up, found ${JSON.stringify(name)}`)
      }
      for (const path of await filesBelow(folder, name)) {
        if (await putIfThere(put, join(folder, path), join(staging, path))) {
          files.push(await describeFile(staging, path, hashed))
        }
      }
    }
  }
  return files
}

/** What is erased while the backup runs was not wanted any more. */
async function putIfThere(put: typeof copyDurably, from: string, to: string): Promise<boolean> {
  try {
    await put(from, to)
    return true
  } catch (error) {
    if (isCode(error, ['ENOENT'])) {
      return false
    }
    throw error
  }
}

/** The paths of all files under a name, which may be a file itself; half-written ones are passed over. */
async function filesBelow(folder: string, name: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, name), { withFileTypes: true })
    const below = await Promise.all(
      entries.map((entry) => {
        const path = join(name, entry.name)
        return entry.isDirectory() ? filesBelow(folder, path) : entry.isFile() ? [path] : []
      }),
    )
    return below.flat().filter((path) => !path.endsWith(TEMPORARY_SUFFIX))
  } catch (error) {
    if (isCode(error, ['ENOENT'])) {
      return []
    }
    if (isCode(error, ['ENOTDIR'])) {
      return [name]
    }
    throw error
  }
}

function dayInChina(now: number): string {
  return new Date(now + 8 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
