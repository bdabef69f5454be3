/** Moves data between a folder and a database, for tests that kill it: FOLDER ADDRESS postgres|lowdb. Says when it has begun. */
import { writeSync } from 'node:fs'
import { openFolderForMove } from '../../adapters/storage/lowdb/moving-side.ts'
import { move } from '../../adapters/storage/moving.ts'
import { openDatabaseForMove } from '../../adapters/storage/postgres/moving-side.ts'

const [folder = '', url = '', to] = process.argv.slice(2)
const schema = { notes: [{ equal: ['by'], order: 'at' }], others: [] }
const [data, database] = [
  await openFolderForMove(folder, schema, () => undefined),
  await openDatabaseForMove(url, schema),
]
writeSync(1, 'begun\n')
const [source, target] = to === 'postgres' ? [data, database] : [database, data]
await move(source, target, { again: true, at: new Date(0) })
writeSync(1, 'moved\n')
await database.close()
await data.close()
