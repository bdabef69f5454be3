import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Passage } from '../../knowledge/answer.ts'
import { BadDocumentsError, type DocumentProblem } from '../../knowledge/document-problem.ts'
import { type ParsedDocument, parsePolicy } from '../../knowledge/policy-markdown.ts'
import { parseQuestionTable, questionRow, rowToPassage } from '../../knowledge/question-rows.ts'
import { readJsonLines } from '../jsonl.ts'

const endings = ['.md', '.txt', '.jsonl', '.csv'] as const
type Ending = (typeof endings)[number]

/** A document to be read: where it lies, and what it is called in the knowledge base, with `/`. */
export interface DocumentFile {
  readonly file: string
  readonly path: string
}

export interface LoadOptions {
  /** Told after each document, for progress. */
  readonly onDocument?: (done: number, all: number) => void
}

/**
 * All passages of a folder and the folders in it, in the order of their paths. Other files are left alone,
 * hidden ones too.
 * @throws BadDocumentsError naming every bad file and line; nothing is loaded by halves.
 */
export async function loadKnowledgeFolder(folder: string, options: LoadOptions = {}): Promise<Passage[]> {
  const documents = await documentsIn(folder)
  if (documents.length === 0) {
    const message = `expected documents (${endings.join(', ')}), but found none: put at least one here`
    throw new BadDocumentsError([{ file: folder, line: 1, message }])
  }
  return loadDocuments(documents, options)
}

/** Ids differ across all of them. @throws BadDocumentsError */
export async function loadDocuments(
  documents: readonly DocumentFile[],
  { onDocument }: LoadOptions = {},
): Promise<Passage[]> {
  const passages: Passage[] = []
  const problems: DocumentProblem[] = []
  const known = new Map<string, readonly [document: number, line: number]>()
  for (const [at, { file, path }] of documents.entries()) {
    const parsed = await readDocument(path, file, extname(file).toLowerCase() as Ending)
    problems.push(...parsed.problems)
    for (const [place, passage] of parsed.passages.entries()) {
      const line = parsed.lines?.[place] ?? 1
      const before = known.get(passage.id)
      if (before === undefined) known.set(passage.id, [at, line])
      else problems.push(repeatedId(passage.id, { file, line }, placeIn(documents, before)))
      passages.push(passage)
    }
    onDocument?.(at + 1, documents.length)
  }
  if (problems.length > 0) {
    throw new BadDocumentsError(problems)
  }
  return passages
}

/** In the order of their paths. @throws BadDocumentsError when there is no such folder */
export async function documentsIn(folder: string): Promise<DocumentFile[]> {
  let entries: Awaited<ReturnType<typeof list>>
  try {
    entries = await list(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      const message = 'expected a folder of documents, but there is none: correct the path'
      throw new BadDocumentsError([{ file: folder, line: 1, message }], { cause: error })
    }
    throw error
  }
  return entries
    .filter((entry) => entry.isFile() && endings.includes(extname(entry.name).toLowerCase() as Ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, file: relative(folder, path).split(sep).join('/') }))
    .filter(({ file }) => !file.split('/').some((part) => part.startsWith('.')))
    .sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** The same where the folder may not be there yet. */
export async function documentsThere(folder: string): Promise<DocumentFile[]> {
  try {
    return await documentsIn(folder)
  } catch (error) {
    if (error instanceof BadDocumentsError) {
      return []
    }
    throw error
  }
}

function list(folder: string) {
  return readdir(folder, { recursive: true, withFileTypes: true })
}

async function readDocument(path: string, file: string, ending: Ending): Promise<ParsedDocument> {
  switch (ending) {
    case '.jsonl':
      return readRows(path, file)
    case '.csv':
      return readText(path, file, parseQuestionTable)
    case '.md':
    case '.txt':
      return readText(path, file, parsePolicy)
  }
}

async function readText(
  path: string,
  file: string,
  parse: (file: string, text: string) => ParsedDocument,
): Promise<ParsedDocument> {
  const bytes = await readFile(path)
  try {
    return parse(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error
    }
    const line = firstBadLine(bytes)
    const message = 'expected UTF-8, but these bytes are not: save the file as UTF-8'
    return { passages: [], problems: [{ file, line, message }] }
  }
}

function firstBadLine(bytes: Buffer): number {
  // What is not UTF-8 decodes to the replacement character.
  const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? ''
  return before.split('\n').length
}

async function readRows(path: string, file: string): Promise<ParsedDocument> {
  const passages: Passage[] = []
  const lines: number[] = []
  const problems: DocumentProblem[] = []
  for await (const row of readJsonLines(createReadStream(path), questionRow)) {
    if ('error' in row) {
      problems.push({ file, line: row.line, message: row.error })
    } else {
      passages.push(rowToPassage(row.value))
      lines.push(row.line)
    }
  }
  if (passages.length === 0 && problems.length === 0) {
    problems.push({
      file,
      line: 1,
      message: 'expected rows {"id","question","answer"}, but the file has none',
    })
  }
  return { passages, lines, problems }
}

function placeIn(documents: readonly DocumentFile[], [at, line]: readonly [number, number]): string {
  return `${documents[at]?.file}:${line}`
}

function repeatedId(
  id: string,
  place: Pick<DocumentProblem, 'file' | 'line'>,
  before: string,
): DocumentProblem {
  const message = `expected every id once, but '${id}' stands in ${before} as well: give one of them another id`
  return { ...place, message }
}
