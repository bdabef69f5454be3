import { likeliest } from './likeliest.ts'
import { type GridField, type GridRow, type GridRows, type GridSheet, gridSheets, mostRows } from './rows.ts'
import { columnWords, sheetWords } from './words.ts'

/** Which column of which table means what: from the tables of a file to rows of the grid. */

export interface SourceTable {
  readonly source: string
  readonly name: string
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly odd?: ReadonlyMap<number, string>
  }[]
}

export interface ReadTables {
  readonly rows: GridRows
  /** What keeps the file from being understood, a line each. */
  readonly faults: readonly string[]
  /** What was left out, a line each. */
  readonly notes: readonly string[]
  /** Where a cell stands, for whoever has to mend it: 人员.csv, line 3, column C (角色) */
  place(sheet: GridSheet, line: number, field: GridField): string
}

interface Head {
  readonly sheet: GridSheet
  readonly source: string
  readonly line: number
  readonly columns: ReadonlyMap<GridField, { readonly at: number; readonly title: string }>
}

/** Above the names of the columns may stand a title. */
const headWithin = 10

export function readTables(tables: readonly SourceTable[]): ReadTables {
  const faults: string[] = []
  const notes: string[] = []
  const heads = new Map<GridSheet, Head>()
  const rows: Partial<Record<GridSheet, GridRow[]>> = {}
  for (const table of tables) {
    if (table.rows.every(({ cells }) => cells.every(isEmpty))) continue
    const head = headOf(table, faults, notes)
    if (!head) continue
    const twin = heads.get(head.sheet)
    if (twin) {
      faults.push(`${head.source}: ${twin.source} has ${head.sheet} as well: put them into one table`)
      continue
    }
    heads.set(head.sheet, head)
    rows[head.sheet] = rowsOf(table, head, faults)
  }
  if (heads.size === 0 && faults.length === 0)
    faults.push(
      `expected a table of places (${titles('places')}), groups (${titles('groups')}) or people (${titles('people')})`,
    )
  return { rows, faults, notes, place: (...where) => placeOf(heads, ...where) }
}

function titles(sheet: GridSheet): string {
  return Object.values(columnWords[sheet])
    .map(([title]) => title)
    .join(', ')
}

function isEmpty(cell: string): boolean {
  return cell.trim() === ''
}

function headOf(table: SourceTable, faults: string[], notes: string[]): Head | undefined {
  const best = table.rows
    .slice(0, headWithin)
    .map(({ cells, line }) => ({ cells, line, sheet: sheetOf(table.name, cells) }))
    .find(({ sheet }) => sheet !== undefined)
  if (!best?.sheet) {
    const first = table.rows.find(({ cells }) => !cells.every(isEmpty))?.cells ?? []
    const came = first
      .filter((cell) => !isEmpty(cell))
      .slice(0, 6)
      .join(', ')
      .slice(0, 80)
    notes.push(
      `${table.source} was left out: no row names the columns of places, groups or people; the first row is ${came}`,
    )
    return undefined
  }
  return {
    sheet: best.sheet,
    source: table.source,
    line: best.line,
    columns: columnsOf(table.source, best.sheet, best.cells, faults, notes),
  }
}

/** By the name of the sheet or file; else by the columns that only one of the three has. */
function sheetOf(name: string, cells: readonly string[]): GridSheet | undefined {
  const fitting = gridSheets
    .map((sheet) => ({ sheet, count: cells.filter((cell) => fieldOf(sheet, cell) !== undefined).length }))
    .filter(({ sheet, count }) => count >= 2 && cells.some((cell) => fieldOf(sheet, cell) === 'name'))
  const plain = name.normalize('NFKC').trim().toLowerCase()
  const named = fitting.find(({ sheet }) => sheetWords[sheet].includes(plain))
  return (named ?? fitting.sort((one, other) => other.count - one.count)[0])?.sheet
}

function fieldOf(sheet: GridSheet, title: string): GridField | undefined {
  const plain = title
    .normalize('NFKC')
    .replaceAll(/[\s*＊]|\(.*\)$/gu, '')
    .toLowerCase()
  const words = Object.entries(columnWords[sheet]) as [GridField, readonly string[]][]
  return words.find(([, known]) => known.includes(plain))?.[0]
}

function columnsOf(
  source: string,
  sheet: GridSheet,
  cells: readonly string[],
  faults: string[],
  notes: string[],
): Head['columns'] {
  const columns = new Map<GridField, { at: number; title: string }>()
  for (const [at, cell] of cells.entries()) {
    const title = cell.trim()
    const field = fieldOf(sheet, title)
    const twin = field && columns.get(field)
    if (field && !twin) columns.set(field, { at, title })
    else if (twin)
      faults.push(`${source}: columns ${letter(twin.at)} and ${letter(at)} are both ${title}: leave one out`)
    else if (title !== '')
      notes.push(`${source}: column ${letter(at)} (${title.slice(0, 20)}) was left out${hint(sheet, title)}`)
  }
  return columns
}

function hint(sheet: GridSheet, title: string): string {
  const meant = likeliest(title, Object.values(columnWords[sheet]).flat())
  return meant === undefined ? '' : `; if it is ${meant}, call it so`
}

function rowsOf({ rows }: SourceTable, head: Head, faults: string[]): GridRow[] {
  const filled = rows.filter(({ line, cells }) => line > head.line && !cells.every(isEmpty))
  if (filled.length > mostRows) {
    faults.push(`${head.source}: ${filled.length} rows, more than ${mostRows}: split the file`)
    return []
  }
  return filled.map(({ line, cells, odd }) => {
    const read: Partial<Record<GridField, string>> = {}
    for (const [field, { at, title }] of head.columns) {
      read[field] = plainCell(cells[at] ?? '')
      const kind = odd?.get(at)
      if (kind !== undefined)
        faults.push(
          `${head.source}, line ${line}, column ${letter(at)} (${title}): Excel took it for ${kind}: format the column as text and type it again`,
        )
    }
    return { line, cells: read }
  })
}

/** An apostrophe before what looks like a formula is no part of it: exports put it there. */
function plainCell(text: string): string {
  return text.replace(/^'(?='*\s*[=+\-@＝＋－＠\t])/u, '').slice(0, longestCell)
}

const longestCell = 4_000

/** 0 → A */
function letter(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : `${letter(Math.floor(at / 26) - 1)}${letter(at % 26)}`
}

function placeOf(
  heads: ReadonlyMap<GridSheet, Head>,
  sheet: GridSheet,
  line: number,
  field: GridField,
): string {
  const head = heads.get(sheet)
  const column = head?.columns.get(field)
  const where = column
    ? `column ${letter(column.at)} (${column.title})`
    : `column ${columnWords[sheet][field]?.[0] ?? field}, which is not there`
  return `${head?.source ?? sheet}, line ${line}, ${where}`
}
