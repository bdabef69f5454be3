import { type FoundPhrase, PhraseTable } from './phrases.ts'
import { placeTerms } from './placed-terms.ts'
import type { TermIndex } from './term-index.ts'
import { isSingleCharacter } from './terms.ts'

/** A phrase with its synonyms: what a passage ought to have of it, and what else to search for. */
export interface SynonymReading {
  readonly weight: number
  /** Any of these sets of terms will do; its own first. */
  readonly alternatives: readonly (readonly number[])[]
  /** The terms of the others that documents have. */
  readonly others: readonly number[]
  /** What the weightiest of the others can add to a score; 0 when no document has any. */
  readonly best: number
}

/** A word that so many times as many documents have is the usual one. */
const usualFrom = 1.5

/** The synonyms in terms of one index, each phrase read once. */
export class SynonymTerms {
  readonly #table: PhraseTable
  readonly #index: TermIndex
  readonly #read = new Map<string, SynonymReading>()

  constructor(groups: readonly (readonly string[])[], index: TermIndex) {
    this.#table = new PhraseTable(groups)
    this.#index = index
  }

  find(folded: string): FoundPhrase[] {
    return this.#table.find(folded)
  }

  /** Of the phrase and its synonyms, the one that clearly most documents have. */
  usual({ phrase, group }: FoundPhrase): string {
    const spreadOf = (each: string) => Math.min(...phraseTerms(each).map((term) => this.#index.spread(term)))
    let usual = phrase
    let most = usualFrom * spreadOf(phrase)
    for (const other of this.#table.groups[group] ?? []) {
      const spread = spreadOf(other)
      if (spread > most) {
        usual = other
        most = spread
      }
    }
    return usual
  }

  read(found: FoundPhrase): SynonymReading {
    const known = this.#read.get(found.phrase)
    if (known !== undefined) {
      return known
    }
    const reading = this.#readNow(found)
    this.#read.set(found.phrase, reading)
    return reading
  }

  #readNow({ phrase, group }: FoundPhrase): SynonymReading {
    const index = this.#index
    const own = phraseTerms(phrase)
    const others = (this.#table.groups[group] ?? []).filter((other) => other !== phrase).map(phraseTerms)
    const alternatives = [own, ...others].filter((terms) => terms.length > 0)
    const known = alternatives.filter((terms) => terms.every((term) => index.spread(term) > 0))
    const weigh = (terms: readonly number[]) => terms.reduce((sum, term) => sum + index.rarity(term), 0)
    const ownWeight = weigh(own)
    // A word of the street that no document has weighs what the official one weighs.
    const weight = Math.min(ownWeight, ...known.map(weigh).map((each) => Math.max(each, ownWeight / 2)))
    // a word that no document has finds nothing, and must not make a found passage look poorer
    const useful = others.filter((terms) => terms.every((term) => index.spread(term) > 0))
    const best = Math.max(0, ...useful.map(weigh))
    return { weight, alternatives, others: useful.flat(), best }
  }
}

function phraseTerms(phrase: string): number[] {
  return placeTerms(phrase)
    .map(({ term }) => term)
    .filter((term) => !isSingleCharacter(term))
}
