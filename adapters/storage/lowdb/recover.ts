/**
 * Reads a data folder back. Two things look alike and are treated differently:
 * a bad end of the newest journal is a write that a crash cut off, which nobody was told had succeeded: it is cut;
 * a bad line with a good one after it was acknowledged and damaged later: the start is refused.
 */
import { open, readdir, stat } from 'node:fs/promises'
import type { Collections } from '../collections.ts'
import { syncFolder } from '../durable-files.ts'
import {
  DAILY_FOLDER,
  journalPath,
  listGenerations,
  removeOlder,
  removeTemporary,
  snapshotPath,
} from './generations.ts'
import { parseHeader, readLines, StoreDamagedError } from './lines.ts'
import { type RecordedEntry, readSnapshot } from './snapshot.ts'

export interface Recovered {
  /** Of the newest journal; 0 when the folder holds no data yet. */
  readonly generation: number
  readonly journalBytes: number
  /** Of all journals since the newest snapshot. */
  readonly bytesSinceSnapshot: number
  readonly snapshotBytes: number
}

/** @throws StoreDamagedError, StoreFormatError: then nothing in the folder has been touched */
export async function recover(
  folder: string,
  collections: Collections,
  onWarning: (warning: string) => void,
): Promise<Recovered> {
  const { snapshots, journals, temporary } = await listGenerations(folder)
  const base = snapshots.at(-1) ?? 1
  const used = journals.filter((generation) => generation >= base)
  if (snapshots.length === 0 && journals.length === 0) {
    await refuseVanished(folder)
    await removeTemporary(folder, temporary)
    return { generation: 0, journalBytes: 0, bytesSinceSnapshot: 0, snapshotBytes: 0 }
  }
  refuseGaps(folder, base, used, snapshots.length > 0)

  const load = (...[collection, id, document]: RecordedEntry) => collections.load(collection, id, document)
  let snapshotBytes = 0
  if (snapshots.length > 0) {
    const path = snapshotPath(folder, base)
    await readSnapshot(path, base, load)
    snapshotBytes = (await stat(path)).size
  }
  let bytesSinceSnapshot = 0
  let journalBytes = 0
  for (const generation of used) {
    journalBytes = await readJournal(folder, generation, generation === used.at(-1), load, onWarning)
    bytesSinceSnapshot += journalBytes
  }
  await removeTemporary(folder, temporary)
  await removeOlder(folder, base)
  return { generation: used.at(-1) ?? base, journalBytes, bytesSinceSnapshot, snapshotBytes }
}

/** Where snapshots of the days are, there was data: an empty store would soon take their place. */
async function refuseVanished(folder: string): Promise<void> {
  if ((await readdir(folder)).includes(DAILY_FOLDER)) {
    throw new StoreDamagedError(
      journalPath(folder, 1),
      0,
      `the file is missing, though ${DAILY_FOLDER}/ is there`,
    )
  }
}

/** A missing file must not look like an empty one. */
function refuseGaps(folder: string, base: number, journals: readonly number[], hasSnapshot: boolean): void {
  const expected = journals.findIndex((generation, at) => generation !== base + at)
  if (journals.length === 0 || expected >= 0) {
    const missing = journalPath(folder, base + Math.max(0, expected))
    const why = hasSnapshot ? 'the file is missing' : 'the file is missing, or the snapshot after it'
    throw new StoreDamagedError(missing, 0, why)
  }
}

/** Returns the number of good bytes. */
async function readJournal(
  folder: string,
  generation: number,
  newest: boolean,
  load: (...entry: RecordedEntry) => void,
  onWarning: (warning: string) => void,
): Promise<number> {
  const path = journalPath(folder, generation)
  let hasHeader = false
  let badFrom: number | undefined
  for await (const { offset, value } of readLines(path)) {
    if (!hasHeader) {
      parseHeader(path, 'journal', generation, value)
      hasHeader = true
    } else if (value === undefined) {
      badFrom ??= offset
    } else if (badFrom !== undefined) {
      throw new StoreDamagedError(path, badFrom, `a bad line, and a good one after it at byte ${offset}`)
    } else {
      for (const entry of value as RecordedEntry[]) {
        load(...entry)
      }
    }
  }
  if (!hasHeader) {
    throw new StoreDamagedError(path, 0, 'its header is missing')
  }
  if (badFrom === undefined) {
    return (await stat(path)).size
  }
  if (!newest) {
    throw new StoreDamagedError(path, badFrom, 'a bad end, though a newer journal follows it')
  }
  await cut(folder, path, badFrom, onWarning)
  return badFrom
}

async function cut(folder: string, path: string, at: number, onWarning: (warning: string) => void) {
  const file = await open(path, 'r+')
  try {
    const { size } = await file.stat()
    await file.truncate(at)
    await file.sync()
    onWarning(`${path}: cut ${size - at} bytes of a write that a crash had interrupted at byte ${at}`)
  } finally {
    await file.close()
  }
  await syncFolder(folder)
}
