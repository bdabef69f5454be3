/** What a backup folder holds, and the check that it still holds it. Used when one is made and when one is restored. */
import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { chmod, copyFile, link, open, readFile, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { createFolder, FILE_MODE, syncFolder } from '../durable-files.ts'
import { snapshotPath } from './generations.ts'
import { readSnapshot } from './snapshot.ts'

export const MANIFEST_FILE = 'manifest.json'
export const BACKUP_FORMAT = 1
/** A backup is a data folder of one generation. */
export const BACKUP_GENERATION = 1

const manifestShape = z.object({
  linli: z.literal('backup'),
  format: z.int().min(1),
  createdAt: z.string(),
  /** They were in PostgreSQL when this was made: here are the files beside them. */
  documents: z.literal('elsewhere').optional(),
  files: z.array(
    z.object({
      /** With `/`, below the backup folder. */
      path: z.string().refine(staysInside, 'a path below the folder'),
      bytes: z.int(),
      /** Not of linked files: they are many, and a photo is named after its hash. */
      sha256: z.string().optional(),
    }),
  ),
})
export type Manifest = z.infer<typeof manifestShape>
export type BackedUpFile = Manifest['files'][number]

export class BackupError extends Error {
  readonly code = 'backup'

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BackupError'
  }
}

export function staysInside(path: string): boolean {
  const plain = normalize(path)
  return path !== '' && !isAbsolute(path) && plain !== '.' && plain.split(sep)[0] !== '..'
}

/** Reads everything back. @throws BackupError, StoreDamagedError */
export async function verifyBackup(
  folder: string,
): Promise<{ readonly manifest: Manifest; readonly documents: number }> {
  const manifest = await readManifest(folder)
  for (const { path, bytes, sha256 } of manifest.files) {
    const file = join(folder, path)
    const size = await sizeOf(file)
    if (size !== bytes || (sha256 !== undefined && (await hashOf(file)) !== sha256)) {
      const found = size === undefined ? 'nothing' : size === bytes ? 'other content' : `${size} bytes`
      throw new BackupError(
        `${file}: expected the ${bytes} bytes backed up, found ${found}: use another backup`,
      )
    }
  }
  let documents = 0
  if (manifest.documents === 'elsewhere') return { manifest, documents }
  await readSnapshot(snapshotPath(folder, BACKUP_GENERATION), BACKUP_GENERATION, () => {
    documents += 1
  })
  return { manifest, documents }
}

/** @throws BackupError */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new BackupError(
      `${folder}: expected a backup with ${MANIFEST_FILE}, found none: name the backup's own folder`,
      {
        cause: error,
      },
    )
  })
  const manifest = manifestShape.safeParse(parseJson(text))
  if (!manifest.success) {
    throw new BackupError(
      `${path}: expected the list of a backup's files: ${z.prettifyError(manifest.error)}`,
    )
  }
  if (manifest.data.format > BACKUP_FORMAT) {
    throw new BackupError(
      `${path}: made by a newer LinLi (format ${manifest.data.format}): restore it with that version`,
    )
  }
  return manifest.data
}

/** Durable apart from its folder's entry, which the caller syncs once for all files. */
export async function copyDurably(from: string, to: string): Promise<void> {
  await createFolder(dirname(to))
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  await chmod(to, FILE_MODE)
  const file = await open(to, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A second name for the same bytes where the file system can, else a copy. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await createFolder(dirname(to))
  try {
    await link(from, to)
  } catch (error) {
    // Another disk, too many links, or a file system without links.
    if (isCode(error, ['EXDEV', 'EMLINK', 'EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])) {
      await copyDurably(from, to)
      return
    }
    throw error
  }
}

export async function describeFile(folder: string, path: string, hashed: boolean): Promise<BackedUpFile> {
  const file = join(folder, path)
  const { size } = await stat(file)
  return { path: path.split(sep).join('/'), bytes: size, ...(hashed ? { sha256: await hashOf(file) } : {}) }
}

/** The folders of these files, so that their names last. */
export async function syncFolders(root: string, files: readonly { readonly path: string }[]): Promise<void> {
  const folders = new Set([root])
  for (const { path } of files) {
    for (let folder = dirname(join(root, path)); folder.length > root.length; folder = dirname(folder)) {
      folders.add(folder)
    }
  }
  for (const folder of folders) {
    await syncFolder(folder)
  }
}

export function isCode(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (isCode(error, ['ENOENT', 'ENOTDIR'])) {
      return undefined
    }
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined
    }
    throw error
  }
}
