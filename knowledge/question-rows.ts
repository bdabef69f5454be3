import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Passage } from './answer.ts'
import type { ParsedDocument } from './policy-markdown.ts'

/** A question with its answer, as a row of JSONL or CSV. */

const column = (name: string) =>
  z
    .string({ error: `expected '${name}' as text` })
    .trim()
    .min(1, `expected '${name}' to have some text`)

export const questionRow = z.strictObject({
  id: column('id'),
  question: column('question'),
  answer: column('answer'),
  title: z.string({ error: "expected 'title' as text" }).trim().optional(),
})
export type QuestionRow = z.infer<typeof questionRow>

/** Shared by all rows: a hundred thousand empty lists would cost megabytes. */
const none: readonly string[] = []

/** The row's id is the passage's. */
export function rowToPassage(row: QuestionRow): Passage {
  return {
    id: row.id,
    title: row.title ?? '',
    heading: row.question,
    alsoAsked: none,
    text: row.answer,
    tags: none,
  }
}

const record = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) })

/** The first row names the columns: id,question,answer and, if wanted, title. */
export function parseQuestionTable(file: string, text: string): ParsedDocument {
  const passages: Passage[] = []
  const problems: { file: string; line: number; message: string }[] = []
  let rows: unknown[]
  try {
    rows = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true })
  } catch (error) {
    if (!(error instanceof Error && 'lines' in error)) {
      throw error
    }
    const message = `expected CSV with a first row id,question,answer[,title], but ${error.message}: correct the row`
    return { passages, problems: [{ file, line: Number(error.lines), message }] }
  }
  for (const row of rows) {
    const { record: cells, info } = record.parse(row)
    // An empty cell of a column that may be missing is a missing one.
    const { title = '', ...required } = cells
    const parsed = questionRow.safeParse(title === '' ? required : cells)
    if (parsed.success) {
      passages.push(rowToPassage(parsed.data))
      continue
    }
    const message = parsed.error.issues.map((issue) => describeRowIssue(issue)).join('; ')
    problems.push({ file, line: info.lines, message })
  }
  if (rows.length === 0) {
    problems.push({
      file,
      line: 1,
      message: 'expected rows id,question,answer[,title], but the file has none',
    })
  }
  return { passages, problems }
}

function describeRowIssue(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys'
    ? `expected id, question, answer and title only, but found '${issue.keys.join("', '")}': remove it`
    : issue.message
}
