/**
 * Photos on disk, named by the hash of their content: what somebody calls a file never becomes a path, the
 * same photo sent twice is kept once, and a file never changes once it has its name.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { createFolder, type OpenFile, syncFolder, TEMPORARY_SUFFIX, writeDurably } from './durable-files.ts'

export interface SavedPhoto {
  /** As its sender called it: to show, never to open. */
  readonly name: string
  /** Its name in the folder. */
  readonly file: string
}

export interface SweepOptions {
  /** Whether a document names this file. */
  readonly isNamed: (file: string) => boolean | Promise<boolean>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Younger files stay: the commit that names them may be on its way. Default: one day, in milliseconds. */
  readonly graceMs?: number
}

export interface Photos {
  /** Durable when it resolves, so that a commit may name the file. @throws PhotoError */
  save(name: string, bytes: Uint8Array): Promise<SavedPhoto>
  /** undefined when there is no such photo. @throws PhotoError when that cannot be the name of one */
  read(file: string): Promise<Buffer | undefined>
  /** Does nothing when it is gone already. @throws PhotoError when that cannot be the name of one */
  remove(file: string): Promise<void>
  /** Removes what nobody names; returns the names. */
  sweep(options: SweepOptions): Promise<readonly string[]>
}

export class PhotoError extends Error {
  readonly code: 'photo-too-large' | 'photo-empty' | 'photo-name'

  constructor(code: PhotoError['code'], message: string) {
    super(message)
    this.name = 'PhotoError'
    this.code = code
  }
}

export const MAXIMUM_PHOTO_BYTES = 20 * 1024 * 1024

const PHOTO_FILE = /^[0-9a-f]{64}\.(jpg|png|gif|webp|bmp|heic|avif|bin)$/
const GRACE_MS = 24 * 60 * 60 * 1000

/** The folder is created when it is not there. */
export async function openPhotos(
  folder: string,
  options: { readonly openFile?: OpenFile } = {},
): Promise<Photos> {
  await createFolder(folder)
  return {
    save: (name, bytes) => savePhoto(folder, name, bytes, options.openFile),
    async read(file) {
      return await ifThere(readFile(photoPath(folder, file)))
    },
    async remove(file) {
      await rm(photoPath(folder, file), { force: true })
      await syncFolder(folder)
    },
    sweep: (sweepOptions) => sweepPhotos(folder, sweepOptions),
  }
}

async function savePhoto(
  folder: string,
  name: string,
  bytes: Uint8Array,
  openFile: OpenFile | undefined,
): Promise<SavedPhoto> {
  if (bytes.length === 0) {
    throw new PhotoError('photo-empty', `${name}: expected a photo, found an empty file: send it again`)
  }
  if (bytes.length > MAXIMUM_PHOTO_BYTES) {
    throw new PhotoError(
      'photo-too-large',
      `${name}: expected at most ${MAXIMUM_PHOTO_BYTES} bytes, found ${bytes.length}: send a smaller photo`,
    )
  }
  const file = `${createHash('sha256').update(bytes).digest('hex')}.${extensionOf(bytes)}`
  const path = photoPath(folder, file)
  if ((await ifThere(stat(path)))?.size === bytes.length) {
    // It counts as new again, or a sweep could take it before the commit that names it.
    const now = new Date()
    await utimes(path, now, now)
  } else {
    await writeDurably(path, [bytes], openFile === undefined ? {} : { openFile })
  }
  return { name, file }
}

async function sweepPhotos(folder: string, { isNamed, now, graceMs = GRACE_MS }: SweepOptions) {
  const removed: string[] = []
  for (const file of await readdir(folder)) {
    const path = join(folder, file)
    const isOurs = PHOTO_FILE.test(file) || file.endsWith(TEMPORARY_SUFFIX)
    const age = now - ((await ifThere(stat(path)))?.mtimeMs ?? now)
    if (isOurs && age > graceMs && !(await isNamed(file))) {
      await rm(path, { force: true })
      removed.push(file)
    }
  }
  await syncFolder(folder)
  return removed
}

/** Only what save() gives can pass, so no path leads out of the folder. */
function photoPath(folder: string, file: string): string {
  if (!PHOTO_FILE.test(file)) {
    throw new PhotoError('photo-name', `expected the name of a saved photo, found ${JSON.stringify(file)}`)
  }
  return join(folder, file)
}

/** From the content alone. What is not known to be an image gets an extension that nothing opens. */
function extensionOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  const brand = start.slice(8, 12)
  const known: readonly (readonly [extension: string, fits: boolean])[] = [
    ['jpg', start.startsWith('\xff\xd8\xff')],
    ['png', start.startsWith('\x89PNG\r\n\x1a\n')],
    ['gif', start.startsWith('GIF87a') || start.startsWith('GIF89a')],
    ['webp', start.startsWith('RIFF') && brand === 'WEBP'],
    ['bmp', start.startsWith('BM')],
    ['heic', start.slice(4, 8) === 'ftyp' && ['heic', 'heix', 'hevc', 'mif1', 'msf1'].includes(brand)],
    ['avif', start.slice(4, 8) === 'ftyp' && brand === 'avif'],
  ]
  return known.find(([, fits]) => fits)?.[0] ?? 'bin'
}

async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined
    }
    throw error
  }
}
