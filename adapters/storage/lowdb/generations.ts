/**
 * The data folder holds generations: `snapshot.3.jsonl` is everything up to the start of `journal.3.jsonl`.
 *
 *   journal.1 → snapshot.2 + journal.2 → snapshot.3 + journal.3 …
 *
 * A generation begins with its journal; the snapshot follows in the background, and until it is there the
 * journals since the snapshot before are read one after the other.
 */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../durable-files.ts'

export interface Generations {
  /** Ascending. */
  readonly snapshots: readonly number[]
  readonly journals: readonly number[]
  /** Names of files that a crash left half written. */
  readonly temporary: readonly string[]
}

/** Beside the data, so that it goes wherever the data goes; see backup.ts. */
export const DAILY_FOLDER = 'daily'

const DATA_FILE = /^(snapshot|journal)\.([1-9]\d*)\.jsonl$/
const TEMPORARY_FILE = /^(snapshot|journal)\..*\.tmp$/

export function journalPath(folder: string, generation: number): string {
  return join(folder, `journal.${generation}.jsonl`)
}

export function snapshotPath(folder: string, generation: number): string {
  return join(folder, `snapshot.${generation}.jsonl`)
}

export async function listGenerations(folder: string): Promise<Generations> {
  const names = await readdir(folder)
  const numbers = (kind: string) =>
    names
      .map((name) => DATA_FILE.exec(name))
      .filter((match) => match?.[1] === kind)
      .map((match) => Number(match?.[2]))
      .sort((a, b) => a - b)
  return {
    snapshots: numbers('snapshot'),
    journals: numbers('journal'),
    temporary: names.filter((name) => TEMPORARY_FILE.test(name)),
  }
}

/** Removes what a verified snapshot of generation `from` has made superfluous. */
export async function removeOlder(folder: string, from: number): Promise<void> {
  const { snapshots, journals } = await listGenerations(folder)
  const older = [
    ...snapshots.filter((each) => each < from).map((each) => snapshotPath(folder, each)),
    ...journals.filter((each) => each < from).map((each) => journalPath(folder, each)),
  ]
  for (const path of older) {
    await rm(path)
  }
  if (older.length > 0) {
    await syncFolder(folder)
  }
}

export async function removeTemporary(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await rm(join(folder, name), { force: true })
  }
}
