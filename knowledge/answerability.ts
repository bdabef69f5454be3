import type { Evidence } from './evidence.ts'

/** What speaks for the best passage, beside how it meets the question by itself. */
export interface Support extends Evidence {
  /** Score over the best score that any passage could reach: 0 to 1. */
  readonly relevance: number
  /** Lead over the second passage, as a share of the best one's rank: 0 to 1. */
  readonly margin: number
  /** Lead over the best passage of another document. */
  readonly documentMargin: number
  /** How many characters name things, ten or more being 1: a question of one common word asks little. */
  readonly substance: number
  /** Of what the question wants, the share that no document of the knowledge base has. */
  readonly unknown: number
}

/**
 * A logistic model, fitted by tests/eval/fit-answerability.ts on one half of tests/eval/policy-questions.tsv (with questions
 * whose document was taken away) and measured on the other. All inputs are shares, so that they mean the same
 * in a base of 50 documents and of 100,000.
 */
const weights: { readonly [name in keyof Support]: number } = {
  coverage: 3,
  subject: 2,
  rarest: 1,
  agreement: 3,
  aspects: 0.8,
  relevance: 2,
  margin: 1,
  documentMargin: 1,
  named: 0,
  namedAsSubject: 0,
  substance: 1,
  unknown: -2,
}
const bias = -6

export const supportNames = Object.keys(weights) as readonly (keyof Support)[]

/** From here on, 19 of 20 answers are right on questions that the weights have not seen. */
export const answerThreshold = 0.6

/** How probable it is that the passage answers the question. */
export function confidenceOf(support: Support): number {
  let sum = bias
  for (const name of supportNames) {
    sum += weights[name] * support[name]
  }
  return 1 / (1 + Math.exp(-sum))
}
