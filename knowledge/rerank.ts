import type { Likeness } from './answer.ts'
import type { Candidate } from './ranking.ts'

/**
 * A second opinion on what was found: how like each candidate is to the question by the vectors of a model. Words
 * keep most of the say, because names and numbers are what vectors blur.
 */

/** Of the best rank; the likest candidate gains so much over the least like. */
const sayOfLikeness = 0.3
/** On the scale of log-odds: both ways of searching agree on the best, or they do not. */
const agreementWorth = 0.8

export interface SecondOpinion {
  readonly candidates: readonly Candidate[]
  /** To be added to the log-odds of answering. 0 when there are too few vectors to tell. */
  readonly shift: number
}

/** `candidates` best first. Candidates without a vector stand in the middle. */
export function rerank(candidates: readonly Candidate[], likeness: Likeness): SecondOpinion {
  const likenesses = candidates.map(({ passage }) => likeness(passage))
  const known = likenesses.filter((value) => value !== undefined)
  const least = Math.min(...known)
  const spread = Math.max(...known) - least
  const [first] = candidates
  if (first === undefined || known.length < 2 || !(spread > 0)) {
    return { candidates, shift: 0 }
  }
  const shareOf = (at: number) => ((likenesses[at] ?? least + spread / 2) - least) / spread
  const ranked = candidates
    .map((candidate, at) => ({
      ...candidate,
      rank: candidate.rank + sayOfLikeness * first.rank * shareOf(at),
    }))
    .sort((one, other) => other.rank - one.rank)
  const likest = candidates[likenesses.indexOf(Math.max(...known))] ?? first
  const agree = likest.place === first.place && ranked[0]?.place === first.place
  return { candidates: ranked, shift: agree ? agreementWorth : -agreementWorth }
}
