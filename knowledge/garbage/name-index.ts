import type { GarbageItem } from './sorting.ts'
import { soundOf } from './sounds.ts'

/** All names and aliases, to be found exactly or by their sound. */
export interface NameIndex {
  /** By name or alias, or by either without 的, a final 子 or doubled characters. */
  exact(text: string): GarbageItem | undefined
  /** The longest name of at least two characters in the text; at its end, if there is one. */
  longestIn(text: string): { item: GarbageItem; length: number; atEnd: boolean } | undefined
  /** By name or alias as written. */
  isName(text: string): boolean
  /** How long the longest name is that begins with this character. */
  longestFrom(character: string): number
  /** The name that can best be laid over the query. */
  similar(query: Query): Similar | undefined
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

interface Sounds {
  readonly characters: readonly string[]
  readonly toned: Uint16Array
  readonly exact: Uint16Array
  readonly near: Uint16Array
}

interface Encoded extends Sounds {
  readonly item: GarbageItem
  readonly name: string
}

const longestQuery = 24
const keptCandidates = 30
const sameTone = 0.88
const otherTone = 0.75
const nearSound = 0.6
// One row of the alignment; kept, because a message makes dozens.
const bestRow = new Float64Array(longestQuery + 1)
const coverRow = new Float64Array(longestQuery + 1)

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
  const lengths = new Map<string, number>()
  for (const name of written.keys()) {
    const first = name[0] as string
    lengths.set(first, Math.max(lengths.get(first) ?? 0, name.length))
  }
  // Built at the first misspelling: an exact name needs no sounds.
  let alignments: ReturnType<typeof createAlignments> | undefined
  const exact = (text: string) => written.get(text) ?? canonical.get(canonicalName(text))
  return {
    exact,
    longestIn: (text) => longestIn(canonicalName(text), canonical),
    longestFrom: (character) => lengths.get(character) ?? 0,
    isName: (text) => written.has(text),
    similar: (query) => {
      alignments ??= createAlignments(written)
      return alignments(query)
    },
  }
}

/** 空瓶子 and 空瓶, 泡泡纸 and 泡纸, 洗干净的外卖盒 and 洗干净外卖盒 are the same. */
export function canonicalName(name: string): string {
  const short = name.replace(/的/gu, '').replace(/(.)\1/gu, '$1')
  return short.length > 2 ? short.replace(/[子儿类]$/u, '') : short
}

function longestIn(text: string, names: ReadonlyMap<string, GarbageItem>) {
  for (let from = 0; from + 2 <= text.length; from++) {
    const item = names.get(text.slice(from))
    if (item) return { item, length: text.length - from, atEnd: true }
  }
  for (let length = text.length - 1; length >= 2; length--) {
    for (let from = text.length - length; from >= 0; from--) {
      const item = names.get(text.slice(from, from + length))
      if (item) return { item, length, atEnd: false }
    }
  }
  return undefined
}

function createAlignments(names: ReadonlyMap<string, GarbageItem>): (query: Query) => Similar | undefined {
  const entries: Encoded[] = []
  const postings = new Map<number, number[]>()
  for (const [written, item] of names) {
    const name = written.replace(/的/gu, '')
    if (name.length < 2) continue
    const encoded = { item, name, ...encode([...name]) }
    for (const sound of new Set(encoded.near)) {
      const list = postings.get(sound)
      if (list) list.push(entries.length)
      else postings.set(sound, [entries.length])
    }
    entries.push(encoded)
  }
  const packed = new Map([...postings].map(([sound, list]) => [sound, Uint16Array.from(list)]))
  const hits = new Uint8Array(entries.length)
  const touched = new Uint16Array(entries.length)
  const lengths = Uint8Array.from(entries, ({ characters }) => characters.length)
  return (query) => {
    const asked = tail(query)
    const sounds = encode(asked.characters)
    let best: Similar | undefined
    for (const { entry, most } of shared(sounds.near, { postings: packed, hits, touched, lengths })) {
      if (best && best.score >= most) continue
      const next = align(asked, sounds, entries[entry] as Encoded)
      if (best === undefined || next.score > best.score) best = next
    }
    return best
  }
}

function tail({ characters, weights }: Query): Query {
  return { characters: characters.slice(-longestQuery), weights: weights.slice(-longestQuery) }
}

function encode(characters: readonly string[]): Sounds {
  const toned = new Uint16Array(characters.length)
  const exact = new Uint16Array(characters.length)
  const near = new Uint16Array(characters.length)
  characters.forEach((character, at) => {
    const sound = soundOf(character)
    toned[at] = sound.toned
    exact[at] = sound.exact
    near[at] = sound.near
  })
  return { characters, toned, exact, near }
}

