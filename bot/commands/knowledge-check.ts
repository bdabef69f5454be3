import { readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import type { Passage } from '../../knowledge/answer.ts'
import { BadDocumentsError, describeProblem } from '../../knowledge/document-problem.ts'
import { localDate } from '../../tickets/shanghai-time.ts'

interface Printing {
  print(line: string): void
  warn(line: string): void
}

/** @returns the exit status: 1 when a document cannot be read, lacks a field, has expired or repeats another */
export async function checkKnowledge(folder: string, { print, warn }: Printing): Promise<number> {
  try {
    const passages = await loadKnowledgeFolder(folder)
    const faults = faultsOf(passages, await policiesIn(folder), localDate(Date.now()))
    for (const fault of faults) print(fault)
    const count = new Set(passages.map(documentOf)).size
    print(`${count} documents, ${passages.length} answers, ${faults.length} faults`)
    return faults.length > 0 ? 1 : 0
  } catch (error) {
    if (!(error instanceof BadDocumentsError)) throw error
    for (const problem of error.problems) print(describeProblem(problem))
    warn(`${error.problems.length} faults keep the documents from being read: mend them and check again`)
    return 1
  }
}

/** For each document once: what it lacks, whether it still holds; for each question, who else answers it. */
function faultsOf(passages: readonly Passage[], policies: ReadonlySet<string>, today: string): string[] {
  const faults: string[] = []
  const seen = new Set<string>()
  for (const passage of passages) {
    const document = documentOf(passage)
    if (seen.has(document)) continue
    seen.add(document)
    const missing = policies.has(document)
      ? (['source', 'number', 'issued'] as const).filter((field) => passage[field] === undefined)
      : []
    if (missing.length > 0)
      faults.push(`${document}: ${missing.join(', ')} missing: write it into the front matter`)
    if (passage.validUntil !== undefined && passage.validUntil < today)
      faults.push(`${document}: held until ${passage.validUntil}: take it out, or correct valid_until`)
  }
  return [...faults, ...repeatedQuestions(passages)]
}

function repeatedQuestions(passages: readonly Passage[]): string[] {
  const askedIn = new Map<string, { readonly question: string; readonly documents: Set<string> }>()
  for (const passage of passages)
    for (const question of [passage.heading, ...passage.alsoAsked]) {
      const key = question.normalize('NFKC').replaceAll(/[\s\p{P}]+/gu, '')
      if (key === '') continue
      const entry = askedIn.get(key) ?? { question, documents: new Set() }
      askedIn.set(key, entry)
      entry.documents.add(documentOf(passage))
    }
  return [...askedIn.values()]
    .filter(({ documents }) => documents.size > 1)
    .map(({ question, documents }) => `“${question}” stands in ${[...documents].join(' and ')}: keep one`)
}

/** The file without its ending; for a row of a table, its id. */
function documentOf({ id }: Passage): string {
  return id.split('#', 1)[0] ?? id
}

/** Only these have front matter. */
async function policiesIn(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => ['.md', '.txt'].includes(extname(entry.name).toLowerCase()))
  return new Set(
    files.map((entry) =>
      relative(folder, join(entry.parentPath, entry.name))
        .split(sep)
        .join('/')
        .replace(/\.[^./]+$/u, ''),
    ),
  )
}
