import { resolve } from 'node:path'
import type { Command } from 'commander'
import { addressToServe } from '../../adapters/local-socket/address.ts'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { removeTraces } from '../../adapters/local-socket/server.ts'
import { restore } from '../../adapters/storage/lowdb/restore.ts'
import { loadConfig } from '../config.ts'
import { type OperatorOptions, withDoor } from './operator-door.ts'

/** What a backup of files leaves to PostgreSQL's own tools. */
const dumpDocuments =
  'the documents are in PostgreSQL and not in it: dump them now, after the files: pg_dump --format=custom --file=linli.dump "$LINLI_DATABASE_URL"'
const bringDump =
  'the documents come back from their dump: pg_restore --clean --if-exists --dbname="$LINLI_DATABASE_URL" linli.dump'

/** `linli backup` and `linli restore`. */
export function addSafekeepingCommands(program: Command, options: OperatorOptions): void {
  const { print } = options
  program
    .command('backup')
    .description(
      'copies all data and photos into a new folder, also while the bot runs, and verifies the copy',
    )
    .argument('<folder>', 'new or empty; best on another disk')
    .action(async (folder: string) => {
      const target = resolve(folder)
      const manifest = await withDoor(options, (door) => door.ask({ type: 'backup', folder: target }))
      const { files, documents } = manifest as {
        readonly files: readonly unknown[]
        readonly documents?: string
      }
      print(`${target}: ${files.length} files, verified; put back with \`linli restore ${target}\``)
      if (documents === 'elsewhere') print(dumpDocuments)
    })
  program
    .command('restore')
    .description('puts a backup back; the bot must be stopped')
    .argument('<folder>', 'made by `linli backup`, or a day under daily/ in the data folder')
    .option('--force', 'moves data that is there aside; nothing is deleted')
    .action((folder: string, { force = false }: { force?: boolean }) => putBack(options, folder, force))
}

async function putBack(
  { root, print, warn }: OperatorOptions,
  folder: string,
  force: boolean,
): Promise<void> {
  const { dataFolder, database } = loadConfig(root)
  const running = await callRunningBot(dataFolder)
  if (running) {
    await running.close()
    throw new Error(`a bot is running on ${dataFolder}: stop it first, then restore`)
  }
  await removeTraces(addressToServe(dataFolder))
  const { documents, elsewhere, createdAt, movedAside } = await restore(resolve(folder), dataFolder, {
    ...{ force, now: Date.now(), onWarning: warn, filesOnly: database !== undefined },
  })
  print(`${dataFolder}: ${elsewhere ? 'the files' : `${documents} documents`} of ${createdAt} are back`)
  if (elsewhere) print(bringDump)
  if (movedAside) print(`what was there before lies in ${movedAside}`)
}
