/** A section of a document; a question with its answer and nothing else; a letter of some length with its reply. */
export type PassageKind = 'section' | 'row' | 'letter'

/** What speaks for the best passage; every share is 0 to 1, whatever the size of the knowledge base. */
export interface Support {
  readonly kind: PassageKind
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

type Measure = Exclude<keyof Support, 'kind'>
interface Model {
  readonly bias: number
  readonly weights: { readonly [name in Measure]: number }
}

/**
 * Logistic models of eight inputs, one for each kind: a few words say less about a letter of three hundred than
 * about another question. tests/eval/fit-answerability.ts fits them on the odd rows of policy-questions.tsv and the
 * odd clusters of letters, and measures them on the even ones. Coverage by rarity and likeness of the questions
 * gained nothing on the other half.
 */
const models: { readonly [kind in PassageKind]: Model } = {
  section: {
    bias: -9.9,
    weights: {
      relevance: 3.44,
      named: 2.91,
      namedAsSubject: 1.7,
      aspects: 1.88,
      margin: 2.39,
      documentMargin: 2.44,
      substance: 3.3,
      asks: 1.09,
    },
  },
  row: {
    bias: -6.61,
    weights: {
      relevance: 3.5,
      named: 2.78,
      namedAsSubject: 0.06,
      aspects: 1.4,
      margin: 1.88,
      documentMargin: 2.75,
      substance: 2.24,
      asks: 0.45,
    },
  },
  letter: {
    bias: -5.25,
    weights: {
      relevance: 4.28,
      named: 2.0,
      namedAsSubject: 0.72,
      aspects: -0.11,
      margin: 2.5,
      documentMargin: 2.5,
      substance: 1.66,
      asks: 0.04,
    },
  },
}

/** From here on 19 of 20 answers are right, on questions that the weights have not seen. */
export const answerThreshold = 0.7

export const measureNames = Object.keys(models.section.weights) as readonly Measure[]

/** How probable it is that the passage answers the question. `shift`: other evidence, as log-odds. */
export function confidenceOf(support: Support, shift = 0): number {
  const { bias, weights } = models[support.kind]
  let sum = bias + shift
  for (const name of measureNames) {
    sum += weights[name] * support[name]
  }
  return 1 / (1 + Math.exp(-sum))
}
