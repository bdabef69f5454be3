import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { type Columns, readColumns } from '../../knowledge/documents/columns.ts'
import { type QuestionRow, questionRow, readRow } from '../../knowledge/question-rows.ts'
import { sheetTexts } from './merged-cells.ts'
import { DocumentRefusedError, limits } from './refusal.ts'
import { assertExtent } from './sheet-extent.ts'

/** Tables of questions and answers: .xlsx, .csv and .jsonl as rows of ours. */
export interface Table {
  readonly rows: readonly QuestionRow[]
  /** Rows that cannot be taken, one clear line each. */
  readonly faults: readonly string[]
  readonly lost: readonly string[]
}

/** A sheet or a file: cells as text, with the number that people see beside each row. */
interface Grid {
  /** '' for a file without sheets. */
  readonly name: string
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
}

/** Above the names of the columns may stand a title. */
const headWithin = 10
const expected =
  'expected a row with the names of the columns, such as 问题 and 答案 (or question and answer)'

/** `name`: of the file without its ending; begins the ids. It is no title: residents do not know our files. */
export async function readXlsx(bytes: Buffer, name: string): Promise<Table> {
  const sheets = await readSheets(bytes)
  const grids = sheets.map(({ sheet, data }): Grid => {
    const rows = data.map((cells, at) => ({ line: at + 1, cells: cells.map(cellText) }))
    return { name: sheets.length > 1 ? sheet : '', rows }
  })
  return readGrids(grids, name)
}

/** Sheets in their order, cells as Excel keeps them: texts, numbers, dates, nothing. @throws DocumentRefusedError */
export async function readSheets(
  bytes: Buffer,
): Promise<readonly { readonly sheet: string; readonly data: readonly (readonly unknown[])[] }[]> {
  const { default: read } = await import('read-excel-file/node')
  try {
    for (const [name, sheet] of sheetTexts(bytes)) assertExtent(name, sheet)
    return await read(bytes)
  } catch (error) {
    if (error instanceof DocumentRefusedError) throw error
    throw new DocumentRefusedError('its sheets are damaged: open it in Excel or WPS and save it anew', {
      cause: error,
    })
  }
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return cell === null || cell === undefined ? '' : String(cell)
}

const csvRows = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))

export function readCsv(text: string, name: string): Table {
  return readGrids([{ name: '', rows: readCsvRows(text) }], name)
}

/** Comma, tab or semicolon, whichever the first line has most of. @throws DocumentRefusedError naming the line */
export function readCsvRows(text: string): Grid['rows'] {
  const [first = ''] = text.split(/\r?\n/u, 1)
  const delimiter = [',', '\t', ';', '，'].reduce((best, each) =>
    first.split(each).length > first.split(best).length ? each : best,
  )
  try {
    const rows = csvRows.parse(
      parse(text, { bom: true, info: true, delimiter, relax_column_count: true, relax_quotes: true }),
    )
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) throw error
    throw new DocumentRefusedError(`line ${String(error.lines)}: ${error.message}: correct the row`, {
      cause: error,
    })
  }
}

function readGrids(grids: readonly Grid[], name: string): Table {
  const filled = grids.filter((grid) => grid.rows.some(({ cells }) => !isEmpty(cells)))
  if (filled.length === 0) throw new DocumentRefusedError('it is empty: take it out, or fill it in')
  const tables = filled.map((grid) => readGrid(grid, name))
  if (tables.every((table) => table === undefined)) throw new DocumentRefusedError(noColumns(filled))
  const without = filled.filter((_, at) => tables[at] === undefined)
  const whole = {
    rows: tables.flatMap((table) => table?.rows ?? []),
    faults: tables.flatMap((table) => table?.faults ?? []),
    lost: [
      ...tables.flatMap((table) => table?.lost ?? []),
      ...without.map((grid) => `sheet ${grid.name}: no columns 问题 and 答案`),
    ],
  }
  assertCount(whole, 'expected questions and answers below the names of the columns, but there are none')
  return whole
}

function assertCount({ rows, faults }: Table, none: string): void {
  if (rows.length + faults.length === 0) throw new DocumentRefusedError(none)
  if (rows.length > limits.rows)
    throw new DocumentRefusedError(`it has ${rows.length} rows, more than ${limits.rows}: split it`)
}

/** @returns undefined when no row names the columns */
function readGrid(grid: Grid, name: string): Table | undefined {
  const head = headOf(grid)
  if (head === undefined) return undefined
  const { columns, at } = head
  const rows: QuestionRow[] = []
  const faults: string[] = []
  const [place, prefix] = grid.name === '' ? ['', name] : [`sheet ${grid.name}, `, `${name}-${grid.name}`]
  for (const { line, cells } of grid.rows.slice(at + 1)) {
    if (isEmpty(cells)) continue
    const read = readRow(cells, columns, `${prefix}-${line}`)
    if ('row' in read) rows.push(read.row)
    else faults.push(`${place}row ${line}: ${read.faults.join('; ')}`)
  }
  return { rows, faults, lost: columns.others.length > 0 ? [`columns ${columns.others.join(', ')}`] : [] }
}

function noColumns(grids: readonly Grid[]): string {
  const first = grids[0]?.rows.find(({ cells }) => !isEmpty(cells))?.cells ?? []
  const came = first
    .filter((cell) => cell.trim() !== '')
    .slice(0, 6)
    .join(', ')
    .slice(0, 80)
  return `${expected}, but the first row is ${came}: name the columns`
}

function headOf(grid: Grid): { readonly columns: Columns; readonly at: number } | undefined {
  for (const [at, { cells }] of grid.rows.slice(0, headWithin).entries()) {
    const columns = readColumns(cells)
    if (columns) return { columns, at }
  }
  return undefined
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

const jsonObject = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
)

/** One object a line; its keys may be ours, or any name that a column may have. */
export function readJsonl(text: string, name: string): Table {
  const rows: QuestionRow[] = []
  const faults: string[] = []
  for (const [at, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '') continue
    const read = readJsonRow(line, `${name}-${at + 1}`)
    if ('row' in read) rows.push(read.row)
    else faults.push(`line ${at + 1}: ${read.faults.join('; ')}`)
  }
  const table = { rows, faults, lost: [] }
  assertCount(table, 'it has no rows {"id","question","answer"}')
  return table
}

function readJsonRow(line: string, id: string): ReturnType<typeof readRow> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {
      faults: [`expected one JSON object such as {"question":"…","answer":"…"}, but ${error.message}`],
    }
  }
  const ours = questionRow.safeParse(value)
  if (ours.success) return { row: ours.data }
  const object = jsonObject.safeParse(value)
  if (!object.success)
    return { faults: ['expected an object with texts, such as {"question":"…","answer":"…"}'] }
  const columns = readColumns(Object.keys(object.data))
  if (columns === undefined) return { faults: ["expected 'question' and 'answer' (or 问题 and 答案)"] }
  const cells = Object.values(object.data).map((each) =>
    Array.isArray(each) ? each.join('｜') : String(each ?? ''),
  )
  return readRow(cells, columns, id)
}
