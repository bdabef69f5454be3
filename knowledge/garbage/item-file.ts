import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { DocumentProblem } from '../document-problem.ts'
import { type GarbageItem, garbageCategories } from './sorting.ts'

/** One file of items: name,aliases,category,hint; the aliases separated by `|`. */

export interface PlacedItem {
  readonly item: GarbageItem
  readonly file: string
  readonly line: number
}

export interface ParsedItems {
  readonly placed: readonly PlacedItem[]
  readonly problems: readonly DocumentProblem[]
}

const header = 'name,aliases,category,hint'

const itemRow = z.strictObject({
  name: z.string({ error: 'name is missing' }).trim().min(1, 'name is empty'),
  aliases: z.string({ error: 'aliases is missing' }).transform(splitAliases),
  category: z.enum(garbageCategories, {
    error: ({ input }) =>
      `category is ${JSON.stringify(input)}, expected one of ${garbageCategories.join(', ')}`,
  }),
  hint: z.string({ error: 'hint is missing' }).trim().min(1, 'hint is empty: say how to hand it in'),
})

/** Never throws: what is wrong comes back with its file and line. */
export function parseItems(file: string, text: string): ParsedItems {
  const placed: PlacedItem[] = []
  const problems: DocumentProblem[] = []
  let rows: readonly Row[]
  try {
    rows = text.includes('"') ? quotedRows(text) : plainRows(text)
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) throw error
    const message = `expected CSV with a first row ${header}, but ${error.message}: correct the row`
    return { placed, problems: [{ file, line: Number(error.lines), message }] }
  }
  const [first, ...rest] = rows
  for (const { line, cells } of rest) {
    if (cells.length > (first?.cells.length ?? 0)) {
      const message = `expected ${header}, but the row has ${cells.length} cells: correct the row`
      problems.push({ file, line, message })
      continue
    }
    const row: Record<string, string | undefined> = {}
    first?.cells.forEach((column, at) => {
      row[column] = cells[at]
    })
    const parsed = itemRow.safeParse(row)
    if (parsed.success) placed.push({ item: parsed.data, file, line })
    else problems.push({ file, line, message: describe(parsed.error) })
  }
  if (rest.length === 0) {
    problems.push({
      file,
      line: 1,
      message: `expected rows under ${header}, but the file has none: add an item`,
    })
  }
  return { placed, problems }
}

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** Without a quote, CSV is lines and commas; the parser takes 20 times as long to find that out. */
function plainRows(text: string): Row[] {
  return text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .map((row, at) => ({ line: at + 1, cells: row.split(',').map((cell) => cell.trim()) }))
    .filter(({ cells }) => cells.length > 1 || cells[0] !== '')
}

const parsedRows = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))

function quotedRows(text: string): Row[] {
  const rows: unknown = parse(text, { bom: true, info: true, skip_empty_lines: true, trim: true })
  return parsedRows.parse(rows).map(({ record, info }) => ({ line: info.lines, cells: record }))
}

/** A name or alias that stands for two items would find only the first. */
export function repeatedNames(placed: readonly PlacedItem[]): DocumentProblem[] {
  const known = new Map<string, PlacedItem>()
  const problems: DocumentProblem[] = []
  const claim = (name: string, each: PlacedItem) => {
    const key = name.toLowerCase()
    const first = known.get(key)
    if (first === undefined) known.set(key, each)
    else if (first !== each) {
      const message = `expected every name and alias once, but '${name}' stands in ${first.file}:${first.line} already: remove one`
      problems.push({ file: each.file, line: each.line, message })
    }
  }
  for (const each of placed) {
    claim(each.item.name, each)
    for (const alias of each.item.aliases) claim(alias, each)
  }
  return problems
}

function splitAliases(cell: string): string[] {
  return cell
    .split('|')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '')
}

function describe(error: z.ZodError): string {
  const faults = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? `unknown column ${issue.keys.join(', ')}` : issue.message,
  )
  return `expected ${header}, but ${faults.join('; ')}: correct the row`
}
