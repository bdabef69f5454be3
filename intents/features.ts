import { marks } from './normalize.ts'
import type { Signs } from './signs.ts'

/**
 * A message as the model sees it: hashed character n-grams and the signs found in it, alone and in pairs.
 *
 *   ^路灯坏了$   1-grams  路 灯 坏 了
 *                2-grams  ^路 路灯 灯坏 坏了 了$
 *                signs    trouble, facilities-lamps, past, trouble+past, …
 *
 * Digits count as one and the same character, so that 3号楼 and 8号楼 are one feature.
 */

/** How many buckets the features are hashed into. */
export const featureBuckets = 1 << 16
/** Part of the model's fingerprint: raise it when the features change. */
export const featureVersion = 4

const mask = featureBuckets - 1
/** Longer letters say nothing new after this, and time stays bounded. */
const longest = 1200
/** Longer grams did not help on messages that the model has not seen. */
const longestGram = 2

/** An n-gram from `start` to `end`; or the sign numbered `end`, with start -1 alone, else in a pair with -1 - start. */
type Visit = (bucket: number, start: number, end: number) => void

/** Bucket numbers, ascending, each once. */
export function extractFeatures(normalized: string, signs: Signs): Uint32Array {
  const found: number[] = []
  visitFeatures(normalized, signs, (bucket) => found.push(bucket))
  const sorted = Uint32Array.from(found).sort()
  let kept = 0
  for (let index = 0; index < sorted.length; index++)
    if (index === 0 || sorted[index] !== sorted[index - 1]) sorted[kept++] = sorted[index] ?? 0
  return sorted.slice(0, kept)
}

/** A feature as it stands in a text: two characters of it, or one or two signs. */
export interface NamedFeature {
  readonly bucket: number
  /** Of a pair of characters: where it begins in the text. */
  readonly start?: number
  readonly signs: readonly string[]
}

/** The wanted ones but single characters, which tell people nothing; each bucket once. */
export function nameFeatures(
  normalized: string,
  signs: Signs,
  wanted: ReadonlyMap<number, number>,
): NamedFeature[] {
  const present = signs.in(normalized)
  const text = modelForm(normalized)
  const named: NamedFeature[] = []
  const seen = new Set<number>()
  visitFeatures(normalized, signs, (bucket, start, end) => {
    if (!wanted.has(bucket) || seen.has(bucket)) return
    const names = [start < -1 ? present[-1 - start] : undefined, start < 0 ? present[end] : undefined]
    // The mark before the text takes one place; those at both ends are no words.
    const isPair = start > 0 && end === start + 2 && end < text.length
    if (start >= 0 && !isPair) return
    seen.add(bucket)
    if (start < 0) named.push({ bucket, signs: names.filter((name) => name !== undefined) })
    else named.push({ bucket, start: start - 1, signs: [] })
  })
  return named
}

function visitFeatures(normalized: string, signs: Signs, visit: Visit): void {
  const text = modelForm(normalized)
  for (let start = 0; start < text.length; start++) {
    let hash = 2166136261
    for (let end = start; end < text.length && end - start < longestGram; end++) {
      hash = Math.imul(hash ^ text.charCodeAt(end), 16777619)
      visit(scatter(hash, end - start), start, end + 1)
    }
  }
  const present = signs.in(normalized)
  const hashes = present.map(hashOf)
  for (let first = 0; first < hashes.length; first++) {
    const hash = hashes[first] ?? 0
    visit(scatter(hash, 11), -1, first)
    for (let second = first + 1; second < hashes.length; second++)
      visit(scatter(Math.imul(hash, 31) ^ (hashes[second] ?? 0), 12), -1 - second, first)
  }
}

function modelForm(normalized: string): string {
  return `^${normalized.slice(0, longest).replace(/\d/g, '0').replaceAll(marks.picture, '')}$`
}

function hashOf(name: string): number {
  let hash = 2166136261
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 16777619)
  return hash
}

/** Spreads a hash over the buckets; `kind` keeps 1-, 2- and 3-grams apart. */
function scatter(hash: number, kind: number): number {
  let mixed = hash ^ Math.imul(kind + 1, 0x5bd1e995)
  mixed ^= mixed >>> 15
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  mixed ^= mixed >>> 12
  return mixed & mask
}
