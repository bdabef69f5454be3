import { constants, existsSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import { readPlainTables } from '../../adapters/documents/plain-tables.ts'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import type { CodeRow } from '../doors/grid/grid-rows.ts'
import type { GridPlanRow } from '../doors/grid/import-grid.ts'
import { type ReadTables, readTables } from '../grid/read-tables.ts'
import type { GridFault } from '../grid/rows.ts'
import { writeCodes } from './grid-codes.ts'
import { shortly } from './grid-show.ts'
import { executeOnce, type OperatorOptions, queryRows } from './operator-door.ts'

/** `linli grid import`: every fault of the file at once; without one, all of it in one commit. */

const mostFaults = 50

export async function importGridFile(
  options: OperatorOptions,
  path: string,
  { check = false, codes }: { readonly check?: boolean; readonly codes?: string },
): Promise<void> {
  const { print, warn } = options
  const read = readTables(await readPlainTables(path))
  for (const line of read.notes) warn(line)
  const [plan] = await queryRows<GridPlanRow>(options, { type: 'grid.plan', rows: read.rows }, loadPlainLore)
  if (!plan) throw new Error('the running bot is of another version: restart it')
  const faults = [...read.faults, ...plan.faults.map((fault) => faultLine(read, fault))]
  if (faults.length > 0) throw new Error(`${faultList(faults)}\nnothing was imported`)
  const { counts } = plan
  for (const line of planLines(plan)) print(line)
  if (plan.everywhere.length > 0)
    warn(
      `${plan.everywhere.length} without a place answer for everything: ${shortly(plan.everywhere)}; give them places unless that is meant`,
    )
  if (check)
    return print(counts.new + counts.changed > 0 ? 'checked only: nothing was imported' : 'nothing to do')
  if (counts.new + counts.changed === 0)
    return print('the file says what is there already: nothing was changed')
  const target = codes ?? `${path.slice(0, path.length - extname(path).length)}-codes.csv`
  const withCodes = counts.newPeople + counts.newGroups > 0
  if (withCodes && existsSync(target))
    throw new Error(
      `${target}: expected a new file for the one-time codes, but one is there: move it, or name another with --codes`,
    )
  if (withCodes) await assertWritable(target)
  const done = await executeOnce(options, { type: 'grid.import', rows: read.rows }, loadPlainLore)
  // somebody imported the same between the look and now
  if (done.import === undefined) return print('the file says what is there already: nothing was changed')
  print('imported')
  if (!withCodes) return
  const rows = await queryRows<CodeRow>(options, { type: 'grid.codes', import: done.import })
  await writeCodes(target, rows)
  print(
    `${rows.length} one-time codes in ${target}, good for 30 days, readable by this account alone: each person says theirs`,
  )
  print(
    'to the bot in private, staff say that of a group in the group; `linli grid codes FILE` writes the open ones again',
  )
}

/** Whoever is imported without a code that can be kept would need another for each. */
async function assertWritable(target: string): Promise<void> {
  try {
    await access(dirname(target), constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new Error(
      `${target}: the one-time codes cannot be written there (no such folder, or not writable): name another file with --codes; nothing was imported`,
      { cause: error },
    )
  }
}

function faultLine({ place }: ReadTables, { sheet, line, field, came, expected }: GridFault): string {
  return `${place(sheet, line, field)}: ${expected}; ${came === '' ? 'nothing' : JSON.stringify(came)} came`
}

function faultList(faults: readonly string[]): string {
  const more = faults.length - mostFaults
  return [...faults.slice(0, mostFaults), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

function planLines({ counts, newNames, changedNames, goneNames, changes }: GridPlanRow): readonly string[] {
  const line = (count: number, what: string, names: readonly string[]) =>
    count === 0 ? [] : [`${count} ${what}: ${names.join(', ')}${count > names.length ? ', …' : ''}`]
  return [
    `${counts.places} places, ${counts.groups} groups, ${counts.people} people in the file`,
    ...line(counts.new, 'new', newNames),
    ...line(counts.changed, 'changed', changedNames),
    ...changes.map((change) => `  ${change}`),
    `${counts.unchanged} unchanged`,
    ...line(counts.gone, 'are here and not in the file, and stay as they are', goneNames),
  ]
}
