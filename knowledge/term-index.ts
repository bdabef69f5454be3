import { TermDictionary } from './term-dictionary.ts'
import { TermBuffer } from './terms.ts'

/**
 * BM25F over terms, for reading only: built once, then searched.
 *
 *   weighted frequency  f = Σ over fields  weight · count / (1 - damping + damping · length / average length)
 *   impact              i = f / (f + saturation)                      kept as a byte, i · 255
 *   score of a document   = Σ over terms of the query  weight of the term · i
 *
 * Postings lie in two arrays, documents and impacts, those of one term next to each other. Impacts are
 * computed when building, so a search only multiplies and adds. The terms are read twice, once to count
 * and once to place: so building needs no second copy of the postings.
 */

export interface Field {
  /** How much one occurrence counts, 1 being the text. */
  readonly weight: number
  /** 0: the length of the field does not matter; 1: only the share of it does. */
  readonly damping: number
}

export interface TermSource {
  readonly documents: number
  readonly fields: readonly Field[]
  /** Appends the terms of one field of one document. Called twice for each, with the same result. */
  read(document: number, field: number, into: TermBuffer): void
}

export interface WeightedTerm {
  readonly term: number
  readonly weight: number
}

export interface Hit {
  readonly document: number
  readonly score: number
}

/** Found best in the literature between 0.9 and 1.6; differences are below a point of hit@1. */
export const saturation = 1.4

interface Counts {
  readonly dictionary: TermDictionary
  /** By term id: in how many documents. */
  readonly spread: Uint32Array
  /** By field: mean number of terms. */
  readonly averages: Float64Array
}

export class TermIndex {
  readonly size: number
  readonly #dictionary: TermDictionary
  /** Where the postings of a term begin; those of the next end them. */
  readonly #starts: Uint32Array
  readonly #documents: Uint16Array | Uint32Array
  readonly #impacts: Uint8Array
  readonly #scores: Float32Array
  /** By term id. Kept, because a logarithm costs more than the rest of a lookup. */
  readonly #rarities: Float32Array
  readonly #unknownRarity: number

  constructor(source: TermSource) {
    const counts = countTerms(source)
    const starts = new Uint32Array(counts.dictionary.size + 1)
    for (let id = 0; id < counts.dictionary.size; id++) {
      starts[id + 1] = (starts[id] as number) + (counts.spread[id] as number)
    }
    const postings = starts[counts.dictionary.size] as number
    this.size = source.documents
    this.#dictionary = counts.dictionary
    this.#starts = starts
    this.#documents = source.documents <= 0x10000 ? new Uint16Array(postings) : new Uint32Array(postings)
    this.#impacts = new Uint8Array(postings)
    this.#scores = new Float32Array(source.documents)
    this.#rarities = Float32Array.from({ length: counts.dictionary.size }, (_, id) =>
      rarityOf(counts.spread[id] as number, source.documents),
    )
    this.#unknownRarity = rarityOf(0, source.documents)
    placeTerms(source, counts, starts, this.#documents, this.#impacts)
  }

