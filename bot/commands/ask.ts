import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loadKnowledgeFolder } from '../../adapters/files/knowledge-folder.ts'
import { ownKnowledgeIn, readServingKnowledge } from '../../adapters/files/own-knowledge.ts'
import { readJsonLines } from '../../adapters/jsonl.ts'
import { BadDocumentsError } from '../../knowledge/document-problem.ts'
import { createKnowledge } from '../../knowledge/knowledge-base.ts'
import { parseSynonyms } from '../../knowledge/phrases.ts'
import { quoteNumbers } from '../../knowledge/question-rows.ts'
import type { ShowProgress } from './progress.ts'

/** `linli ask`: questions as JSONL in, what the knowledge base says to each as JSONL out. */

const questionLine = z.strictObject({ id: z.string({ error: quoteNumbers }), text: z.string() })

export interface AskOptions {
  /** A folder of documents instead of the shipped ones. */
  readonly knowledge?: string
  /** A data folder: its own documents serve, when it has any, else the shipped ones. */
  readonly data?: string
  /** Where the shipped files lie: the folder of package.json. */
  readonly root: string
  /** Chunks of bytes or text, cut anywhere. */
  readonly input: AsyncIterable<string> | NodeJS.ReadableStream
  /** Day on which the answers must hold. Default: the day of the clock in Shanghai. */
  readonly today?: string
  /** Default: none is shown. */
  readonly progress?: ShowProgress
  print(line: string): void
  warn(line: string): void
}

/** @returns the exit status: 0, or 1 when a document or a line was bad. */
export async function ask(options: AskOptions): Promise<number> {
  const { print, warn } = options
  const own = options.data === undefined ? undefined : ownKnowledgeIn(options.data)
  const today = options.today ?? new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  const synonyms = parseSynonyms(await readFile(join(options.root, 'knowledge', 'synonyms.txt'), 'utf8'))
  let passages: Awaited<ReturnType<typeof loadKnowledgeFolder>>
  try {
    passages =
      options.knowledge === undefined
        ? (await readServingKnowledge(options.root, own)).passages
        : await loadKnowledgeFolder(options.knowledge)
  } catch (error) {
    if (!(error instanceof BadDocumentsError)) {
      throw error
    }
    warn(error.message)
    return 1
  }
  const knowledge = createKnowledge(passages, synonyms)

  const bar = options.progress?.('asking')
  let lines = 0
  let status = 0
  for await (const row of readJsonLines(options.input, questionLine)) {
    lines++
    bar?.step(lines)
    if ('error' in row) {
      warn(`line ${row.line}: ${row.error}; expected {"id":"…","text":"…"}`)
      status = 1
      continue
    }
    const { answered, text, confidence, sources } = knowledge.ask(row.value.text, { today })
    print(
      JSON.stringify({ id: row.value.id, answered, answer: text, confidence: rounded(confidence), sources }),
    )
  }
  bar?.end()
  if (lines === 0) {
    warn('line 1: expected at least one line {"id":"…","text":"…"}, but the input is empty')
    status = 1
  }
  return status
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000
}
