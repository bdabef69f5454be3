/**
 * A data folder as one end of a move: see ../moving.ts.
 *
 *   data/arriving.tmp/    being copied and read back; the old data is untouched   (a crash: the next start removes it)
 *   data/arriving-…/      complete; files are being moved                         (a crash: the start is refused)
 *   data/moved.json       the data lives in PostgreSQL now                        (the start is refused)
 */
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { QueryError, type Schema } from '../../../bot/ports/store.ts'
import { Collections, type StoredDocument } from '../collections.ts'
import { createFolder, FOLDER_MODE, syncFolder, TEMPORARY_SUFFIX, writeDurably } from '../durable-files.ts'
import { type MovedDocument, MoveError, type MovingSide, type ReceiveOptions } from '../moving.ts'
import { journalPath, listGenerations, snapshotPath } from './generations.ts'
import { encodeHeader } from './lines.ts'
import { lockFolder } from './lock.ts'
import { recover } from './recover.ts'
import { writeSnapshot } from './snapshot.ts'

const STAGING = `arriving${TEMPORARY_SUFFIX}`
const ARRIVING = 'arriving-'
const ASIDE = 'before-move-'
const MOVED = 'moved.json'
/** What arrives is the first generation of a new life. */
const GENERATION = 1

/** Removes a copy that was never finished. @throws MoveError when the folder is not to be used */
export async function refuseMoved(folder: string): Promise<void> {
  await rm(join(folder, STAGING), { recursive: true, force: true })
  const state = await stateOf(folder)
  if (state === 'arriving')
    throw new MoveError(
      `${folder}: a move of data to it was interrupted: run \`linli data move --to lowdb --again\``,
    )
  if (state === 'left')
    throw new MoveError(
      `${folder}: its data lives in PostgreSQL now (${await aboutMove(folder)}): set LINLI_DATABASE_URL, ` +
        'or move it back with `linli data move --to lowdb --again`',
    )
}

/** Nobody else has it open until `close`. @throws LockedError, StoreDamagedError, MoveError */
export async function openFolderForMove(
  folder: string,
  schema: Schema,
  onWarning: (warning: string) => void,
): Promise<MovingSide> {
  await createFolder(folder)
  const lock = await lockFolder(folder, { onWarning, onLost: onWarning })
  const staging = join(folder, STAGING)
  await rm(staging, { recursive: true, force: true })
  /** Where `documents` reads: after `receive`, what has arrived. */
  let reading = folder
  return {
    name: `the data folder ${folder}`,
    async *documents() {
      if (reading === folder) await refuseMoved(folder)
      const collections = new Collections(schema)
      await recover(reading, collections, onWarning)
      for (const { collection, documents } of collections.capture()) {
        refuseUndeclared(folder, collections, collection, documents.length)
        for (const document of documents) yield { collection, document }
      }
    },
    async receive(documents, options) {
      await refuseLivingData(folder, schema, options, onWarning)
      await mkdir(staging, { mode: FOLDER_MODE })
      await writeGeneration(staging, documents, options.at)
      reading = staging
    },
    async settle() {
      // from here to the last line a crash leaves the folder in between: this name says so
      const complete = join(folder, `${ARRIVING}${randomUUID()}`)
      await rename(staging, complete)
      await syncFolder(folder)
      await moveAside(folder, complete)
      for (const name of await readdir(complete)) await rename(join(complete, name), join(folder, name))
      await syncFolder(folder)
      await rm(complete, { recursive: true })
      await syncFolder(folder)
      reading = folder
    },
    async leave(to, at) {
      const bytes = Buffer.from(`${JSON.stringify({ to, at: at.toISOString() })}\n`)
      await writeDurably(join(folder, MOVED), [bytes])
    },
    close: () => lock.release(),
  }
}

/** Documents that nobody has moved anywhere. */
export async function holdsOwnData(folder: string): Promise<boolean> {
  const { journals, snapshots } = await listGenerations(folder)
  return journals.length + snapshots.length > 0 && (await stateOf(folder)) === 'open'
}

async function stateOf(folder: string): Promise<'open' | 'arriving' | 'left'> {
  const names = await readdir(folder)
  if (names.some((name) => name.startsWith(ARRIVING))) return 'arriving'
  return names.includes(MOVED) ? 'left' : 'open'
}

/** For people; whatever it says, the file means that the data has left. */
async function aboutMove(folder: string): Promise<string> {
  const text = await readFile(join(folder, MOVED), 'utf8')
  return `${MOVED}: ${text.trim().slice(0, 200)}`
}

async function refuseLivingData(
  folder: string,
  schema: Schema,
  { again }: ReceiveOptions,
  onWarning: (warning: string) => void,
): Promise<void> {
  const state = await stateOf(folder)
  if (state !== 'open') {
    if (again) return
    throw new MoveError(
      `${folder} holds the data of an earlier move (${state}): --again moves it aside and puts the new data in its place`,
    )
  }
  const { journals, snapshots } = await listGenerations(folder)
  if (journals.length + snapshots.length === 0) return
  const collections = new Collections(schema)
  await recover(folder, collections, onWarning)
  const count = collections.capture().reduce((sum, { documents }) => sum + documents.length, 0)
  if (count > 0)
    throw new MoveError(
      `${folder}: expected a folder without data, found ${count} documents in use: name another one in LINLI_DATA`,
    )
}

/** Kept for a newer version that knows it; a database would lose it. */
function refuseUndeclared(folder: string, collections: Collections, collection: string, count: number): void {
  try {
    collections.get(collection, '')
  } catch (error) {
    if (!(error instanceof QueryError) || count === 0) {
      if (error instanceof QueryError) return
      throw error
    }
    throw new MoveError(
      `${folder} holds ${count} documents of ${collection}, which this version does not know: move with the version that made them`,
      { cause: error },
    )
  }
}

async function writeGeneration(
  staging: string,
  documents: AsyncIterable<MovedDocument>,
  at: Date,
): Promise<void> {
  const captured = new Map<string, StoredDocument[]>()
  for await (const { collection, document } of documents) {
    const list = captured.get(collection)
    if (list) list.push(document)
    else captured.set(collection, [document])
  }
  const writtenAt = at.toISOString()
  const header = { linli: 'journal', generation: GENERATION, writtenAt } as const
  await writeDurably(journalPath(staging, GENERATION), [encodeHeader(header)])
  const lists = [...captured].map(([collection, list]) => ({ collection, documents: list }))
  await writeSnapshot(snapshotPath(staging, GENERATION), { generation: GENERATION, writtenAt }, lists)
  await syncFolder(staging)
}

/** Never deleted: what was there before a move lies in a folder that says so. */
async function moveAside(folder: string, complete: string): Promise<void> {
  const names = (await readdir(folder)).filter(
    (name) =>
      name === MOVED ||
      /^(snapshot|journal)\.\d+\.jsonl$/u.test(name) ||
      // of a move that was interrupted
      (name.startsWith(ARRIVING) && name !== basename(complete)),
  )
  if (names.length === 0) return
  const aside = await mkdtemp(join(folder, ASIDE))
  for (const name of names) await rename(join(folder, name), join(aside, name))
  await syncFolder(aside)
  await syncFolder(folder)
}
