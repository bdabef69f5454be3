import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { readGrid } from '../../adapters/files/grid-file.ts'
import { writeCsvFolder, writeWorkbook } from '../../adapters/reports/table-files.ts'
import { loadConfig } from '../config.ts'
import type { Group, Person, PlaceNode } from '../documents.ts'
import type { CodeRow } from '../doors/grid/grid-rows.ts'
import { writeTables } from '../grid/write-tables.ts'
import { writeCodes, writing } from './grid-codes.ts'
import { importGridFile } from './grid-import.ts'
import { showGrid } from './grid-show.ts'
import { type OperatorOptions, queryRows, withDoor } from './operator-door.ts'

/** `linli grid`: places, groups and people as one: shown as a tree, taken out and put in as tables. */
export function addGridCommands(program: Command, options: OperatorOptions): void {
  const grid = program.command('grid').description('places, groups and people: show, export, import')
  grid
    .command('show')
    .description('the places as a tree, with groups, people and staff, and what nobody looks after')
    .option('--place <place>', 'only what lies at or below this place, by name or id')
    .option('--json', 'one JSON object instead of lines for people')
    .action((flags: { place?: string; json?: boolean }) => showGrid(options, flags))
  grid
    .command('export')
    .description('all of it as tables that `grid import` reads back')
    .argument('<file>', 'a new file: 网格.xlsx, or a folder for three .csv files')
    .option('--force', 'replaces what is there')
    .action((file: string, { force = false }: { force?: boolean }) =>
      exportGrid(options, resolve(file), force),
    )
  grid
    .command('import')
    .description('takes places, groups and people from tables: all of it, or nothing when one cell is wrong')
    .argument('<file>', 'an .xlsx, a .csv, or a folder of .csv files')
    .option('--check', 'shows what would happen, and does nothing')
    .option('--codes <file>', 'a new file for the one-time codes of who is new; default: FILE-codes.csv')
    .action((file: string, flags: { check?: boolean; codes?: string }) =>
      importGridFile(options, resolve(file), flags),
    )
  grid
    .command('codes')
    .description('the one-time codes that nobody has said yet, as a table for the operator alone')
    .argument('<file>', 'a new .csv file')
    .action(async (file: string) => {
      const rows = await queryRows<CodeRow>(options, { type: 'grid.codes' })
      await writeCodes(resolve(file), rows)
      options.print(
        `${rows.length} codes in ${file}: whoever reads it can become any of them, so keep it safe`,
      )
    })
}

async function exportGrid(options: OperatorOptions, path: string, force: boolean): Promise<void> {
  const settings = await readGrid(options.root, loadConfig(options.root).dataFolder)
  const isBook = extname(path).toLowerCase() === '.xlsx'
  if (!isBook && extname(path) !== '')
    throw new Error(`${path}: expected a file that ends in .xlsx, or a folder for .csv files`)
  if (existsSync(path) && isBook && !force)
    throw new Error(`${path}: a file is there already: name another, or add --force to replace it`)
  const state = await withDoor(options, async (door) => {
    const rows = async <T>(type: string) =>
      (await door.ask({ type: 'query', query: { type } })) as readonly T[]
    return {
      places: await rows<PlaceNode>('places'),
      groups: await rows<Group>('groups'),
      roster: await rows<Person>('roster'),
    }
  })
  const tables = writeTables(state, settings)
  await writing(path, () => (isBook ? writeWorkbook : writeCsvFolder)(path, tables, { replace: force }))
  const { places, groups, roster } = state
  options.print(`${places.length} places, ${groups.length} groups and ${roster.length} people in ${path}`)
}
