import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { readingKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { ownKnowledgeIn } from '../../adapters/files/own-knowledge.ts'
import { sweepReports } from '../../adapters/reports/sweep.ts'
import { diskSpaceWarning } from '../../adapters/storage/disk-space.ts'
import { createFolder } from '../../adapters/storage/durable-files.ts'
import { dailySnapshot } from '../../adapters/storage/lowdb/backup.ts'
import { DAILY_FOLDER } from '../../adapters/storage/lowdb/generations.ts'
import { LockedError, lockFolder } from '../../adapters/storage/lowdb/lock.ts'
import type { Photos } from '../../adapters/storage/photos.ts'
import type { Document, Store } from '../ports/store.ts'
import type { HouseStore } from './open-store.ts'
import { simFile } from './sim-neighbourhood.ts'
import { sweepAttachments } from './sweep-attachments.ts'

/** What the machine needs, not the neighbours: a snapshot a day, a look at the disk, photos nobody names. */
export interface Upkeep {
  stop(): Promise<void>
}

export interface UpkeepOptions {
  readonly store: HouseStore
  readonly photos: Photos
  readonly now: () => number
  /** One line for the operator. */
  readonly warn: (line: string) => void
}

const hourly = 3_600_000
const page = 500

/** Files beside the store that belong in a backup. Sessions and secrets stay out: a backup travels. */
export const backupContents = {
  linked: ['photos', 'attachments'],
  copied: [simFile, 'models', 'knowledge', 'settings'],
}

export function startUpkeep(options: UpkeepOptions): Upkeep {
  let sweptOn = ''
  let running: Promise<void> | undefined
  // hourly, not daily: a machine that sleeps at night must not miss its day
  const round = async () => {
    await told(options, 'the disk could not be looked at', () => lookAtDisk(options))
    await told(options, 'the daily snapshot failed', () => snapshot(options))
    const today = new Date(options.now()).toDateString()
    if (sweptOn === today) return
    sweptOn = today
    await told(options, 'old photos could not be removed', () => sweepPhotos(options))
    const { store, now } = options
    await told(options, 'old attachments could not be removed', () =>
      sweepAttachments(store, join(store.folder, 'attachments'), now()),
    )
    const reports = join(options.store.folder, 'reports')
    await told(options, 'old reports could not be removed', () => sweepReports(reports, options.now()))
  }
  const start = () => {
    running ??= round().finally(() => {
      running = undefined
    })
  }
  const timer = setInterval(start, hourly).unref()
  start()
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

/** What fails here is told and tried again in an hour: the bot itself can go on. */
async function told({ warn }: UpkeepOptions, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    warn(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function lookAtDisk({ store, warn }: UpkeepOptions): Promise<void> {
  const warning = await diskSpaceWarning(store.folder)
  if (warning) warn(warning)
}

async function snapshot({ store, now }: UpkeepOptions): Promise<void> {
  const work = () =>
    // not in the middle of an import
    readingKnowledge(ownKnowledgeIn(store.folder), () =>
      dailySnapshot(store, { now: now(), contents: backupContents }),
    )
  if (store.snapshotTo) await work()
  else await aloneIn(join(store.folder, DAILY_FOLDER), work)
}

/** With PostgreSQL several processes may share the folder: one of them is enough. */
async function aloneIn(folder: string, work: () => Promise<unknown>): Promise<void> {
  await createFolder(folder)
  const quiet = { onWarning: () => undefined, onLost: () => undefined }
  try {
    const lock = await lockFolder(folder, quiet)
    await work().finally(() => lock.release())
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
  }
}

async function sweepPhotos({ store, photos, now }: UpkeepOptions): Promise<void> {
  const named = await namedPhotos(store)
  await photos.sweep({ isNamed: (file) => named.has(file), now: now() })
}

/** The files that inbox entries and tickets name: only the names are held, page by page. */
export async function namedPhotos(store: Store): Promise<ReadonlySet<string>> {
  const named = new Set<string>()
  for await (const { photo } of everyOne<{ id: string; photo?: { file: string } }>(store, 'inbox'))
    if (photo) named.add(photo.file)
  for await (const { photos } of everyOne<{ id: string; photos: { file: string }[] }>(store, 'tickets'))
    for (const { file } of photos) named.add(file)
  return named
}

async function* everyOne<T extends Document>(store: Store, collection: string): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const found = await store.find<T>(collection, { limit: page, ...(cursor !== undefined && { cursor }) })
    yield* found.documents
    cursor = found.next
    await breathe()
  } while (cursor !== undefined)
}
