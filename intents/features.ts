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

/** A feature with its name, to say why. */
export interface NamedFeature {
  readonly name: string
  readonly bucket: number
}

/** How many buckets the features are hashed into. */
export const featureBuckets = 1 << 16
/** Part of the model's fingerprint: raise it when the features change. */
export const featureVersion = 3

const mask = featureBuckets - 1
/** Longer letters say nothing new after this, and time stays bounded. */
const longest = 1200
/** Longer grams did not help on messages that the model has not seen. */
const longestGram = 2

type Visit = (bucket: number, start: number, end: number, sign: string) => void

/** Bucket numbers, ascending, each once. */
export function extractFeatures(normalized: string, signs: Signs): Uint32Array {
  const found: number[] = []
  visitFeatures(normalized, signs, (bucket) => found.push(bucket))
  return Uint32Array.from(new Set(found)).sort()
}

/** The same features with readable names, each bucket once. */
export function nameFeatures(normalized: string, signs: Signs): NamedFeature[] {
  const read = modelForm(normalized)
  const named = new Map<number, string>()
  visitFeatures(normalized, signs, (bucket, start, end, sign) => {
    if (!named.has(bucket)) named.set(bucket, sign || read.slice(start, end))
  })
  return [...named].map(([bucket, name]) => ({ bucket, name }))
}

function visitFeatures(normalized: string, signs: Signs, visit: Visit): void {
  const text = modelForm(normalized)
  for (let start = 0; start < text.length; start++) {
    let hash = 2166136261
    for (let end = start; end < text.length && end - start < longestGram; end++) {
      hash = Math.imul(hash ^ text.charCodeAt(end), 16777619)
      visit(scatter(hash, end - start), start, end + 1, '')
    }
  }
  const present = signs.in(normalized)
  for (const [index, sign] of present.entries()) {
    const hash = hashOf(sign)
    visit(scatter(hash, 11), 0, 0, `<${sign}>`)
    for (const other of present.slice(index + 1))
      visit(scatter(Math.imul(hash, 31) ^ hashOf(other), 12), 0, 0, `<${sign}+${other}>`)
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
