import type { Answer, Knowledge, Passage } from './answer.ts'
import { answerText, isExpired } from './answer-text.ts'
import { answerThreshold, confidenceOf, type Support } from './answerability.ts'
import { readAspects } from './aspects.ts'
import { type Evidence, EvidenceReader } from './evidence.ts'
import { PhraseTable } from './phrases.ts'
import { isElliptical, type Question, readQuestion, subjectOf } from './question.ts'
import { type Field, TermIndex } from './term-index.ts'
import { foldText, readTerms, TermBuffer } from './terms.ts'

/**
 * Search over passages, in two steps: the index finds the twelve likeliest of all, and these are read
 * closely and ranked again. A small model then says whether the best one answers the question at all.
 */

/** What is indexed matters more than how: the questions count most. */
const fields: readonly Field[] = [
  /* heading */ { weight: 3, damping: 0.3 },
  /* also asked */ { weight: 1.5, damping: 0.3 },
  /* title, tags */ { weight: 1.5, damping: 0.3 },
  /* text */ { weight: 1, damping: 0.6 },
]
const readClosely = 12
const listed = 10
/** An expired passage must be clearly better to come before a valid one. */
const expiredShare = 0.85

export interface Candidate {
  readonly passage: Passage
  readonly evidence: Evidence
  readonly relevance: number
  /** What the candidates are ordered by. */
  readonly rank: number
}

/** What was found, before it is decided whether it answers. */
export interface Finding {
  readonly candidates: readonly Candidate[]
  /** undefined when nothing was found. */
  readonly support: Support | undefined
  readonly confidence: number
}

export interface KnowledgeBase extends Knowledge {
  find(question: string, options: { readonly today: string; readonly context?: string }): Finding
  /** Bytes that the index holds, without the passages. */
  readonly indexBytes: number
}

/** `synonyms`: groups of words that mean the same, from parseSynonyms. */
export function createKnowledge(
  passages: readonly Passage[],
  synonyms: readonly (readonly string[])[] = [],
): KnowledgeBase {
  const phrases = new PhraseTable(synonyms)
  const index = new TermIndex({
    documents: passages.length,
    fields,
    read: (document, field, into) => readField(passages[document] as Passage, field, into),
  })

  const buffer = new TermBuffer()

  const consider = (text: string, today: string): Finding => {
    const question = readQuestion(text, index, phrases)
    const reader = new EvidenceReader(question, index, buffer)
    const candidates = rankedCandidates(question, reader, index, passages, today)
    const support = supportOf(question, reader, candidates)
    return { candidates, support, confidence: support === undefined ? 0 : confidenceOf(support) }
  }

  const find: KnowledgeBase['find'] = (question, { today, context }) => {
    const alone = consider(question, today)
    if (context === undefined || !isElliptical(question)) {
      return alone
    }
    const together = consider(`${subjectOf(context)} ${question}`, today)
    return together.confidence > alone.confidence ? together : alone
  }

  return {
    find,
    indexBytes: index.bytes,
    ask: (question, options) => toAnswer(find(question, options), question, options.today),
  }
}

function readField(passage: Passage, field: number, into: TermBuffer): void {
  switch (field) {
    case 0:
      readTerms(passage.heading, into)
      readAspects(passage.heading, into)
      return
    case 1:
      for (const asked of passage.alsoAsked) {
        readTerms(asked, into)
        readAspects(asked, into)
      }
      return
    case 2:
      readTerms(passage.title.replaceAll('（示例）', ''), into)
      for (const tag of passage.tags) {
        readTerms(tag, into)
      }
      return
    default:
      readTerms(passage.text, into)
  }
}

function rankedCandidates(
  question: Question,
  reader: EvidenceReader,
  index: TermIndex,
  passages: readonly Passage[],
  today: string,
): Candidate[] {
  const achievable = question.terms.reduce((sum, { weight }) => sum + weight, 0) || 1
  const candidates = index.search(question.terms, readClosely).map(({ document, score }): Candidate => {
    const passage = passages[document] as Passage
    const evidence = reader.read(passage)
    const relevance = score / achievable
    const rank = relevance + 0.4 * evidence.agreement + 0.1 * evidence.subject + 0.1 * evidence.aspects
    return { passage, evidence, relevance, rank: isExpired(passage, today) ? rank * expiredShare : rank }
  })
  return newestFirst(candidates.sort((one, other) => other.rank - one.rank))
}

/** Of two editions of the same, the newer one wins; all others keep their order. */
function newestFirst(candidates: readonly Candidate[]): Candidate[] {
  const [best, ...others] = candidates
  if (best === undefined) {
    return []
  }
  const newer = others
    .filter(({ passage, rank }) => rank >= best.rank * expiredShare && isNewerEdition(passage, best.passage))
    .reduce((newest, each) => (dayOf(each) > dayOf(newest) ? each : newest), best)
  // It takes over the rank, so that scores fall from first to last.
  return newer === best
    ? [...candidates]
    : [{ ...newer, rank: best.rank }, ...candidates.filter((each) => each !== newer)]
}

function dayOf({ passage }: Candidate): string {
  return passage.issued ?? ''
}

/** Editions share the question, or the title but for its year. */
function isNewerEdition(passage: Passage, than: Passage): boolean {
  const withoutYear = (title: string) => title.replace(/\d+/g, '')
  const sameQuestion = foldText(passage.heading) === foldText(than.heading)
  const sameTitle = passage.title !== '' && withoutYear(passage.title) === withoutYear(than.title)
  return (
    passage.heading !== '' &&
    !isSameDocument(passage, than) &&
    (sameQuestion || sameTitle) &&
    (passage.issued ?? '') > (than.issued ?? '')
  )
}

function supportOf(
  question: Question,
  reader: EvidenceReader,
  candidates: readonly Candidate[],
): Support | undefined {
  const [best, second] = candidates
  if (best === undefined) {
    return undefined
  }
  return {
    named: reader.namedAnywhere(best.passage, best.evidence),
    namedAsSubject: best.evidence.namedAsSubject,
    aspects: best.evidence.aspects,
    relevance: best.relevance,
    margin: leadOver(best, second),
    documentMargin: leadOver(
      best,
      candidates.find(({ passage }) => !isSameDocument(passage, best.passage)),
    ),
    asks: Number(question.asks),
    substance: Math.min(1, question.content.length / 10),
  }
}

function leadOver(best: Candidate, other: Candidate | undefined): number {
  return Math.max(0, 1 - (other?.rank ?? 0) / best.rank)
}

/** Rows stand each for itself. */
function isSameDocument(one: Passage, other: Passage): boolean {
  return one.id.includes('#') && one.id.split('#', 1)[0] === other.id.split('#', 1)[0]
}

function toAnswer({ candidates, confidence }: Finding, question: string, today: string): Answer {
  const [best] = candidates
  const answered = best !== undefined && confidence >= answerThreshold
  return {
    answered,
    text: answered ? answerText(best.passage, question, today) : '',
    confidence,
    sources: candidates.slice(0, listed).map(({ passage, rank }) => ({
      id: passage.id,
      title: passage.title || passage.heading,
      score: Math.round(rank * 1000) / 1000,
    })),
    ...(best !== undefined && { passage: best.passage }),
  }
}
