import type { Command } from 'commander'
import { Option } from 'commander'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { openFolderForMove } from '../../adapters/storage/lowdb/moving-side.ts'
import { type MovingSide, move } from '../../adapters/storage/moving.ts'
import { openDatabaseForMove } from '../../adapters/storage/postgres/moving-side.ts'
import { type Config, ConfigError, loadConfig } from '../config.ts'
import { schema } from '../schema.ts'
import type { OperatorOptions } from './operator-door.ts'
import type { ShowProgress } from './progress.ts'

/** `linli data move`: all documents from the data folder to PostgreSQL, or back. */
export interface MoveDataOptions extends OperatorOptions {
  readonly progress: ShowProgress
}

interface MoveFlags {
  readonly to: 'postgres' | 'lowdb'
  readonly again?: boolean
}

export function addDataCommands(program: Command, options: MoveDataOptions): void {
  const data = program.command('data').description('where the documents are kept')
  data
    .command('move')
    .description(
      'copies all documents to PostgreSQL (LINLI_DATABASE_URL) or back to the data folder, and compares both sides; every bot must be stopped',
    )
    .addOption(
      new Option('--to <store>', 'postgres: into the database; lowdb: into the data folder')
        .choices(['postgres', 'lowdb'])
        .makeOptionMandatory(),
    )
    .option('--again', 'takes the place of what an earlier move left on that side; never of data in use')
    .action((flags: MoveFlags) => moveData(options, flags))
}

async function moveData(options: MoveDataOptions, { to, again = false }: MoveFlags): Promise<void> {
  const { root, print, warn } = options
  const config = loadConfig(root)
  const url = databaseOf(config)
  await refuseRunning(config)
  const progress = options.progress('moving documents')
  const folder = await openFolderForMove(config.dataFolder, schema, warn)
  try {
    const database = await openDatabaseForMove(url, schema)
    try {
      const [source, target]: [MovingSide, MovingSide] =
        to === 'postgres' ? [folder, database] : [database, folder]
      const onProgress = (documents: number) => progress.step(documents)
      const { counts, documents, hash } = await move(source, target, { again, at: new Date(), onProgress })
      progress.end()
      for (const [collection, count] of counts) print(`${collection}: ${count}`)
      print(`${documents} documents are the same on both sides (sha256 ${hash})`)
      for (const line of whatNow(to, config, source)) print(line)
    } finally {
      progress.end()
      await database.close()
    }
  } finally {
    await folder.close()
  }
}

function databaseOf({ database }: Config): string {
  if (database) return database.url
  throw new ConfigError([
    'LINLI_DATABASE_URL: is needed to move data: postgres://USER:PASSWORD@HOST:5432/DATABASE',
  ])
}

async function refuseRunning({ dataFolder }: Config): Promise<void> {
  const running = await callRunningBot(dataFolder)
  if (!running) return
  await running.close()
  throw new Error(`a bot is running on ${dataFolder}: stop every bot and console first, then move`)
}

function whatNow(to: MoveFlags['to'], { dataFolder }: Config, source: MovingSide): string[] {
  return [
    to === 'postgres'
      ? `from now on documents live in PostgreSQL; photos, knowledge, settings and reports stay in ${dataFolder}: keep LINLI_DATABASE_URL set`
      : `from now on documents live in ${dataFolder}: take LINLI_DATABASE_URL out of the environment and .env before the next start`,
    `the copy in ${source.name} is not used any more, and nothing is erased from it: delete it when you are sure`,
  ]
}
