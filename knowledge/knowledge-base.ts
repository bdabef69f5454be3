import type { Answer, AskOptions, Knowledge, Passage } from './answer.ts'
import { answerText } from './answer-text.ts'
import { answerThreshold, confidenceOf, type PassageKind, type Support } from './answerability.ts'
import { AskedTable } from './asked-table.ts'
import { readAspects } from './aspects.ts'
import { type Audience, hiddenFrom } from './audience.ts'
import { documentOf, Editions } from './editions.ts'
import { EvidenceReader } from './evidence.ts'
import { isElliptical, namesNothing, type Question, readQuestion, subjectOf } from './question.ts'
import { type Candidate, rankedCandidates } from './ranking.ts'
import { rerank } from './rerank.ts'
import { SynonymTerms } from './synonym-terms.ts'
import { type Field, TermIndex } from './term-index.ts'
import { readTerms, type TermBuffer } from './terms.ts'

/**
 * Search over passages, in two steps: the index finds the likeliest of all, and these are read closely and
 * ranked again. A small model then says whether the best one answers the question at all.
 */

/** What is indexed matters more than how: the questions count most. */
const fields: readonly Field[] = [
  /* heading */ { weight: 2.5, damping: 0.7 },
  /* also asked */ { weight: 1.5, damping: 0.3 },
  /* title, number, tags */ { weight: 1.5, damping: 0.3 },
  /* text */ { weight: 1, damping: 0.5 },
]
const listed = 10
/** 老年卡, and no more: what the document on it says first is what people want to know. */
const introductionConfidence = 0.75
/** How sure an answer can be to a question that names no subject. */
const byChance = 0.3
const clearLead = 0.1

/** What was found, before it is decided whether it answers. */
export interface Finding {
  /** Best first. */
  readonly candidates: readonly Candidate[]
  /** undefined when nothing was found. */
  readonly support: Support | undefined
  readonly confidence: number
}

export interface KnowledgeBase extends Knowledge {
  find(question: string, options: AskOptions): Finding
  /** Bytes that the index holds, without the passages. */
  readonly indexBytes: number
}

/** `synonyms`: groups of words that mean the same, from parseSynonyms. */
export function createKnowledge(
  passages: readonly Passage[],
  synonyms: readonly (readonly string[])[] = [],
): KnowledgeBase {
  const index = new TermIndex({
    documents: passages.length,
    fields,
    read: (document, field, into) => readField(passages[document] as Passage, field, into),
  })
  const phrases = new SynonymTerms(synonyms, index)
  const asked = new AskedTable(passages, index)
  const reader = new EvidenceReader(index, asked)
  const editions = new Editions(passages)
  const base = { passages, index, editions, isPostbag: asked.isPostbag, opens: openingsOf(passages) }
  const hiddenOf = rememberAudiences(passages)

  const consider = (text: string, options: AskOptions): Finding => {
    const question = readQuestion(text, index, phrases)
    reader.begin(question)
    const found = rankedCandidates(base, question, reader, {
      text,
      today: options.today,
      hidden: hiddenOf(options),
    })
    const { candidates, shift } = options.likeness
      ? rerank(found, options.likeness)
      : { candidates: found, shift: 0 }
    const support = supportOf(question, reader, candidates, editions)
    if (support === undefined) {
      return { candidates, support, confidence: 0 }
    }
    const opens = base.opens[candidates[0]?.place ?? 0] === 1
    const introduces = question.isBareSubject && opens && isClearSubject(support)
    const judged = Math.max(confidenceOf(support, shift), introduces ? introductionConfidence : 0)
    const confidence = namesNothing(question) ? Math.min(judged, byChance) : judged
    return { candidates, support, confidence }
  }

  const find: KnowledgeBase['find'] = (question, options) => {
    const alone = consider(question, options)
    if (options.context === undefined || !isElliptical(question)) {
      return alone
    }
    const together = consider(`${subjectOf(options.context)} ${question}`, options)
    return together.confidence > alone.confidence ? together : alone
  }

  return {
    find,
    indexBytes: index.bytes + asked.bytes + editions.bytes,
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
      readTerms(passage.number ?? '', into)
      for (const tag of passage.tags) {
        readTerms(tag, into)
      }
      return
    default:
      readTerms(passage.text, into)
  }
}

/** By passage: 1 when it is the first with a question of its document. */
function openingsOf(passages: readonly Passage[]): Uint8Array {
  const opened = new Set<string>()
  return Uint8Array.from(passages, ({ id, heading }) => {
    const document = documentOf(id)
    if (document === undefined || heading === '' || opened.has(document)) {
      return 0
    }
    opened.add(document)
    return 1
  })
}

/** A community has a handful of groups: what each may see is worked out once. */
function rememberAudiences(passages: readonly Passage[]): (audience: Audience) => Uint8Array | undefined {
  const known = new Map<string, Uint8Array | undefined>()
  return ({ places, groupTags }) => {
    if (places === undefined && groupTags === undefined) {
      return undefined
    }
    const key = JSON.stringify([places, groupTags])
    if (!known.has(key)) {
      known.set(key, hiddenFrom(passages, { ...(places && { places }), ...(groupTags && { groupTags }) }))
    }
    return known.get(key)
  }
}

function supportOf(
  question: Question,
  reader: EvidenceReader,
  candidates: readonly Candidate[],
  editions: Editions,
): Support | undefined {
  const [best, second] = candidates
  if (best === undefined) {
    return undefined
  }
  const { asSubject, anywhere } = reader.named(best.passage, best.place)
  const { aspects } = best.evidence
  return {
    kind: kindOf(best),
    named: anywhere,
    namedAsSubject: asSubject,
    aspects,
    relevance: best.relevance,
    margin: leadOver(best, second),
    documentMargin: leadOver(
      best,
      candidates.find(({ place }) => place !== best.place && !editions.isSameDocument(place, best.place)),
    ),
    asks: Number(question.asks),
    substance: Math.min(1, question.content.length / 10),
  }
}

function kindOf({ passage, evidence }: Candidate): PassageKind {
  if (evidence.isLetter) {
    return 'letter'
  }
  return passage.title === '' && passage.alsoAsked.length === 0 ? 'row' : 'section'
}

/** Named whole by one document's title or questions, and by no other as well. */
function isClearSubject({ namedAsSubject, documentMargin }: Support): boolean {
  return namedAsSubject === 1 && documentMargin >= clearLead
}

function leadOver(best: Candidate, other: Candidate | undefined): number {
  return Math.max(0, 1 - (other?.rank ?? 0) / best.rank)
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
