import { statfs } from 'node:fs/promises'

export interface DiskSpaceOptions {
  /** Bytes below which to warn. Default: 1 GB, days of photos and several snapshots of a large street. */
  readonly minimumBytes?: number
  /** For tests. */
  readonly freeBytes?: (folder: string) => Promise<number>
}

const MINIMUM_BYTES = 1_000_000_000
const MEGABYTE = 1_000_000

/** What to tell the operator when the disk of this folder is filling up; undefined when there is room. */
export async function diskSpaceWarning(
  folder: string,
  options: DiskSpaceOptions = {},
): Promise<string | undefined> {
  const { minimumBytes = MINIMUM_BYTES, freeBytes = freeBytesOf } = options
  const free = await freeBytes(folder)
  if (free >= minimumBytes) {
    return undefined
  }
  return (
    `${folder}: ${Math.floor(free / MEGABYTE)} MB left on the disk, expected at least ` +
    `${Math.ceil(minimumBytes / MEGABYTE)} MB. When it is full the bot can store nothing: free space now`
  )
}

/** What this account may use, which is less than what is free for root. */
async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