interface Candidate {
  readonly entry: number
  /** What its score would be if the shared sounds stood in order. */
  readonly promise: number
  /** What its score can be at most, whatever the weights. */
  readonly most: number
}

/** By entry, except the postings, which are entries by sound. */
interface Tally {
  readonly postings: ReadonlyMap<number, Uint16Array>
  /** All 0 between two queries. */
  readonly hits: Uint8Array
  readonly touched: Uint16Array
  readonly lengths: Uint8Array
}

/** The names that share most sounds with the query, for their length; the most promising first. */
function shared(near: Uint16Array, { postings, hits, touched, lengths }: Tally): Candidate[] {
  let touchedCount = 0
  const distinct = new Set(near)
  // A sound that stands twice in the query was counted once.
  const repeats = near.length - distinct.size
  for (const sound of distinct) {
    const list = postings.get(sound)
    if (list === undefined) continue
    for (let at = 0; at < list.length; at++) {
      const entry = list[at] as number
      if (hits[entry] === 0) touched[touchedCount++] = entry
      hits[entry] = (hits[entry] as number) + 1
    }
  }
  const least = near.length <= 3 ? 0.5 : 0.6
  const candidates: Candidate[] = []
  for (let at = 0; at < touchedCount; at++) {
    const entry = touched[at] as number
    const count = hits[entry] as number
    const length = lengths[entry] as number
    hits[entry] = 0
    // Most names share one sound with any sentence: only a short query may hang on so little.
    if (count < length * least) continue
    const found = Math.min(1, (count + repeats) / length)
    const covered = Math.min(1, (count + repeats) / near.length)
    candidates.push({ entry, promise: score(found, covered, 1, 1), most: score(found, 1, 1, 1) })
  }
  candidates.sort((a, b) => b.promise - a.promise)
  return candidates.slice(0, keptCandidates)
}

/**
 * The best way to lay the name over the query without changing the order of either:
 *
 *     query  大  古   头  往
 *            |   :    |
 *     name   大  骨   头        same character 1, same sound and tone .88, same sound .75, near sound .6
 */
function align(query: Query, sounds: Sounds, entry: Encoded): Similar {
  const width = query.characters.length
  const best = bestRow.fill(0)
  const cover = coverRow.fill(0)
  for (let row = 0; row < entry.characters.length; row++) {
    let diagonalBest = 0
    let diagonalCover = 0
    for (let column = 0; column < width; column++) {
      const aboveBest = best[column + 1] as number
      const aboveCover = cover[column + 1] as number
      const same = likeness(entry, row, sounds, column)
      if ((best[column] as number) > aboveBest) {
        best[column + 1] = best[column] as number
        cover[column + 1] = cover[column] as number
      }
      if (same > 0) {
        const nextBest = diagonalBest + same
        const nextCover = diagonalCover + same * (query.weights[column] as number)
        const gain = nextBest - (best[column + 1] as number)
        if (gain > 0 || (gain === 0 && nextCover > (cover[column + 1] as number))) {
          best[column + 1] = nextBest
          cover[column + 1] = nextCover
        }
      }
      diagonalBest = aboveBest
      diagonalCover = aboveCover
    }
  }
  const total = query.weights.reduce((sum, weight) => sum + weight, 0)
  const found = (best[width] as number) / entry.characters.length
  const covered = total === 0 ? 0 : (cover[width] as number) / total
  // 牙齿 is no 鸭翅: with no character in common the whole name must sound the same, tones and all.
  const isStranger = found < sameTone && !entry.characters.some((each) => query.characters.includes(each))
  const head = likeness(entry, entry.characters.length - 1, sounds, width - 1)
  const first = likeness(entry, 0, sounds, 0)
  return {
    item: entry.item,
    name: entry.name,
    found,
    covered,
    // 化妆品瓶 only nearly ends like 化妆品, and 鸡粉 in another tone than 鸡粪
    sameHead: head >= sameTone,
    score: score(found, covered, head, first) * (isStranger ? 0.5 : 1),
  }
}

function likeness(name: Sounds, row: number, query: Sounds, column: number): number {
  if (name.characters[row] === query.characters[column]) return 1
  if (name.toned[row] === query.toned[column]) return sameTone
  if (name.exact[row] === query.exact[column]) return otherTone
  return name.near[row] === query.near[column] ? nearSound : 0
}

/** Leans to what is found: residents say more than the name, and rarely less. */
function score(found: number, covered: number, head: number, first: number): number {
  const harmonic = found + covered === 0 ? 0 : (1.49 * found * covered) / (0.49 * found + covered)
  return harmonic * (0.93 + 0.05 * head + 0.02 * first)
}
