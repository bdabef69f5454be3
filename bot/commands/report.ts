import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { loadPlainLore } from '../../adapters/files/lore.ts'
import { openReportPress } from '../../adapters/reports/press.ts'
import { reportKinds } from '../../tickets/reports/period.ts'
import { loadConfig } from '../config.ts'
import { chatText, rankingText } from '../reports/chat-text.ts'
import { fileNameOf } from '../reports/keep-files.ts'
import { markdownOf } from '../reports/markdown.ts'
import { picturePageOf } from '../reports/picture-page.ts'
import type { Report } from '../reports/report.ts'
import { sheetsOf } from '../reports/sheets.ts'
import { type OperatorOptions, queryRows } from './operator-door.ts'
import { aDate, oneOf } from './option-values.ts'

/** `linli report`: what happened in a day, a week, half a month or a month, for a grid, a community or a street. */
const formats = ['text', 'ranking', 'md', 'json', 'xlsx', 'png'] as const
type Format = (typeof formats)[number]

interface ReportFlags {
  readonly place?: string
  readonly at?: string
  readonly format: Format
  readonly out?: string
  readonly staff?: boolean
}

export function addReportCommands(program: Command, options: OperatorOptions): void {
  program
    .command('report')
    .description('a report of the ledger: counts, rates with their formula, the ranking of grids')
    .argument('<kind>', reportKinds.join(', '), oneOf('kind', reportKinds))
    .option('--place <place>', 'a street, community or grid, by name or id; everything when absent')
    .option('--at <date>', 'a day of the period, for example 2026-11-19; today when absent', aDate)
    .option('--format <format>', formats.join(', '), oneOf('format', formats), 'text')
    .option('--out <file>', 'where xlsx and png go; reports/ of the data folder when absent')
    .option('--staff', 'with the names of those who are responsible: in xlsx and json only')
    .action(async (kind: string, { place, at, format, out, staff = false }: ReportFlags) => {
      const named = { ...(place !== undefined && { place }), ...(at !== undefined && { at }) }
      const request = { type: 'report', kind, ...named, ...(staff && { staff }) }
      const [report] = await queryRows<Report>(options, request, loadPlainLore)
      if (report) await show(options, report, format, out)
    })
}

async function show(
  options: OperatorOptions,
  report: Report,
  format: Format,
  out: string | undefined,
): Promise<void> {
  const { print } = options
  switch (format) {
    case 'text':
      return print(chatText(report))
    case 'ranking':
      return print(rankingText(report))
    case 'json':
      return print(JSON.stringify(report))
    case 'md':
      return out === undefined ? print(markdownOf(report)) : keep(options, report, 'md', out)
    case 'xlsx':
    case 'png':
      return keep(options, report, format, out)
  }
}

async function keep(
  { print, root }: OperatorOptions,
  report: Report,
  format: 'md' | 'xlsx' | 'png',
  out: string | undefined,
): Promise<void> {
  const folder = join(loadConfig(root).dataFolder, 'reports')
  const press = openReportPress(folder)
  const bytes = await made(press, report, format)
  if (out !== undefined) {
    // names of staff may stand in it
    await writeFile(resolve(out), bytes, { mode: 0o600 })
    print(resolve(out))
    return
  }
  print(join(folder, await press.keep(`${fileNameOf(report)}.${format}`, bytes)))
}

async function made(
  press: ReturnType<typeof openReportPress>,
  report: Report,
  format: 'md' | 'xlsx' | 'png',
): Promise<Uint8Array> {
  if (format === 'png') return press.picture(picturePageOf(report))
  return format === 'xlsx' ? press.workbook(sheetsOf(report)) : Buffer.from(markdownOf(report))
}
