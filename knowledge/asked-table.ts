import type { Passage } from './answer.ts'
import { findAspects } from './aspects.ts'
import { aspectBitsOf, blanked, weightOfAspects } from './question.ts'
import type { TermIndex } from './term-index.ts'
import { foldText, isSingleCharacter, readTerms, TermBuffer } from './terms.ts'

/** A heading of more characters than this is a whole letter: likeness to it says little. */
const longestQuestion = 48
/** A base of rows whose questions are longer than this on average is a post-bag: its short rows are letters too. */
const lettersFrom = 36

/**
 * The passages' own questions, title and tags, read before anything is asked: the numbers of their pairs and words
 * (no single characters) in the index, how much each question weighs (by rarity), which aspects it names. In typed arrays, so that a
 * question reads no text twice. Letters are left out: they are long, many, and read when they are found.
 */
export class AskedTable {
  /** Most passages are letters with their replies. */
  readonly isPostbag: boolean
  readonly #letters: Uint8Array
  readonly #aspects: Uint32Array
  /** By passage: its first unit. Units are the heading, the other ways to ask, and title and tags as one. */
  readonly #starts: Uint32Array
  readonly #weights: Float32Array
  /** By unit: which aspects it names, one bit each. */
  readonly unitAspects: Uint32Array
  /** By unit: where its terms begin; those of the next end them. */
  readonly unitStarts: Uint32Array
  readonly terms: Uint32Array

  constructor(passages: readonly Passage[], index: TermIndex) {
    const characters = passages.reduce((sum, { heading }) => sum + heading.length, 0)
    this.isPostbag = characters > lettersFrom * passages.length
    this.#letters = Uint8Array.from(passages, ({ heading, title }) =>
      Number(heading.length > longestQuestion || (this.isPostbag && title === '')),
    )
    this.#aspects = new Uint32Array(passages.length)
    this.#starts = new Uint32Array(passages.length + 1)
    for (const [at, { alsoAsked }] of passages.entries()) {
      this.#starts[at + 1] = (this.#starts[at] as number) + 2 + alsoAsked.length
    }
    const units = this.#starts[passages.length] as number
    this.#weights = new Float32Array(units)
    this.unitAspects = new Uint32Array(units)
    this.unitStarts = new Uint32Array(units + 1)
    const into = new Numbers()
    let unit = 0
    for (const [at, passage] of passages.entries()) {
      for (const text of this.isLetter(at) ? unitsOf(passage).fill('') : unitsOf(passage)) {
        const folded = foldText(text)
        const named = findAspects(folded)
        const bits = aspectBitsOf(named)
        this.unitAspects[unit] = bits
        this.#weights[unit] = into.read(blanked(folded, named), index) + weightOfAspects(bits, index)
        this.unitStarts[++unit] = into.length
      }
      this.#aspects[at] = aspectsOf(this.unitAspects, this.firstUnit(at), unit - 1)
    }
    this.terms = into.values()
  }

  /** Its question is a whole letter. */
  isLetter(passage: number): boolean {
    return this.#letters[passage] === 1
  }

  /** All that the passage's questions name, one bit each. */
  aspects(passage: number): number {
    return this.#aspects[passage] as number
  }

  firstUnit(passage: number): number {
    return this.#starts[passage] as number
  }

  /** Sum of the rarities of a unit's terms. */
  weight(unit: number): number {
    return this.#weights[unit] as number
  }

  get bytes(): number {
    const arrays = [
      this.#letters,
      this.#aspects,
      this.unitAspects,
      this.#starts,
      this.#weights,
      this.unitStarts,
      this.terms,
    ]
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }
}

/** Title, number and tags last. Punctuation keeps the tags apart. */
function unitsOf({ heading, alsoAsked, title, number = '', tags }: Passage): string[] {
  return [heading, ...alsoAsked, [title, number, ...tags].join('，')]
}

/** Of the questions; `end` is the unit of title and tags. */
function aspectsOf(ofUnits: Uint32Array, start: number, end: number): number {
  return ofUnits.subarray(start, end).reduce((bits, each) => bits | each, 0)
}

/** A growing list of the numbers of terms. */
class Numbers {
  length = 0
  #numbers = new Uint32Array(1 << 12)
  readonly #buffer = new TermBuffer()

  /** Appends pairs and words. @returns their weight */
  read(text: string, index: TermIndex): number {
    const buffer = this.#buffer
    buffer.length = 0
    readTerms(text, buffer)
    let weight = 0
    for (let at = 0; at < buffer.length; at++) {
      const term = buffer.terms[at] as number
      if (!isSingleCharacter(term)) {
        const number = index.numberOf(term)
        weight += index.rarityOf(number)
        this.#push(number)
      }
    }
    return weight
  }

  values(): Uint32Array {
    return this.#numbers.slice(0, this.length)
  }

  #push(number: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new Uint32Array(this.length * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.length++] = number
  }
}
