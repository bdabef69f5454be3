import { readFile } from 'node:fs/promises'
import { answerThreshold } from '../../knowledge/answerability.ts'
import type { KnowledgeBase } from '../../knowledge/knowledge-base.ts'

/** How well a knowledge base finds and answers, on questions of which the right passage is known. */

export interface PolicyQuestion {
  readonly question: string
  /** Document and section that answer it; null when none does. */
  readonly expected: { readonly document: string; readonly section: string } | null
}

export interface RetrievalFigures {
  readonly questions: number
  /** Share of answerable questions whose best passage is the right section. */
  readonly hitAt1: number
  /** The same, when any section of the right document counts. */
  readonly documentHitAt1: number
  /** Mean of 1 / place of the right section, 0 beyond the tenth. */
  readonly meanReciprocalRank: number
  /** Share of answerable questions that were answered, rightly or not. */
  readonly answeredRate: number
  /** Share of the answers that were right. An answer to an unanswerable question is wrong. */
  readonly precision: number
  /** Share of the unanswerable questions that were answered all the same. */
  readonly falseAnswers: number
  /** Mean of (confidence - right)²: 0 is perfect, 0.25 is what always saying one half would get. */
  readonly brier: number
}

const questionsFile = new URL('./policy-questions.tsv', import.meta.url)

/** By another hand and later: figures only, no line of it may be looked at for mending. It has no line of names. */
const laterFile = new URL('./policy-questions-later.tsv', import.meta.url)

/** Odd rows are for fitting, even rows for measuring. */
export async function loadPolicyQuestions(half: 'fit' | 'measure'): Promise<PolicyQuestion[]> {
  const rows = (await rowsOf(questionsFile)).slice(1)
  return rows.filter((_, at) => (at % 2 === 0) === (half === 'fit')).map(questionOf)
}

export async function loadLaterQuestions(): Promise<PolicyQuestion[]> {
  return (await rowsOf(laterFile)).map(questionOf)
}

async function rowsOf(file: URL): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
}

function questionOf(row: string): PolicyQuestion {
  const [document = '', section = '', question = ''] = row.split('\t')
  return { question, expected: document === 'none' ? null : { document, section } }
}

/** `today` decides what has expired: 2026-11-18. */
export function measureRetrieval(
  knowledge: KnowledgeBase,
  questions: readonly PolicyQuestion[],
  today: string,
): RetrievalFigures {
  const sums = { answerable: 0, hits: 0, documents: 0, reciprocal: 0, answeredAnswerable: 0 }
  const answers = { given: 0, right: 0, toUnanswerable: 0, squares: 0 }
  for (const { question, expected } of questions) {
    const { candidates } = knowledge.find(question, { today })
    const { answered, confidence } = knowledge.ask(question, { today })
    const place =
      expected === null ? -1 : candidates.findIndex(({ passage }) => isExpected(passage, expected))
    const right = place === 0
    sums.answerable += Number(expected !== null)
    sums.hits += Number(right)
    sums.documents += Number(expected !== null && documentOf(candidates[0]?.passage.id) === expected.document)
    sums.reciprocal += place >= 0 && place < 10 ? 1 / (place + 1) : 0
    sums.answeredAnswerable += Number(answered && expected !== null)
    answers.given += Number(answered)
    answers.right += Number(answered && right)
    answers.toUnanswerable += Number(answered && expected === null)
    answers.squares += (confidence - Number(right)) ** 2
  }
  const unanswerable = questions.length - sums.answerable
  return {
    questions: questions.length,
    hitAt1: sums.hits / sums.answerable,
    documentHitAt1: sums.documents / sums.answerable,
    meanReciprocalRank: sums.reciprocal / sums.answerable,
    answeredRate: sums.answeredAnswerable / sums.answerable,
    precision: answers.right / Math.max(1, answers.given),
    falseAnswers: answers.toUnanswerable / Math.max(1, unanswerable),
    brier: answers.squares / questions.length,
  }
}

export interface Asked {
  readonly confidence: number
  readonly answerable: boolean
  /** The best passage is the right one. */
  readonly right: boolean
}

/** What each threshold would answer: one row a threshold. */
export function answerCurve(asked: readonly Asked[]): string {
  const answerable = asked.filter((each) => each.answerable).length
  const rows = [0.4, 0.5, 0.6, answerThreshold, 0.8, 0.9].map((threshold) => {
    const given = asked.filter(({ confidence }) => confidence >= threshold)
    const right = given.filter((each) => each.right).length
    const share = given.filter((each) => each.answerable).length / Math.max(1, answerable)
    const shipped = threshold === answerThreshold ? '  ← answered from here on' : ''
    const precision = (right / Math.max(1, given.length)).toFixed(3)
    return `  ${threshold.toFixed(2)}       ${share.toFixed(3)}     ${precision}${shipped}`
  })
  return ['  threshold  answered  precision', ...rows].join('\n')
}

/** `today` decides what has expired: 2026-11-18. */
export function askPolicies(
  knowledge: KnowledgeBase,
  questions: readonly PolicyQuestion[],
  today: string,
): Asked[] {
  return questions.map(({ question, expected }) => {
    const { candidates, confidence } = knowledge.find(question, { today })
    const [best] = candidates
    const right = expected !== null && best !== undefined && isExpected(best.passage, expected)
    return { confidence, answerable: expected !== null, right }
  })
}

function documentOf(id = ''): string {
  return id.split('#', 1)[0] ?? ''
}

export function isExpected(
  passage: { readonly id: string; readonly heading: string },
  expected: { readonly document: string; readonly section: string },
): boolean {
  return documentOf(passage.id) === expected.document && passage.heading === expected.section
}
