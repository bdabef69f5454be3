import type { Tally, WantedPlaces } from './tally.ts'
import {
  countedTerm,
  foldingTable,
  hashOn,
  isSingleCharacter,
  pairTerm,
  wordSeed,
  wordsEnd,
  wordTerm,
} from './terms.ts'

/**
 * Looks for the terms of one question in texts. A character that the question does not have ends a pair before it
 * is looked up, which makes this twenty times as fast as reading all terms.
 */
export class TextScanner {
  readonly #folding = foldingTable()
  /** By character: 1 in a pair that is wanted, 2 and 3 wanted by itself. */
  readonly #characters = new Uint8Array(0x10000)
  #wanted: WantedPlaces | undefined
  #hasWords = false

  begin(wanted: WantedPlaces): void {
    this.#note(this.#wanted?.terms ?? [], () => 0)
    this.#wanted = wanted
    this.#hasWords = wanted.terms.some((term) => !isSingleCharacter(term) && term < wordsEnd)
    this.#note(wanted.terms, (before, how) => before | how)
  }

  /** Marks what it finds. */
  scan(text: string, tally: Tally): void {
    const folding = this.#folding
    const characters = this.#characters
    let previous = 0
    let hash = 0
    for (let at = 0; at < text.length; at++) {
      const code = folding[text.charCodeAt(at)] as number
      if (code !== 0 && code < 0x80) {
        hash = this.#hasWords ? hashOn(hash === 0 ? wordSeed : hash, code) : 0
        previous = 0
        continue
      }
      this.#markWord(hash, code, tally)
      hash = 0
      const how = characters[code] as number
      if (how >= 2) {
        this.#mark(code, tally)
      }
      if (how !== 0 && previous !== 0) {
        this.#mark(pairTerm(previous, code), tally)
      }
      previous = how === 0 ? 0 : code
    }
    this.#markWord(hash, 0, tally)
  }

  /** `next`: the character after it, 0 for none. */
  #markWord(hash: number, next: number, tally: Tally): void {
    if (hash !== 0) {
      this.#mark(wordTerm(hash), tally)
    }
    if (hash !== 0 && next !== 0) {
      this.#mark(countedTerm(hash, next), tally)
    }
  }

  #mark(term: number, tally: Tally): void {
    const place = (this.#wanted as WantedPlaces).find(term)
    if (place !== -1) {
      tally.mark(place)
    }
  }

  #note(terms: readonly number[], to: (before: number, how: number) => number): void {
    const characters = this.#characters
    for (const term of terms) {
      if (isSingleCharacter(term)) {
        characters[term] = to(characters[term] as number, 2)
      } else if (term >= wordsEnd) {
        characters[term >>> 16] = to(characters[term >>> 16] as number, 1)
        characters[term & 0xffff] = to(characters[term & 0xffff] as number, 1)
      }
    }
  }
}
