import type { Passage } from './answer.ts'
import { foldText } from './terms.ts'

/**
 * Which passages are editions of the same: they share the question, or the title but for its year, and have days
 * of issue. Read once, because comparing texts would cost more than the search.
 */
export class Editions {
  readonly #days: (string | undefined)[]
  readonly #years: Uint16Array
  /** Equal numbers: equal texts; 0: none. */
  readonly #headings: Uint32Array
  readonly #titles: Uint32Array
  readonly #documents: Uint32Array

  constructor(passages: readonly Passage[]) {
    const numbers = new Map<string, number>()
    const numberOf = (text: string): number => {
      const number = numbers.get(text) ?? numbers.size + 1
      numbers.set(text, number)
      return number
    }
    const dated = (text: (passage: Passage) => string) =>
      Uint32Array.from(passages, (passage) =>
        passage.issued === undefined || passage.heading === '' ? 0 : numberOf(text(passage)),
      )
    this.#days = passages.some(({ issued }) => issued !== undefined)
      ? passages.map(({ issued }) => issued)
      : []
    this.#headings = dated(({ heading }) => `heading ${foldText(heading)}`)
    this.#titles = dated(({ title, id }) => `title ${title === '' ? id : title.replace(/\d+/g, '')}`)
    this.#documents = Uint32Array.from(passages, ({ id }) => {
      const document = documentOf(id)
      return document === undefined ? 0 : numberOf(`document ${document}`)
    })
    this.#years = Uint16Array.from(passages, ({ title, heading }) => yearIn(`${title} ${heading}`) ?? 0)
  }

  /** Issued later than the other, and the same but for that. */
  isNewer(passage: number, than: number): boolean {
    const heading = this.#headings[passage] as number
    return (
      heading !== 0 &&
      (this.#days[passage] ?? '') > (this.#days[than] ?? '') &&
      !this.isSameDocument(passage, than) &&
      (heading === this.#headings[than] || this.#titles[passage] === this.#titles[than])
    )
  }

  /** Rows stand each for itself. */
  isSameDocument(one: number, other: number): boolean {
    return this.#documents[one] !== 0 && this.#documents[one] === this.#documents[other]
  }

  /** Its title or question names this year. */
  isOfYear(passage: number, year: number | undefined): boolean {
    return year !== undefined && this.#years[passage] === year
  }

  get bytes(): number {
    const arrays = [this.#headings, this.#titles, this.#documents, this.#years]
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }
}

/** 2024年最低工资: somebody who names the year wants that edition. */
export function yearIn(text: string): number | undefined {
  const [, year] = /(?<!\d)(20\d\d)\s*年/.exec(text) ?? []
  return year === undefined ? undefined : Number(year)
}

export function documentOf(id: string): string | undefined {
  const end = id.indexOf('#')
  return end === -1 ? undefined : id.slice(0, end)
}
