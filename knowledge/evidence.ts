import type { Passage } from './answer.ts'
import { readAspects } from './aspects.ts'
import type { Question } from './question.ts'
import { TermDictionary } from './term-dictionary.ts'
import type { TermIndex } from './term-index.ts'
import { isSingleCharacter, readTerms, type TermBuffer } from './terms.ts'

/** How a passage meets a question; every share is 0 to 1, whatever the size of the knowledge base. */
export interface Evidence {
  /** Of what the question wants (by rarity), the share that title, tags and questions mention. */
  readonly subject: number
  /** Likeness of the question and the most like of the passage's own questions. */
  readonly agreement: number
  /** Of the aspects asked about, the share that the passage's questions name; 0.5 when none is asked. */
  readonly aspects: number
  /** Of the characters that name things, the share found, in a pair or a synonym, in title, tags and questions. */
  readonly namedAsSubject: number
  /** By place: which terms of the question occur there. */
  readonly present: Uint8Array
}

interface WantedPlaces {
  readonly weight: number
  readonly start: number
  readonly end: number
  readonly alternatives: readonly (readonly number[])[]
}

/** Marks which terms of one question occur in the parts of a passage. */
export class EvidenceReader {
  readonly #question: Question
  readonly #index: TermIndex
  readonly #places = new TermDictionary(256)
  /** For each wanted thing, its alternatives as places. */
  readonly #wanted: readonly WantedPlaces[]
  readonly #buffer: TermBuffer

  /** `buffer` is scratch space, overwritten by every call. */
  constructor(question: Question, index: TermIndex, buffer: TermBuffer) {
    this.#buffer = buffer
    this.#question = question
    this.#index = index
    this.#wanted = question.wanted.map(({ weight, alternatives, start, end }) => ({
      weight,
      start,
      end,
      alternatives: alternatives.map((terms) => terms.map((term) => this.#places.findOrAdd(term))),
    }))
  }

  /** The questions, title and tags: enough to rank by. */
  read(passage: Passage): Evidence {
    const subject = this.#blank()
    let agreement = 0
    const aspects = new Set<number>()
    const readQuestion = (asked: string) => {
      const here = this.#blank()
      const weight = this.#mark(asked, here)
      const shared = this.#weigh(here)
      agreement = Math.max(agreement, (2 * shared) / Math.max(1e-9, this.#question.weight + weight))
      merge(here, subject)
      this.#noteAspects(asked, aspects)
    }
    readQuestion(passage.heading)
    passage.alsoAsked.forEach(readQuestion)
    this.#mark(passage.title, subject)
    for (const tag of passage.tags) {
      this.#mark(tag, subject)
    }
    return {
      subject: this.#weigh(subject) / Math.max(1e-9, this.#question.weight),
      agreement: Math.min(1, agreement),
      aspects: this.#shareOf(aspects),
      namedAsSubject: this.#namedIn(subject),
      present: subject,
    }
  }

  /** As `namedAsSubject`, the text included: read only for the passage that may become the answer. */
  namedAnywhere(passage: Passage, { present }: Evidence): number {
    const anywhere = Uint8Array.from(present)
    this.#mark(passage.text, anywhere)
    return this.#namedIn(anywhere)
  }

  #blank(): Uint8Array {
    return new Uint8Array(this.#places.size)
  }

  /** Marks what occurs in the text. @returns the weight of the text's own terms. */
  #mark(text: string, present: Uint8Array): number {
    const buffer = this.#buffer
    buffer.length = 0
    readTerms(text, buffer)
    let weight = 0
    for (let at = 0; at < buffer.length; at++) {
      const term = buffer.terms[at] as number
      const place = this.#places.find(term)
      if (place !== -1) {
        present[place] = 1
      }
      weight += isSingleCharacter(term) ? 0 : this.#index.rarity(term)
    }
    return weight
  }

  #weigh(present: Uint8Array): number {
    return this.#wanted.reduce(
      (sum, { weight, alternatives }) => sum + weight * met(alternatives, present),
      0,
    )
  }

  #namedIn(present: Uint8Array): number {
    const found = new Set<number>()
    for (const { alternatives, start, end } of this.#wanted) {
      if (met(alternatives, present) === 1) {
        for (let at = start; at < end; at++) {
          found.add(at)
        }
      }
    }
    const { content } = this.#question
    return content.length === 0 ? 0 : content.filter((at) => found.has(at)).length / content.length
  }

  #noteAspects(asked: string, aspects: Set<number>): void {
    if (this.#question.aspects.length === 0) {
      return
    }
    const buffer = this.#buffer
    buffer.length = 0
    readAspects(asked, buffer)
    for (let at = 0; at < buffer.length; at++) {
      aspects.add(buffer.terms[at] as number)
    }
  }

  #shareOf(aspects: ReadonlySet<number>): number {
    const asked = this.#question.aspects
    return asked.length === 0 ? 0.5 : asked.filter((aspect) => aspects.has(aspect)).length / asked.length
  }
}

/** The best of the alternatives: the share of its terms that are present. */
function met(alternatives: readonly (readonly number[])[], present: Uint8Array): number {
  let best = 0
  for (const places of alternatives) {
    let found = 0
    for (const place of places) {
      found += present[place] as number
    }
    best = Math.max(best, found / places.length)
  }
  return best
}

function merge(from: Uint8Array, into: Uint8Array): void {
  for (let at = 0; at < from.length; at++) {
    into[at] = (into[at] as number) | (from[at] as number)
  }
}
