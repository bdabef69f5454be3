import { featureBuckets } from './features.ts'
import type { Head, Model } from './linear-model.ts'

/**
 * The model as bytes: `LLM5`, the length of a JSON header (uint32, little endian), the header (fingerprint and,
 * for each head, labels, scale, bias, temperature), the rarities, one byte each, then the heads' weights, 16 bits
 * each, runs of zeros folded.
 */
const magic = 'LLM5'

export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code = 'model.unreadable'
}

interface HeadHeader {
  readonly labels: readonly string[]
  readonly scale: number
  readonly bias: readonly number[]
  readonly temperature: number
  /** Length of its folded weights, in 16-bit words. */
  readonly words: number
}

const heads = ['intent', 'category', 'danger', 'emergency', 'register', 'urgency'] as const
type HeadName = (typeof heads)[number]

interface Header extends Readonly<Record<HeadName, HeadHeader>> {
  readonly fingerprint: string
}

export function encodeModel(model: Model): Uint8Array {
  const parts = heads.map((name) => foldZeros(model[name].weights))
  const described = heads.map((name, part) => {
    const { labels, scale, bias, temperature } = model[name]
    return [name, { labels, scale, bias: [...bias], temperature, words: parts[part]?.length ?? 0 }]
  })
  const { fingerprint, rarity } = model
  const json = new TextEncoder().encode(JSON.stringify({ fingerprint, ...Object.fromEntries(described) }))
  const words = parts.flat()
  const bytes = new Uint8Array(8 + json.length + rarity.length + words.length * 2)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(magic))
  view.setUint32(4, json.length, true)
  bytes.set(json, 8)
  bytes.set(rarity, 8 + json.length)
  const start = 8 + json.length + rarity.length
  for (const [index, word] of words.entries()) view.setInt16(start + index * 2, word, true)
  return bytes
}

/** Throws ModelError when the bytes are not a model of this version. */
export function decodeModel(bytes: Uint8Array): Model {
  const { header, start } = readHeader(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = start + featureBuckets
  const words = heads.reduce((sum, name) => sum + header[name].words, 0)
  const wanted = position + words * 2
  if (bytes.length !== wanted)
    throw new ModelError(`model file has ${bytes.length} bytes, expected ${wanted}; delete it to train anew`)
  const head = ({ words, bias, ...rest }: HeadHeader): Head => {
    const folded = Int16Array.from({ length: words }, (_, index) => view.getInt16(position + index * 2, true))
    position += words * 2
    const weights = unfoldZeros(folded, featureBuckets * rest.labels.length)
    return { ...rest, bias: Float32Array.from(bias), weights }
  }
  return {
    fingerprint: header.fingerprint,
    rarity: bytes.slice(start, start + featureBuckets),
    // In the order in which they were written.
    ...{ intent: head(header.intent), category: head(header.category), danger: head(header.danger) },
    ...{ emergency: head(header.emergency), register: head(header.register), urgency: head(header.urgency) },
  }
}

/** The fingerprint alone, to decide whether the file still fits. */
export function fingerprintIn(bytes: Uint8Array): string {
  return readHeader(bytes).header.fingerprint
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  const found = new TextDecoder().decode(bytes.subarray(0, 4))
  if (found !== magic || bytes.length < 8)
    throw new ModelError(`expected a model file beginning ${magic}, got "${found}"`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = 8 + view.getUint32(4, true)
  if (start > bytes.length) throw new ModelError('model file ends early; delete it to train anew')
  // Our own bytes behind the magic word: no schema needed.
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Header
  return { header, start }
}

/** A zero is followed by how many zeros there are in all, at most 32,767: most buckets are empty. */
function foldZeros(weights: Int16Array): number[] {
  const words: number[] = []
  let run = 0
  const close = () => {
    if (run > 0) words.push(0, run)
    run = 0
  }
  for (const weight of weights) {
    if (weight === 0 && run < 32767) run++
    else if (weight === 0) {
      close()
      run = 1
    } else {
      close()
      words.push(weight)
    }
  }
  close()
  return words
}

function unfoldZeros(words: Int16Array, length: number): Int16Array {
  const weights = new Int16Array(length)
  let position = 0
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0
    if (word === 0) position += words[++index] ?? 0
    else weights[position++] = word
  }
  if (position !== length) throw new ModelError(`model file holds ${position} weights, expected ${length}`)
  return weights
}
