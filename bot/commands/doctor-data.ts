import { access, constants, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { diskSpaceWarning } from '../../adapters/storage/disk-space.ts'
import { createFolder } from '../../adapters/storage/durable-files.ts'
import { DAILY_FOLDER, listGenerations } from '../../adapters/storage/lowdb/generations.ts'
import { LOCK_FILE, LockedError, lockFolder } from '../../adapters/storage/lowdb/lock.ts'
import { day, localDate } from '../../tickets/shanghai-time.ts'
import type { Config } from '../config.ts'
import { describeError } from './describe-error.ts'
import { checkDatabase } from './doctor-database.ts'
import { checkNames } from './doctor-desk.ts'
import { checkForwardingNames } from './doctor-forwarding-names.ts'
import { checkGrid } from './doctor-grid.ts'
import { checkLedger } from './doctor-ledger.ts'
import { openQuestions } from './doctor-questions.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** The data folder: there, ours, free, with room, with a snapshot of late. */
export async function* checkData(root: string, config: Config): AsyncGenerator<Finding> {
  const { dataFolder, database } = config
  const writable = await isWritable(dataFolder)
  yield writable
  if (writable.state === 'bad') return
  if (database) {
    let reached = false
    for await (const finding of checkDatabase(database.url)) {
      yield finding
      reached ||= finding.state === 'good'
    }
    yield await surviving('bot', () => whoServes(dataFolder))
    yield await surviving('disk', () => room(dataFolder))
    if (reached) yield* checkContents(root, config)
    return
  }
  const bot = await surviving('bot', () => whoHolds(dataFolder))
  yield bot
  yield await surviving('disk', () => room(dataFolder))
  yield await surviving('snapshot', () => snapshotAge(dataFolder))
  // asking opens the data, which would make some where there is none
  if (bot.state !== 'bad' && (await hasData(dataFolder))) yield* checkContents(root, config)
}

async function* checkContents(root: string, config: Config): AsyncGenerator<Finding> {
  yield await surviving('questions', () => openQuestions(root))
  yield await surviving('ledger', () => checkLedger(root, config))
  yield* checkNames(root, config)
  yield* checkGrid(root)
  yield* checkForwardingNames(root, config)
}

/** A disk that is full or read-only ends one check, not the doctor. */
async function surviving(what: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (error) {
    return bad(`${what}: ${describeError(error)}`, 'mend it and run doctor again')
  }
}

async function room(folder: string): Promise<Finding> {
  const warning = await diskSpaceWarning(folder)
  return warning
    ? bad(`disk: ${warning}`, 'remove what is not needed, or move the data folder')
    : good('disk: enough room')
}

async function isWritable(folder: string): Promise<Finding> {
  try {
    await createFolder(folder)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return good(`data folder ${folder} can be written`)
  } catch (error) {
    return bad(
      `data folder: ${describeError(error)}`,
      'give this account the right to write there, or set LINLI_DATA',
    )
  }
}

async function whoServes(folder: string): Promise<Finding> {
  const running = await callRunningBot(folder)
  if (!running) return note('bot: none is running on this folder')
  const { pid } = (await running.ask({ type: 'hello' })) as { readonly pid?: number }
  await running.close()
  return good(`bot: running as process ${pid}, and it answers`)
}

async function whoHolds(folder: string): Promise<Finding> {
  const serving = await whoServes(folder)
  if (serving.state === 'good') return serving
  try {
    const lock = await lockFolder(folder, { onWarning: () => undefined, onLost: () => undefined })
    await lock.release()
    return serving
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    return bad(
      `bot: process ${error.holder ?? '?'} holds the data, but it does not answer`,
      `wait a moment if it is just starting; else stop it (${join(folder, LOCK_FILE)} names it) and start again`,
    )
  }
}

async function hasData(folder: string): Promise<boolean> {
  const { journals, snapshots } = await listGenerations(folder)
  return journals.length + snapshots.length > 0
}

async function snapshotAge(folder: string): Promise<Finding> {
  const { journals, snapshots } = await listGenerations(folder)
  const days = await readdir(join(folder, DAILY_FOLDER)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  })
  const last = days
    .filter((name) => /^\d{4}-\d{2}-\d{2}$/u.test(name))
    .sort()
    .at(-1)
  if (journals.length + snapshots.length === 0) return note('snapshot: there is no data yet')
  const remedy = 'a running bot makes one a day; make one now with `linli backup FOLDER`'
  if (last === undefined) {
    const { birthtimeMs } = await stat(folder)
    const young = Date.now() - birthtimeMs < day
    return young
      ? note('snapshot: none yet, the data is younger than a day')
      : bad('snapshot: there is none', remedy)
  }
  const fresh = last >= localDate(Date.now() - day)
  return fresh ? good(`snapshot: the last is of ${last}`) : bad(`snapshot: the last is of ${last}`, remedy)
}
