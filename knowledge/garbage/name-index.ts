import { soundOf } from './sounds.ts'
import type { GarbageItem } from './sorting.ts'

/** All names and aliases, to be found exactly or by their sound. */
export interface NameIndex {
  /** By name or alias, or by either without 的, a final 子 or doubled characters. */
  exact(text: string): GarbageItem | undefined
  /** By name or alias as written. */
  isName(text: string): boolean
  /** The best alignments, best first. */
  similar(query: Query): Similar[]
}

export interface Query {
  readonly characters: readonly string[]
  /** How much it matters that a character is covered: 0 to 1. */
  readonly weights: readonly number[]
}

export interface Similar {
  readonly item: GarbageItem
  readonly name: string
  /** Share of the name's characters that were found, by sound at worst. */
  readonly found: number
  /** Share of the query's weight that the name covers. */
  readonly covered: number
  /** The thing itself, which comes last in Chinese, is the last of both. */
  readonly sameHead: boolean
  readonly score: number
}

interface Encoded {
  readonly item: GarbageItem
  readonly name: string
  readonly characters: readonly string[]
  readonly exact: Uint16Array
  readonly near: Uint16Array
}

const longestQuery = 24
const keptCandidates = 80

export function createNameIndex(items: readonly GarbageItem[]): NameIndex {
  const written = new Map<string, GarbageItem>()
  for (const item of items) {
    for (const name of [item.name, ...item.aliases]) {
      const key = name.toLowerCase()
      if (!written.has(key)) written.set(key, item)
    }
  }
  const canonical = new Map<string, GarbageItem>()
  for (const [name, item] of written) {
    const key = canonicalName(name)
    if (!canonical.has(key)) canonical.set(key, item)
  }
  // Built at the first misspelling: an exact name needs no sounds.
  let alignments: ReturnType<typeof createAlignments> | undefined
  return {
    isName: (text) => written.has(text),
    exact: (text) => written.get(text) ?? canonical.get(canonicalName(text)),
    similar: (query) => {
      alignments ??= createAlignments(canonical)
      return alignments(query)
    },
  }
}

/** 空瓶子 and 空瓶, 泡泡纸 and 泡纸, 洗干净的外卖盒 and 洗干净外卖盒 are the same. */
export function canonicalName(name: string): string {
  const short = name.replace(/的/gu, '').replace(/(.)\1/gu, '$1')
  return short.length > 2 ? short.replace(/[子儿]$/u, '') : short
}

function createAlignments(names: ReadonlyMap<string, GarbageItem>): (query: Query) => Similar[] {
  const entries: Encoded[] = []
  const postings = new Map<number, number[]>()
  for (const [name, item] of names) {
    if (name.length < 2) continue
    const encoded = { item, name, ...encode([...name]) }
    for (const sound of new Set(encoded.near)) {
      const list = postings.get(sound)
      if (list) list.push(entries.length)
      else postings.set(sound, [entries.length])
    }
    entries.push(encoded)
  }
  const hits = new Uint8Array(entries.length)
  return (query) => {
    const asked = tail(query)
    const sounds = encode(asked.characters)
    const candidates = shared(sounds.near, postings, hits, entries)
    return candidates
      .map((candidate) => align(asked, sounds, entries[candidate] as Encoded))
      .sort((a, b) => b.score - a.score)
  }
}

function tail({ characters, weights }: Query): Query {
  return { characters: characters.slice(-longestQuery), weights: weights.slice(-longestQuery) }
}

function encode(characters: readonly string[]) {
  const exact = new Uint16Array(characters.length)
  const near = new Uint16Array(characters.length)
  characters.forEach((character, at) => {
    const sound = soundOf(character)
    exact[at] = sound.exact
    near[at] = sound.near
  })
  return { characters, exact, near }
}

/** The names that share most sounds with the query, for their length. */
function shared(
  near: Uint16Array,
  postings: ReadonlyMap<number, readonly number[]>,
  hits: Uint8Array,
  entries: readonly Encoded[],
): number[] {
  const touched: number[] = []
  for (const sound of new Set(near)) {
    for (const entry of postings.get(sound) ?? []) {
      if (hits[entry] === 0) touched.push(entry)
      hits[entry] = (hits[entry] as number) + 1
    }
  }
  const ranked: { entry: number; share: number }[] = []
  for (const entry of touched) {
    const length = (entries[entry] as Encoded).characters.length
    const share = (2 * (hits[entry] as number)) / (length + Math.min(near.length, 6))
    if (2 * (hits[entry] as number) >= length) ranked.push({ entry, share })
    hits[entry] = 0
  }
  if (ranked.length > keptCandidates) ranked.sort((a, b) => b.share - a.share).length = keptCandidates
  return ranked.map(({ entry }) => entry)
}

/**
 * The best way to lay the name over the query without changing the order of either:
 *
 *     query  大  古   头  往
 *            |   :    |
 *     name   大  骨   头        same character 1, same sound .85, near sound .6
 */
function align(query: Query, sounds: ReturnType<typeof encode>, entry: Encoded): Similar {
  const width = query.characters.length
  const best = new Float64Array(width + 1)
  const cover = new Float64Array(width + 1)
  const similarity = (row: number, column: number) => {
    if (entry.characters[row] === query.characters[column]) return 1
    if (entry.exact[row] === sounds.exact[column]) return 0.85
    return entry.near[row] === sounds.near[column] ? 0.6 : 0
  }
  for (let row = 0; row < entry.characters.length; row++) {
    let diagonalBest = 0
    let diagonalCover = 0
    for (let column = 0; column < width; column++) {
      const [aboveBest, aboveCover] = [best[column + 1] as number, cover[column + 1] as number]
      const same = similarity(row, column)
      if ((best[column] as number) > aboveBest) {
        best[column + 1] = best[column] as number
        cover[column + 1] = cover[column] as number
      }
      if (same > 0 && diagonalBest + same >= (best[column + 1] as number)) {
        best[column + 1] = diagonalBest + same
        cover[column + 1] = diagonalCover + same * (query.weights[column] as number)
      }
      diagonalBest = aboveBest
      diagonalCover = aboveCover
    }
  }
  const total = query.weights.reduce((sum, weight) => sum + weight, 0)
  const found = (best[width] as number) / entry.characters.length
  const covered = total === 0 ? 0 : (cover[width] as number) / total
  const head = similarity(entry.characters.length - 1, width - 1)
  const first = similarity(0, 0)
  return { item: entry.item, name: entry.name, found, covered, sameHead: head > 0, score: score(found, covered, head, first) }
}

/** Leans to what is found: residents say more than the name, and rarely less. */
function score(found: number, covered: number, head: number, first: number): number {
  const harmonic = found + covered === 0 ? 0 : (1.49 * found * covered) / (0.49 * found + covered)
  return harmonic * (0.93 + 0.05 * head + 0.02 * first)
}
