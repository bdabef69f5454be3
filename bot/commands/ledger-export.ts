import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import {
  createLedgerFile,
  type LedgerFile,
  type LedgerFormat,
  ledgerFormats,
} from '../../adapters/reports/ledger-file.ts'
import { categories } from '../../intents/understanding.ts'
import { ticketStates } from '../../tickets/ticket.ts'
import type { LocalDoor } from '../doors/local-request.ts'
import { type LedgerPage, ledgerColumns } from '../reports/ledger-rows.ts'
import type { LedgerFilter } from '../reports/queries.ts'
import { type OperatorOptions, withDoor } from './operator-door.ts'
import { aDate, oneOf } from './option-values.ts'
import type { ShowProgress } from './progress.ts'

/** `linli ledger export`: the ledger as a table, in the columns that districts use. */
interface ExportOptions extends OperatorOptions {
  readonly progress: ShowProgress
}

interface ExportFlags extends LedgerFilter {
  readonly format?: LedgerFormat
  readonly unmasked?: boolean
  readonly force?: boolean
}

const lights = ['blue', 'yellow', 'red'] as const

export function addLedgerExport(ledger: Command, options: ExportOptions): void {
  ledger
    .command('export')
    .description('the tickets as a table: names, rooms and numbers are masked unless --unmasked')
    .argument('<file>', 'a new file: 台账.xlsx')
    .option(
      '--format <format>',
      `${ledgerFormats.join(', ')}; by the file's ending when absent`,
      oneOf('format', ledgerFormats),
    )
    .option('--from <date>', 'opened on that day or later, for example 2026-11-01', aDate)
    .option('--to <date>', 'opened on that day or earlier', aDate)
    .option('--place <place>', 'of this street, community or grid, by name or id')
    .option('--category <category>', categories.join(', '), oneOf('category', categories))
    .option('--state <state>', ticketStates.join(', '), oneOf('state', ticketStates))
    .option('--department <department>', 'as the ledger calls it, for example 城管')
    .option('--light <light>', lights.join(', '), oneOf('light', lights))
    .option('--unmasked', 'with names, rooms and numbers; who asked for it, and when, is on record')
    .option('--force', 'replaces a file that is there')
    .action(async (file: string, flags: ExportFlags) => exportLedger(options, resolve(file), flags))
}

async function exportLedger(options: ExportOptions, path: string, flags: ExportFlags): Promise<void> {
  const { unmasked = false, force = false, format: _, ...filter } = flags
  const format = flags.format ?? formatOf(path)
  if (existsSync(path) && !force)
    throw new Error(`${path}: a file is there already: name another, or add --force to replace it`)
  const rows = await withDoor(
    options,
    async (door) => {
      const grant = unmasked ? await unmask(door, filter) : {}
      return write(
        options,
        door,
        { type: 'ledger.rows', ...filter, ...grant },
        { path, format, replace: force },
      )
    },
    loadPlainLore,
  )
  options.print(
    `${rows} ${rows === 1 ? 'ticket' : 'tickets'} in ${path}${unmasked ? ', with personal data: keep it safe' : ''}`,
  )
}

/** On record before the first name is read. */
async function unmask(door: LocalDoor, filter: LedgerFilter): Promise<{ readonly unmasked: string }> {
  const id = `cli/${randomUUID()}`
  await door.ask({ type: 'execute', id, command: { type: 'ledger.unmask', ...filter } })
  return { unmasked: id }
}

/** Characters a column. */
const widths = [14, 17, 16, 28, 48, 12, 14, 12, 40, 17, 8, 12, 17, 10]

interface Target {
  readonly path: string
  readonly format: LedgerFormat
  readonly replace: boolean
}

async function write(
  { progress }: ExportOptions,
  door: LocalDoor,
  query: Readonly<Record<string, unknown>> & { readonly type: string },
  target: Target,
): Promise<number> {
  // an unknown place or a stranger's wish is refused before there is a file
  let page = await pageOf(door, query)
  const shown = progress('tickets written')
  const file = await begun(target)
  try {
    let count = 0
    for (;;) {
      await file.add(page.rows)
      count += page.rows.length
      shown.step(count)
      if (page.next === undefined) break
      page = await pageOf(door, { ...query, cursor: page.next })
    }
    await finish(file, target.path)
    return count
  } catch (error) {
    await file.giveUp()
    throw error
  } finally {
    shown.end()
  }
}

async function begun(target: Target): Promise<LedgerFile> {
  try {
    return await createLedgerFile({ ...target, columns: ledgerColumns, widths })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    const folder = dirname(target.path)
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Error(`${folder}: there is no such folder: make it, or name another`, { cause: error })
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new Error(`${folder}: this account may not write there: name another folder`, { cause: error })
    throw error
  }
}

async function pageOf(
  door: LocalDoor,
  query: Readonly<Record<string, unknown>> & { readonly type: string },
): Promise<LedgerPage> {
  const [page] = (await door.ask({ type: 'query', query })) as LedgerPage[]
  if (!page) throw new Error('the running bot is of another version: restart it')
  return page
}

async function finish(file: LedgerFile, path: string): Promise<void> {
  try {
    await file.finish()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    throw new Error(`${path}: a file was put there meanwhile: name another, or add --force`, { cause: error })
  }
}

function formatOf(path: string): LedgerFormat {
  const ending = extname(path).slice(1).toLowerCase()
  const known = ledgerFormats.find((each) => each === ending)
  if (known) return known
  throw new Error(
    `${path}: expected a file that ends in ${ledgerFormats.map((each) => `.${each}`).join(', ')}, or --format`,
  )
}