  /** In how many documents the term occurs. */
  spread(term: number): number {
    const id = this.#dictionary.find(term)
    return id === -1 ? 0 : (this.#starts[id + 1] as number) - (this.#starts[id] as number)
  }

  /** Of its dictionary, from 0; -1 when no document has the term. */
  numberOf(term: number): number {
    return this.#dictionary.find(term)
  }

  /** How many terms it knows. */
  get terms(): number {
    return this.#dictionary.size
  }

  rarityOf(number: number): number {
    return number === -1 ? this.#unknownRarity : (this.#rarities[number] as number)
  }

  /** Rare terms tell more. */
  rarity(term: number): number {
    return this.rarityOf(this.#dictionary.find(term))
  }

  /** Best first; among equals the earlier document. `hidden`: by document, 1 when it may not be found. */
  search(query: readonly WeightedTerm[], limit: number, hidden?: Uint8Array): Hit[] {
    const scores = this.#scores
    for (const { term, weight } of query) {
      const id = this.#dictionary.find(term)
      if (id !== -1) {
        this.#add(id, weight / 255)
      }
    }
    if (hidden !== undefined) {
      blank(scores, hidden)
    }
    const best = bestOf(scores, limit)
    scores.fill(0)
    return best
  }

  /** Bytes held. */
  get bytes(): number {
    return (
      this.#dictionary.bytes +
      this.#starts.byteLength +
      this.#documents.byteLength +
      this.#impacts.byteLength +
      this.#scores.byteLength +
      this.#rarities.byteLength
    )
  }

  #add(id: number, weight: number): void {
    const scores = this.#scores
    const documents = this.#documents
    const impacts = this.#impacts
    const end = this.#starts[id + 1] as number
    for (let at = this.#starts[id] as number; at < end; at++) {
      const document = documents[at] as number
      scores[document] = (scores[document] as number) + weight * (impacts[at] as number)
    }
  }
}

/** The logarithm of the odds against meeting the term by chance. */
function rarityOf(spread: number, documents: number): number {
  return Math.log(1 + (documents - spread + 0.5) / (spread + 0.5))
}

function countTerms(source: TermSource): Counts {
  const dictionary = new TermDictionary()
  const buffer = new TermBuffer()
  const totals = new Float64Array(source.fields.length)
  let spread = new Uint32Array(1 << 12)
  /** The last document, plus one, in which a term was seen. */
  let seen = new Uint32Array(1 << 12)
  for (let document = 0; document < source.documents; document++) {
    for (let field = 0; field < source.fields.length; field++) {
      buffer.length = 0
      source.read(document, field, buffer)
      totals[field] = (totals[field] as number) + buffer.length
      for (let at = 0; at < buffer.length; at++) {
        const id = dictionary.findOrAdd(buffer.terms[at] as number)
        if (id >= spread.length) {
          spread = doubled(spread)
          seen = doubled(seen)
        }
        if (seen[id] !== document + 1) {
          seen[id] = document + 1
          spread[id] = (spread[id] as number) + 1
        }
      }
    }
  }
  return { dictionary, spread, averages: totals.map((total) => total / Math.max(1, source.documents)) }
}

function placeTerms(
  source: TermSource,
  counts: Counts,
  starts: Uint32Array,
  documents: Uint16Array | Uint32Array,
  impacts: Uint8Array,
): void {
  const { dictionary, averages } = counts
  const next = starts.slice(0, dictionary.size)
  const frequencies = new Float32Array(dictionary.size)
  const buffer = new TermBuffer()
  /** The distinct terms of one document. */
  const present: number[] = []
  for (let document = 0; document < source.documents; document++) {
    present.length = 0
    for (const [field, { weight, damping }] of source.fields.entries()) {
      buffer.length = 0
      source.read(document, field, buffer)
      const share = weight / (1 - damping + (damping * buffer.length) / ((averages[field] as number) || 1))
      for (let at = 0; at < buffer.length; at++) {
        const id = dictionary.find(buffer.terms[at] as number)
        if (frequencies[id] === 0) {
          present.push(id)
        }
        frequencies[id] = (frequencies[id] as number) + share
      }
    }
    for (const id of present) {
      const frequency = frequencies[id] as number
      const at = next[id] as number
      next[id] = at + 1
      documents[at] = document
      impacts[at] = Math.max(1, Math.round((255 * frequency) / (frequency + saturation)))
      frequencies[id] = 0
    }
  }
}

function blank(scores: Float32Array, hidden: Uint8Array): void {
  for (let document = 0; document < scores.length; document++) {
    scores[document] = hidden[document] === 1 ? 0 : (scores[document] as number)
  }
}

function bestOf(scores: Float32Array, limit: number): Hit[] {
  const best: Hit[] = []
  let floor = 0
  for (let document = 0; document < scores.length; document++) {
    const score = scores[document] as number
    if (score <= floor) {
      continue
    }
    let at = best.length < limit ? best.length : limit - 1
    while (at > 0 && (best[at - 1] as Hit).score < score) {
      best[at] = best[at - 1] as Hit
      at--
    }
    best[at] = { document, score }
    floor = best.length < limit ? 0 : (best[limit - 1] as Hit).score
  }
  return best
}

function doubled(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
