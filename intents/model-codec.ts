import { featureBits } from './features.ts'
import type { Head, Model } from './linear-model.ts'

/**
 * The model as bytes: `LLM1`, the length of a JSON header (uint32, little endian), the header (fingerprint and,
 * for each head, labels, scale, bias, temperature), then the heads' weights, 16 bits each, runs of zeros folded.
 */
const magic = 'LLM1'

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

interface Header {
  readonly fingerprint: string
  readonly heads: Readonly<Record<'intent' | 'category' | 'urgency', HeadHeader>>
}

export function encodeModel(model: Model): Uint8Array {
  const order = [model.intent, model.category, model.urgency]
  const folded = order.map((head) => foldZeros(head.weights))
  const [intent, category, urgency] = order.map((head, index) => headerOf(head, folded[index]!.length))
  const header: Header = {
    fingerprint: model.fingerprint,
    heads: { intent: intent!, category: category!, urgency: urgency! },
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = 8 + json.length
  const words = folded.reduce((sum, part) => sum + part.length, 0)
  const bytes = new Uint8Array(start + words * 2)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode(magic))
  view.setUint32(4, json.length, true)
  bytes.set(json, 8)
  let at = start
  for (const part of folded)
    for (const word of part) {
      view.setInt16(at, word, true)
      at += 2
    }
  return bytes
}

/** Throws ModelError when the bytes are not a model of this version. */
export function decodeModel(bytes: Uint8Array): Model {
  const { header, start } = readHeader(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = start
  const head = ({ words, bias, ...rest }: HeadHeader): Head => {
    const folded = new Int16Array(words)
    if (at + words * 2 > bytes.length) throw new ModelError('model file ends early; delete it to train anew')
    for (let index = 0; index < words; index++, at += 2) folded[index] = view.getInt16(at, true)
    const weights = unfoldZeros(folded, (1 << featureBits) * rest.labels.length)
    return { ...rest, bias: Float32Array.from(bias), weights }
  }
  const { intent, category, urgency } = header.heads
  return {
    fingerprint: header.fingerprint,
    intent: head(intent),
    category: head(category),
    urgency: head(urgency),
  }
}

/** The fingerprint alone, to decide whether the file still fits. */
export function fingerprintIn(bytes: Uint8Array): string {
  return readHeader(bytes).header.fingerprint
}

function readHeader(bytes: Uint8Array): { header: Header; start: number } {
  const found = new TextDecoder().decode(bytes.subarray(0, 4))
  if (found !== magic) throw new ModelError(`expected a model file beginning ${magic}, got "${found}"`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = 8 + view.getUint32(4, true)
  if (start > bytes.length) throw new ModelError('model file ends early; delete it to train anew')
  // Our own bytes behind the magic word: no schema needed.
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Header
  return { header, start }
}

function headerOf({ labels, scale, bias, temperature }: Head, words: number): HeadHeader {
  return { labels, scale, bias: [...bias], temperature, words }
}

/** A zero is followed by how many zeros there are in all, at most 32,767: most buckets are empty. */
function foldZeros(weights: Int16Array): number[] {
  const words: number[] = []
  for (let index = 0; index < weights.length; ) {
    const word = weights[index]!
    words.push(word)
    index++
    if (word !== 0) continue
    let run = 1
    while (index < weights.length && weights[index] === 0 && run < 32767) {
      run++
      index++
    }
    words.push(run)
  }
  return words
}

function unfoldZeros(words: Int16Array, length: number): Int16Array {
  const weights = new Int16Array(length)
  let at = 0
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (word === 0) at += words[++index] ?? 0
    else weights[at++] = word
  }
  if (at !== length) throw new ModelError(`model file holds ${at} weights, expected ${length}`)
  return weights
}
