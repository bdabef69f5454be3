import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { decodeText } from '../../adapters/documents/decode-text.ts'
import { readingKnowledge } from '../../adapters/files/knowledge-changes.ts'
import { documentsIn, loadDocuments, loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { checkFields } from '../../knowledge/check/fields.ts'
import { type Finding, findingKinds, type Placed } from '../../knowledge/check/finding.ts'
import { checkPairs } from '../../knowledge/check/pairs.ts'
import { checkPrivateData } from '../../knowledge/check/private-data.ts'
import { checkOwnQuestions, checkQuestions } from '../../knowledge/check/search.ts'
import { BadDocumentsError } from '../../knowledge/document-problem.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { createQuestionGrouping } from '../../knowledge/question-groups.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import { counted } from './knowledge-counted.ts'
import type { ShowProgress } from './progress.ts'

/** `linli knowledge check`: what is wrong with a folder of documents, a line each. */
export interface CheckOptions {
  readonly root: string
  /** One question a line: those that find nothing are listed. */
  readonly questions?: string
  /** One finding a line as JSON, the summary last. */
  readonly json: boolean
  readonly now: number
  readonly progress: ShowProgress
  print(line: string): void
}

/** @returns the exit status: 1 when anything is a fault; notes alone are none */
export async function checkKnowledge(folder: string, options: CheckOptions): Promise<number> {
  try {
    const placed = await readingKnowledge(folder, () => readPlaced(folder, options.progress))
    const findings = [...(await notImported(folder)), ...(await findingsOf(placed, options))]
    return report(findings, placed, options)
  } catch (error) {
    if (!(error instanceof BadDocumentsError)) throw error
    const findings = error.problems.map(
      ({ file, line, message }): Finding => ({
        kind: 'unreadable',
        status: 'fault',
        places: [`${file}:${line}`],
        message,
      }),
    )
    return report(findings, [], options)
  }
}

async function readPlaced(folder: string, progress: ShowProgress): Promise<Placed[]> {
  const bar = progress('reading documents')
  try {
    // all at once first: faults are told together, and ids must differ across documents
    await loadKnowledgeFolder(folder, { onDocument: bar.step })
    const placed: Placed[] = []
    for (const document of await documentsIn(folder)) {
      const isDocument = ['.md', '.txt'].includes(extname(document.file).toLowerCase())
      for (const passage of await loadDocuments([document]))
        placed.push({ file: document.file, isDocument, passage })
    }
    return placed
  } finally {
    bar.end()
  }
}

/** Files that somebody put here, which only an import can read. */
async function notImported(folder: string): Promise<Finding[]> {
  const files = (await readdir(folder, { recursive: true })).sort()
  return files
    .filter((file) => /\.(docx?|pdf|xlsx?|html?|wps|et|tsv)$/iu.test(file) && !/(^|[/\\])[.~]/u.test(file))
    .map((file) => ({
      ...{ kind: 'unreadable', status: 'note', places: [file] },
      message: 'no answer comes from it here: take it in with `linli knowledge import`',
    }))
}

async function findingsOf(
  placed: readonly Placed[],
  { root, now, questions, progress }: CheckOptions,
): Promise<Finding[]> {
  const today = localDate(now)
  const synonyms = parseSynonyms(await readFile(join(root, 'knowledge', 'synonyms.txt'), 'utf8'))
  const passages = placed.map(({ passage }) => passage)
  const grouping = createQuestionGrouping(
    synonyms,
    passages.flatMap(({ heading, alsoAsked }) => [heading, ...alsoAsked]),
  )
  const findings = [...checkPrivateData(placed), ...checkFields(placed, today)]
  const comparing = progress('comparing answers')
  findings.push(...checkPairs(placed, { grouping, today, onPassage: comparing.step }))
  comparing.end()
  const asking = progress('asking every question')
  const knowledge = createKnowledge(passages, synonyms)
  findings.push(...checkOwnQuestions(placed, { knowledge, today, onQuestion: asking.step }))
  if (questions !== undefined) {
    const { text } = decodeText(await readFile(questions))
    const asked = text
      .split(/\r?\n/u)
      .map((line) => line.trim())
      .filter((line) => line !== '')
    findings.push(...checkQuestions(asked, { knowledge, today, onQuestion: asking.step }))
  }
  asking.end()
  return findings
}

function report(
  findings: readonly Finding[],
  placed: readonly Placed[],
  { print, json }: CheckOptions,
): number {
  const counts = findingKinds.map(
    (kind) => [kind, findings.filter((each) => each.kind === kind).length] as const,
  )
  const documents = new Set(placed.map(({ file }) => file)).size
  const faults = findings.filter(({ status }) => status === 'fault').length
  for (const [kind] of counts)
    for (const finding of findings.filter((each) => each.kind === kind))
      print(json ? JSON.stringify(finding) : lineOf(finding))
  if (json)
    print(
      JSON.stringify({
        kind: 'summary',
        documents,
        answers: placed.length,
        faults,
        ...Object.fromEntries(counts),
      }),
    )
  else {
    const told = counts.filter(([, count]) => count > 0).map(([kind, count]) => nameOf(kind, count))
    print(
      `${counted(documents, 'document')}, ${counted(placed.length, 'answer')}, ${counted(faults, 'fault')}${told.length > 0 ? `: ${told.join(', ')}` : ''}`,
    )
  }
  return faults > 0 ? 1 : 0
}

/** The kinds that are things have a plural; the others say what something is. */
const things: ReadonlySet<string> = new Set(['instruction', 'contradiction', 'duplicate'])

function nameOf(kind: string, count: number): string {
  return things.has(kind) ? counted(count, kind) : `${count} ${kind}`
}

function lineOf({ kind, status, places, message }: Finding): string {
  return `${status === 'fault' ? '✗' : '–'} ${kind}: ${places.join(' and ')}: ${message}`
}
