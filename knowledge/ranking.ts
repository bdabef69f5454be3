import type { Passage } from './answer.ts'
import { isExpired } from './answer-text.ts'
import { type Editions, yearIn } from './editions.ts'
import type { Evidence, EvidenceReader } from './evidence.ts'
import type { Question } from './question.ts'
import type { TermIndex } from './term-index.ts'

/** The order of what the index found: read closely, and newer editions before older ones. */

export interface Candidate {
  readonly passage: Passage
  /** Of the passage, in the base. */
  readonly place: number
  readonly evidence: Evidence
  /** Score of the search over the best score that any passage could reach. */
  readonly relevance: number
  /** What the candidates are ordered by. */
  readonly rank: number
}

const readClosely = 12
/** Letters are many and alike: the right one stands further down. */
const lettersReadClosely = 24
/** An expired passage must be clearly better to come before a valid one. */
const expiredShare = 0.85

export interface RankingBase {
  readonly passages: readonly Passage[]
  readonly index: TermIndex
  readonly editions: Editions
  /** Most passages are letters. */
  readonly isPostbag: boolean
  /** By passage: 1 when it opens its document. */
  readonly opens: Uint8Array
}

/** `text`: the question as asked. `reader` has begun with it. `hidden`: by passage, 1 when it may not be shown. */
export function rankedCandidates(
  base: RankingBase,
  question: Question,
  reader: EvidenceReader,
  asked: { readonly text: string; readonly today: string; readonly hidden?: Uint8Array | undefined },
): Candidate[] {
  const { passages, index, editions } = base
  const year = yearIn(asked.text)
  const achievable = question.achievable || 1
  const limit = base.isPostbag ? lettersReadClosely : readClosely
  const candidates: Candidate[] = []
  for (const { document: place, score } of index.search(question.terms, limit, asked.hidden)) {
    const passage = passages[place] as Passage
    const evidence = reader.read(passage, place)
    const relevance = score / achievable
    const worth = evidence.isLetter ? letterWorth(evidence) : questionWorth(evidence)
    const introduction = question.isBareSubject ? introductionWorth * (base.opens[place] as number) : 0
    const isPast = isExpired(passage, asked.today) && !editions.isOfYear(place, year)
    const rank = (relevance + worth + introduction) * (isPast ? expiredShare : 1)
    candidates.push({ passage, place, evidence, relevance, rank })
  }
  candidates.sort((one, other) => other.rank - one.rank)
  return newestFirst(candidates, editions, year)
}

/** 高龄津贴 and no more: the section that opens the document says what it is and who gets it. */
const introductionWorth = 0.2

/** Weights fitted on the odd rows of tests/eval/policy-questions.tsv; see docs/decisions. */
function questionWorth({ agreement, subject, focus }: Evidence): number {
  return 0.25 * agreement + 0.15 * subject + 0.2 * focus
}

/** A letter is the right one when both it and its reply speak of the matter. Fitted on odd tests/eval/letters. */
function letterWorth({ subject, inText }: Evidence): number {
  return 0.2 * subject + 0.3 * inText
}

/** Of two editions of the same, the newer one wins unless the older one's year was asked; others keep their order. */
function newestFirst(candidates: Candidate[], editions: Editions, year: number | undefined): Candidate[] {
  const [best] = candidates
  if (best === undefined || editions.isOfYear(best.place, year)) {
    return candidates
  }
  let newest = best
  for (const each of candidates) {
    if (each.rank < best.rank * expiredShare) {
      break
    }
    if (editions.isNewer(each.place, best.place) && dayOf(each) > dayOf(newest)) {
      newest = each
    }
  }
  // It takes over the rank, so that scores fall from first to last.
  return newest === best
    ? candidates
    : [{ ...newest, rank: best.rank }, ...candidates.filter((each) => each !== newest)]
}

function dayOf({ passage }: Candidate): string {
  return passage.issued ?? ''
}
