/** What speaks for the best passage; every share is 0 to 1, whatever the size of the knowledge base. */
export interface Support {
  /** Score of the search over the best score that any passage could reach. */
  readonly relevance: number
  /** Of the characters of the question that name things, the share found anywhere in the passage. */
  readonly named: number
  /** The same, in title, tags and questions alone. */
  readonly namedAsSubject: number
  /** Of the aspects asked about (where, how much, …), the share that the passage's questions name. */
  readonly aspects: number
  /** Lead over the second passage, as a share of the best one's rank. */
  readonly margin: number
  /** Lead over the best passage of another document. */
  readonly documentMargin: number
  /** How many characters name things, ten or more being 1: a question of one common word asks little. */
  readonly substance: number
  /** 1: it is asked as a question; 0: it only says something. */
  readonly asks: number
}

/**
 * A logistic model with eight inputs. tests/eval/fit-answerability.ts fits it on the odd rows of
 * tests/eval/policy-questions.tsv and measures it on the even ones. More inputs (likeness of the questions,
 * coverage by rarity, the rarest word, words that no document has) gained nothing on the other half.
 */
const weights: { readonly [name in keyof Support]: number } = {
  relevance: 4.14,
  named: 2.51,
  namedAsSubject: 1.23,
  aspects: 1.02,
  margin: 1.55,
  documentMargin: 2.17,
  substance: 3.28,
  asks: 0.98,
}
const bias = -8.12

/** From here on 19 of 20 answers are right, on questions that the weights have not seen. */
export const answerThreshold = 0.7

export const supportNames = Object.keys(weights) as readonly (keyof Support)[]

/** How probable it is that the passage answers the question. */
export function confidenceOf(support: Support): number {
  let sum = bias
  for (const name of supportNames) {
    sum += weights[name] * support[name]
  }
  return 1 / (1 + Math.exp(-sum))
}
