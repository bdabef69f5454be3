/**
 * Writing so that it survives a power cut. What the usual helpers leave out was measured
 * (lowdb's JSONFile: no fsync; write-file-atomic: short writes reported as success), hence these few lines.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** The part of a file handle that is needed to write; tests put a failing disk behind it. */
export interface WritableFile {
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>
  datasync(): Promise<void>
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

export type OpenFile = (path: string, flags: string, mode: number) => Promise<WritableFile>

/** Residents' words are in these files: they are for the account that runs the bot only. */
export const FILE_MODE = 0o600
export const FOLDER_MODE = 0o700
export const TEMPORARY_SUFFIX = '.tmp'

export const openOnDisk: OpenFile = (path, flags, mode) => open(path, flags, mode)

/** A full disk writes a part and reports no error: the error comes with the next call. */
export async function writeAll(file: WritableFile, bytes: Uint8Array): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written)
    if (bytesWritten === 0) {
      throw new Error(`expected to write ${bytes.length - written} more bytes, the disk took none`)
    }
    written += bytesWritten
  }
}

/** A new, renamed or removed name is durable only when its folder is synced. Windows cannot, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return
  }
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Does nothing when it is there; then its mode stays too, because the folder may be shared on purpose. */
export async function createFolder(folder: string): Promise<void> {
  const missing: string[] = []
  for (let each = resolve(folder); !(await isThere(each)); each = dirname(each)) {
    missing.unshift(each)
  }
  // One by one: where nothing can be made, as in /proc, Node's recursive mkdir tries for ever.
  for (const each of missing) {
    await makeFolder(each)
    await syncFolder(dirname(each))
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: FOLDER_MODE })
  } catch (error) {
    // Another process was faster.
    if (codeOf(error) !== 'EEXIST') {
      throw error
    }
  }
}

/** @throws Error when something that is no folder is in the way */
async function isThere(folder: string): Promise<boolean> {
  try {
    if ((await stat(folder)).isDirectory()) {
      return true
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return false
    }
    throw error
  }
  throw new Error(`${folder}: expected a folder, found a file: name another folder`)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

export interface DurableWrite {
  readonly openFile?: OpenFile
  /** Called when the bytes are on disk but not yet under their name. When it throws, the name does not appear. */
  readonly beforeRename?: () => Promise<void>
}

/** The whole file under its name, or nothing. Returns the number of bytes. */
export async function writeDurably(
  path: string,
  parts: Iterable<Uint8Array>,
  { openFile = openOnDisk, beforeRename }: DurableWrite = {},
): Promise<number> {
  const temporary = `${path}.${randomUUID()}${TEMPORARY_SUFFIX}`
  try {
    const bytes = await writeSynced(await openFile(temporary, 'wx', FILE_MODE), parts)
    await beforeRename?.()
    await rename(temporary, path)
    await syncFolder(dirname(path))
    return bytes
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeSynced(file: WritableFile, parts: Iterable<Uint8Array>): Promise<number> {
  try {
    let bytes = 0
    for (const part of parts) {
      await writeAll(file, part)
      bytes += part.length
    }
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}
