import type { Wanted } from './question.ts'
import { TermDictionary } from './term-dictionary.ts'
import { isSingleCharacter } from './terms.ts'

/** Where the terms of one question belong: which wanted things, in which of their alternatives. */
export class WantedPlaces {
  readonly wanted: readonly Wanted[]
  /** By place. */
  readonly terms: number[] = []
  /** By place: the weight of what is wanted when this one term is all of it; -1 otherwise. */
  readonly solos: number[] = []
  /** By place: the alternatives of phrases that have the term. */
  readonly members: (number[] | undefined)[] = []
  /** By alternative of a phrase: the wanted thing, and its number of terms. */
  readonly ownerOf: number[] = []
  readonly sizeOf: number[] = []
  /** Some character is wanted by itself, which only the text can show. */
  readonly hasSingles: boolean
  readonly #places = new TermDictionary(256)

  constructor(wanted: readonly Wanted[]) {
    this.wanted = wanted
    let hasSingles = false
    for (const [owner, { alternatives, weight }] of wanted.entries()) {
      const [first] = alternatives
      const isSolo = alternatives.length === 1 && first?.length === 1
      for (const terms of alternatives) {
        for (const term of terms) {
          const place = this.#place(term)
          hasSingles ||= isSingleCharacter(term)
          if (isSolo) {
            this.solos[place] = weight
          } else {
            this.members[place] ??= []
            this.members[place].push(this.ownerOf.length)
          }
        }
        if (!isSolo) {
          this.ownerOf.push(owner)
          this.sizeOf.push(terms.length)
        }
      }
    }
    this.hasSingles = hasSingles
  }

  /** -1 when the question has no such term. */
  find(term: number): number {
    return this.#places.find(term)
  }

  #place(term: number): number {
    const place = this.#places.findOrAdd(term)
    if (place === this.terms.length) {
      this.terms.push(term)
      this.solos.push(-1)
      this.members.push(undefined)
    }
    return place
  }
}

/** How much of what is wanted was met so far; of alternatives the best counts, by the share of its terms. */
export class Tally {
  /** Sum of the weights that were met. */
  weight = 0
  readonly #places: WantedPlaces
  readonly #solos: readonly number[]
  /** By place: the round in which it was seen last. */
  readonly #seen: Uint32Array
  #round = 1
  readonly #counts: Uint16Array
  readonly #met: Float32Array

  constructor(places: WantedPlaces) {
    this.#places = places
    this.#solos = places.solos
    this.#seen = new Uint32Array(places.terms.length)
    this.#counts = new Uint16Array(places.ownerOf.length)
    this.#met = new Float32Array(places.ownerOf.length === 0 ? 0 : places.wanted.length)
  }

  clear(): void {
    this.#round++
    this.weight = 0
    if (this.#counts.length > 0) {
      this.#counts.fill(0)
      this.#met.fill(0)
    }
  }

  mark(place: number): void {
    if (this.#seen[place] === this.#round) {
      return
    }
    this.#seen[place] = this.#round
    const solo = this.#solos[place] as number
    if (solo >= 0) {
      this.weight += solo
    }
    const members = this.#places.members[place]
    if (members !== undefined) {
      this.#count(members)
    }
  }

  /** Of these places of the question, the share that lies in something wholly met. */
  shareOf(places: readonly number[]): number {
    if (places.length === 0) {
      return 0
    }
    const found = new Set<number>()
    for (const [owner, { start, end, alternatives }] of this.#places.wanted.entries()) {
      const met = this.#isMet(owner, alternatives)
      for (let at = start; met && at < end; at++) {
        found.add(at)
      }
    }
    return places.filter((at) => found.has(at)).length / places.length
  }

  #isMet(owner: number, alternatives: Wanted['alternatives']): boolean {
    const place = alternatives.length === 1 ? this.#places.find(alternatives[0]?.[0] as number) : -1
    return place !== -1 && (this.#solos[place] as number) >= 0
      ? this.#seen[place] === this.#round
      : this.#met[owner] === 1
  }

  #count(members: readonly number[]): void {
    const { ownerOf, sizeOf, wanted } = this.#places
    for (const alternative of members) {
      const count = (this.#counts[alternative] as number) + 1
      this.#counts[alternative] = count
      const owner = ownerOf[alternative] as number
      const share = count / (sizeOf[alternative] as number)
      const before = this.#met[owner] as number
      if (share > before) {
        this.#met[owner] = share
        this.weight += (wanted[owner] as Wanted).weight * (share - before)
      }
    }
  }
}
