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

const record = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) })

/** Never throws: what is wrong comes back with its file and line. */
export function parseItems(file: string, text: string): ParsedItems {
  const placed: PlacedItem[] = []
  const problems: DocumentProblem[] = []
  let rows: unknown[]
  try {
    rows = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) throw error
    const message = `expected CSV with a first row ${header}, but ${error.message}: correct the row`
    return { placed, problems: [{ file, line: Number(error.lines), message }] }
  }
  for (const row of rows) {
    const { record: cells, info } = record.parse(row)
    const parsed = itemRow.safeParse(cells)
    if (parsed.success) placed.push({ item: parsed.data, file, line: info.lines })
    else problems.push({ file, line: info.lines, message: describe(parsed.error) })
  }
  if (rows.length === 0) {
    problems.push({
      file,
      line: 1,
      message: `expected rows under ${header}, but the file has none: add an item`,
    })
  }
  return { placed, problems }
}

/** A name or alias that stands for two items would find only the first. */
export function repeatedNames(placed: readonly PlacedItem[]): DocumentProblem[] {
  const known = new Map<string, PlacedItem>()
  const problems: DocumentProblem[] = []
  for (const each of placed) {
    for (const name of [each.item.name, ...each.item.aliases]) {
      const first = known.get(name.toLowerCase())
      if (first && first !== each) {
        const message = `expected every name and alias once, but '${name}' stands in ${first.file}:${first.line} already: remove one`
        problems.push({ file: each.file, line: each.line, message })
      } else {
        known.set(name.toLowerCase(), each)
      }
    }
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
