import { basename, extname } from 'node:path'
import type { Passage } from '../../knowledge/answer.ts'
import type { Finding } from '../../knowledge/check/finding.ts'
import { checkPrivateData } from '../../knowledge/check/private-data.ts'
import type { Draft } from '../../knowledge/documents/block.ts'
import { writePolicy } from '../../knowledge/documents/policy-text.ts'
import type { Recognised } from '../../knowledge/documents/recognise.ts'
import { parsePolicy } from '../../knowledge/policy-markdown.ts'
import { rowToPassage, writeQuestionTable } from '../../knowledge/question-rows.ts'
import { decodeText } from './decode-text.ts'
import { type FileKind, kindOf } from './file-kind.ts'
import { readMarkdown } from './markdown-blocks.ts'
import { DocumentRefusedError, limits } from './refusal.ts'
import type { Table } from './tables.ts'

/** A file of any format that is read, as it will stand in the knowledge base. */
export interface ReadDocument {
  /** .md, .csv or .jsonl */
  readonly ending: string
  readonly text: string
  /** Sections, or rows of a table. */
  readonly passages: number
  readonly unit: 'sections' | 'rows'
  /** undefined when the document already was one of ours, or is a table. */
  readonly recognised?: Recognised
  /** What could not be taken: pictures, columns, headings without text. */
  readonly lost: readonly string[]
  /** Rows that cannot be taken. */
  readonly faults: readonly string[]
  /** People's data, and sentences that speak to a program: it is taken all the same. */
  readonly privateData: readonly Finding[]
}

type Read = Omit<ReadDocument, 'privateData' | 'passages'> & { readonly passages: readonly Passage[] }

/** `path`: below what was named, for its ending and its name. @throws DocumentRefusedError, without the file's name */
export async function readDocument(path: string, bytes: Buffer): Promise<ReadDocument> {
  const kind = kindOf(path, bytes)
  const name = basename(path, extname(path))
  const most = kind === 'csv' || kind === 'jsonl' ? limits.table : limits.document
  if (bytes.length > most)
    throw new DocumentRefusedError(
      `it has ${bytes.length >> 20} MB, more than ${most >> 20}: split it, or take its pictures out`,
    )
  try {
    const { passages, ...read } = await readKind(kind, bytes, name)
    const isDocument = read.unit === 'sections'
    const privateData = checkPrivateData(passages.map((passage) => ({ file: path, isDocument, passage })))
    return { ...read, passages: passages.length, privateData }
  } catch (error) {
    // the libraries go down into what is nested, and so far down goes only what was made for that
    if (error instanceof RangeError)
      throw new DocumentRefusedError(
        `it is nested too deeply, or too large: save it anew (${error.message})`,
        { cause: error },
      )
    throw error
  }
}

async function readKind(kind: FileKind, bytes: Buffer, name: string): Promise<Read> {
  switch (kind) {
    case 'markdown':
      return ownPolicy(textOf(bytes), name)
    case 'text': {
      const { readPlainText } = await import('./text-blocks.ts')
      return policy(readPlainText(textOf(bytes)), name)
    }
    case 'html': {
      const { readHtml } = await import('./html-blocks.ts')
      return policy(readHtml(textOf(bytes, declaredEncoding(bytes))), name)
    }
    case 'docx': {
      const { readDocx } = await import('./docx.ts')
      return policy(await readDocx(bytes), name)
    }
    case 'pdf': {
      const { readPdf } = await import('./pdf.ts')
      return policy(await readPdf(bytes), name)
    }
    case 'xlsx': {
      const { readXlsx } = await import('./tables.ts')
      return table(await readXlsx(bytes, name))
    }
    case 'csv': {
      const { readCsv } = await import('./tables.ts')
      return table(readCsv(textOf(bytes), name))
    }
    case 'jsonl': {
      const { readJsonl } = await import('./tables.ts')
      return jsonLines(readJsonl(textOf(bytes), name))
    }
  }
}

function textOf(bytes: Buffer, declared?: string): string {
  const { text } = decodeText(bytes, declared)
  if (text.trim() === '') throw new DocumentRefusedError('it is empty: take it out, or save it again')
  return text
}

/** `<meta charset=gb2312>` or `content="text/html; charset=gb2312"`. */
function declaredEncoding(bytes: Buffer): string | undefined {
  return /charset\s*=\s*["']?([\w-]+)/iu.exec(bytes.subarray(0, 2048).toString('latin1'))?.[1]
}

/** With front matter it is ours, and stays as it was written. */
function ownPolicy(text: string, name: string): Read {
  const plain = text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n')
  if (!/^---\s*\n/u.test(plain)) return policy(readMarkdown(plain), name)
  const { passages, problems } = parsePolicy(`${name}.md`, plain)
  if (problems.length > 0) {
    const told = problems.map(({ line, message }) => `line ${line}: ${message}`)
    throw new DocumentRefusedError(told.join('; '))
  }
  return { ending: '.md', text: plain, passages, unit: 'sections', lost: [], faults: [] }
}

function policy(draft: Draft, name: string): Read {
  const characters = draft.blocks.reduce((sum, { text }) => sum + text.length, 0)
  if (characters > limits.characters)
    throw new DocumentRefusedError(
      `it has ${characters} characters, more than ${limits.characters}: split it`,
    )
  const written = writePolicy(draft, name)
  if (written === undefined) throw new DocumentRefusedError('no text is in it: take it out, or type the text')
  const { text, recognised, lost } = written
  const { passages, problems } = parsePolicy(`${name}.md`, text)
  if (problems.length > 0) throw new Error(`${name}: ${problems.map(({ message }) => message).join('; ')}`)
  return { ending: '.md', text, recognised, lost, passages, unit: 'sections', faults: [] }
}

function table({ rows, faults, lost }: Table): Read {
  const passages = rows.map(rowToPassage)
  return { ending: '.csv', text: writeQuestionTable(rows), passages, unit: 'rows', lost, faults }
}

function jsonLines({ rows, faults, lost }: Table): Read {
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return { ending: '.jsonl', text, passages: rows.map(rowToPassage), unit: 'rows', lost, faults }
}
