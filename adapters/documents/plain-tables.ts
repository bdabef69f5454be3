import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { decodeText } from './decode-text.ts'
import { mergedRows } from './merged-cells.ts'
import { DocumentRefusedError } from './refusal.ts'
import { readCsvRows, readSheets } from './tables.ts'
import { checkZip } from './zip-check.ts'

/** Tables as they stand in a file, a sheet or a folder of files: what their columns mean is for others to say. */
export interface PlainTable {
  /** As whoever has to mend it finds it: 网格.xlsx, sheet 人员 */
  readonly source: string
  /** Of the sheet; of a file without sheets its own, without ending. */
  readonly name: string
  readonly rows: readonly PlainRow[]
}

export interface PlainRow {
  /** The first line of the file is 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** Where Excel keeps something else than what was typed: column from 0 → what it took it for. */
  readonly odd?: ReadonlyMap<number, string>
}

/** More is no list of places and people. */
const mostBytes = 32 << 20

/** @param path an .xlsx, a .csv, or a folder of .csv files. @throws DocumentRefusedError naming the file */
export async function readPlainTables(path: string): Promise<readonly PlainTable[]> {
  if (!(await stat(path)).isDirectory()) return readFileNamed(path)
  const names = (await readdir(path)).filter((name) => extname(name).toLowerCase() === '.csv').sort()
  if (names.length === 0)
    throw new DocumentRefusedError(`${path}: expected .csv files in this folder, but there are none`)
  return (await Promise.all(names.map((name) => readFileNamed(join(path, name))))).flat()
}

async function readFileNamed(path: string): Promise<readonly PlainTable[]> {
  const name = basename(path)
  try {
    const { size } = await stat(path)
    if (size > mostBytes)
      throw new DocumentRefusedError(`it has ${size >> 20} MB, more than ${mostBytes >> 20}: split it`)
    const bytes = await readFile(path)
    const ending = extname(path).toLowerCase()
    // whatever it is called: people rename files
    if (bytes.subarray(0, 2).toString('latin1') === 'PK') return await sheetsOf(bytes, name)
    if (ending === '.csv' || ending === '.txt' || ending === '.tsv') return [csvTable(bytes, name)]
    if (ending === '.xls')
      throw new DocumentRefusedError('it is in the old format of Excel: save it as .xlsx or .csv')
    throw new DocumentRefusedError('expected an .xlsx or a .csv file')
  } catch (error) {
    if (!(error instanceof DocumentRefusedError)) throw error
    throw new DocumentRefusedError(`${name}: ${error.message}`, { cause: error })
  }
}

function csvTable(bytes: Buffer, file: string): PlainTable {
  const { text } = decodeText(bytes)
  return { source: file, name: basename(file, extname(file)), rows: readCsvRows(text) }
}

async function sheetsOf(bytes: Buffer, file: string): Promise<readonly PlainTable[]> {
  checkZip(bytes)
  const sheets = await readSheets(bytes)
  const merged = mergedRows(bytes)
  return sheets.map(({ sheet, data }) => {
    const rows = data.map((cells, at): PlainRow => {
      const odd = oddCells(cells)
      return { line: at + 1, cells: cells.map(textOf), ...(odd.size > 0 && { odd }) }
    })
    const source = sheets.length === 1 ? file : `${file}, sheet ${sheet}`
    return { source, name: sheet, rows: withMerged(rows, merged.get(sheet) ?? []) }
  })
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return cell === null || cell === undefined ? '' : String(cell)
}

function oddCells(cells: readonly unknown[]): ReadonlyMap<number, string> {
  const odd = cells.flatMap((cell, at): [number, string][] => {
    const kind = oddKind(cell)
    return kind === undefined ? [] : [[at, kind]]
  })
  return new Map(odd)
}

function oddKind(cell: unknown): string | undefined {
  if (cell instanceof Date) return 'a date'
  if (typeof cell === 'boolean') return `the truth value ${cell ? 'TRUE' : 'FALSE'}`
  // Excel keeps fifteen digits and makes zeros of the others
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15)
    return 'a number of more than 15 digits, and lost the last of them'
  return undefined
}

/** A cell that stands for several rows stands for each of them: 街道 is written once beside its communities. */
function withMerged(
  rows: readonly PlainRow[],
  merged: ReturnType<typeof mergedRows> extends ReadonlyMap<string, infer Ranges> ? Ranges : never,
): readonly PlainRow[] {
  if (merged.length === 0) return rows
  const filled = rows.map((row) => ({ ...row, cells: [...row.cells] }))
  for (const { column, from, to } of merged)
    for (let line = from + 1; line <= to; line++) {
      const row = filled[line - 1]
      const text = filled[from - 1]?.cells[column]
      if (row && text !== undefined && (row.cells[column] ?? '') === '') row.cells[column] = text
    }
  return filled
}
