import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Passage } from './answer.ts'
import { type Columns, type RowField, readColumns, rowFields } from './documents/columns.ts'
import { readDay } from './documents/day.ts'
import type { ParsedDocument } from './policy-markdown.ts'

/** A question with its answer, as a row of JSONL or of a table. */

/** For zod: a number where text belongs is told what to write; all else as usual. */
export function quoteNumbers({ input }: { readonly input?: unknown }): string | undefined {
  return typeof input === 'number'
    ? `expected text in quotes, such as "${input}", but ${input} came`
    : undefined
}

const column = (name: string) =>
  z
    .string({ error: (issue) => quoteNumbers(issue) ?? `expected '${name}' as text` })
    .trim()
    .min(1, `expected '${name}' to have some text`)

const words = (name: string) =>
  z
    .string({ error: `expected '${name}' as text` })
    .trim()
    .optional()

const day = (name: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/u, `expected '${name}' as a day such as 2026-03-01`)
    .optional()

const list = (name: string) =>
  z.array(column(name), { error: `expected '${name}' as a list of texts` }).optional()

export const questionRow = z.strictObject({
  id: column('id'),
  question: column('question'),
  answer: column('answer'),
  title: words('title'),
  /** Other ways to ask the same. */
  asked: list('asked'),
  source: words('source'),
  number: words('number'),
  issued: day('issued'),
  valid_until: day('valid_until'),
  region: words('region'),
  tags: list('tags'),
  phone: words('phone'),
  url: words('url'),
})
export type QuestionRow = z.infer<typeof questionRow>

/** Shared by all rows: a hundred thousand empty lists would cost megabytes. */
const none: readonly string[] = []

/** The row's id is the passage's. */
export function rowToPassage(row: QuestionRow): Passage {
  const { source, number, issued, valid_until: validUntil, phone, url, region } = row
  return {
    id: row.id,
    title: row.title ?? '',
    heading: row.question,
    alsoAsked: row.asked ?? none,
    text: row.answer,
    tags: row.tags ?? none,
    ...(source && { source }),
    ...(number && { number }),
    ...(issued && { issued }),
    ...(validUntil && { validUntil }),
    ...(phone && { phone }),
    ...(url && { url }),
    ...(region && { region }),
  }
}

const parsedRows = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))

/** The first row names the columns: id, question, answer and, if wanted, more; in English or in Chinese. */
export function parseQuestionTable(file: string, text: string): ParsedDocument {
  const passages: Passage[] = []
  const lines: number[] = []
  const problems: { file: string; line: number; message: string }[] = []
  const report = (line: number, message: string) => problems.push({ file, line, message })
  let rows: z.infer<typeof parsedRows>
  try {
    rows = parsedRows.parse(
      parse(text, {
        bom: true,
        info: true,
        relax_column_count_less: true,
        skip_empty_lines: true,
        trim: true,
      }),
    )
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) {
      throw error
    }
    report(
      Number(error.lines),
      `expected CSV with a first row ${shape}, but ${error.message}: correct the row`,
    )
    return { passages, problems }
  }
  const [head, ...records] = rows
  const columns = readColumns(head?.record ?? [])
  if (head !== undefined && columns === undefined) {
    report(1, `expected a first row ${shape}, but came ${shown(head.record)}: name the columns`)
    return { passages, problems }
  }
  for (const name of columns?.others ?? []) {
    report(
      1,
      `expected ${rowFields.join(', ')} only, but found '${name}': remove it, or take the file in with \`linli knowledge import\``,
    )
  }
  for (const { record, info } of problems.length > 0 ? [] : records) {
    const row = readRow(record, columns ?? noColumns, defaultId(file, info.lines))
    if ('faults' in row) {
      report(info.lines, row.faults.join('; '))
    } else {
      passages.push(rowToPassage(row.row))
      lines.push(info.lines)
    }
  }
  if (records.length === 0) {
    report(1, `expected rows ${shape}, but the file has none`)
  }
  return { passages, lines, problems }
}

const noColumns: Columns = { fields: [], others: [] }
const shape = 'id,question,answer[,title,…]'

function shown(cells: readonly string[]): string {
  return JSON.stringify(cells.slice(0, 6).join(',').slice(0, 60))
}

/** The place of the row, so that whoever reads the id finds it. No '#': rows stand each for itself. */
function defaultId(file: string, line: number): string {
  return `${file.replace(/\.[^./\\]+$/, '')}-${line}`
}

export type ReadRow = { readonly row: QuestionRow } | { readonly faults: readonly string[] }

/** A row of a table by its columns; `id` when the row has none of its own. */
export function readRow(cells: readonly string[], columns: Columns, id: string): ReadRow {
  const found: Partial<Record<RowField, unknown>> = { id }
  const faults: string[] = []
  for (const [at, field] of columns.fields.entries()) {
    const cell = (cells[at] ?? '').trim()
    if (field === undefined || cell === '') continue
    const value = readCell(field, cell)
    if (value === 'bad day')
      faults.push(`expected '${field}' as a day such as 2026-03-01, but came '${cell.slice(0, 40)}'`)
    else if (value !== undefined) found[field] = value
  }
  const parsed = questionRow.safeParse(found)
  if (!parsed.success) faults.push(...parsed.error.issues.map(({ message }) => message))
  return parsed.success && faults.length === 0 ? { row: parsed.data } : { faults }
}

function readCell(field: RowField, cell: string): string | readonly string[] | undefined {
  switch (field) {
    case 'issued':
    case 'valid_until':
      // 长期有效 has no last day
      return /^(长期|永久)/u.test(cell) ? undefined : (readDay(cell) ?? 'bad day')
    case 'tags':
      return cell.split(/[,，、;；|｜\s]+/u).filter((each) => each !== '')
    case 'asked':
      return cell
        .split(/[;；|｜\n]+/u)
        .map((each) => each.trim())
        .filter((each) => each !== '')
    default:
      return cell
  }
}

/** Rows as a table that Excel opens: only the columns that have something in them. */
export function writeQuestionTable(rows: readonly QuestionRow[]): string {
  const used = rowFields.filter((field) => rows.some((row) => row[field] !== undefined && row[field] !== ''))
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\r\n`
  const cellOf = (row: QuestionRow, field: RowField) => {
    const value = row[field]
    return Array.isArray(value) ? value.join('｜') : (value ?? '')
  }
  return `\uFEFF${line(used)}${rows.map((row) => line(used.map((field) => cellOf(row, field)))).join('')}`
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
