/**
 * Linear classifiers over hashed features: score of a label = bias + sum of its weights times the strength of
 * each feature, made into probabilities by softmax at a temperature that calibration chose. Weights are 16-bit
 * integers times one scale, in memory as on disk, so that a model read back decides as the one just trained.
 */
export interface Head {
  readonly labels: readonly string[]
  /** One row of `labels.length` weights for each bucket. */
  readonly weights: Int16Array
  readonly scale: number
  readonly bias: Float32Array
  /** Below 1 makes the probabilities bolder, above 1 more modest. */
  readonly temperature: number
}

/** What understanding needs to have learnt. */
export interface Model {
  /** Of the corpus, rules and features it was trained on. */
  readonly fingerprint: string
  /** How rare each bucket's feature is in the corpus, in sixteenths. */
  readonly rarity: Uint8Array
  /** The intents, and `emergency` for complaints that are one. */
  readonly intent: Head
  readonly category: Head
  /** `emergency`, and what is taken for one: hazards, talk of danger. */
  readonly danger: Head
  /** The kind, of what is an emergency. */
  readonly emergency: Head
  /** A letter, a headline, …, or what neighbours talk about. */
  readonly register: Head
  /** normal or high, of complaints that are no emergency. */
  readonly urgency: Head
}

/** A message as numbers: feature buckets with their strengths, of length 1 as a vector. */
export interface Vector {
  readonly buckets: Uint32Array
  readonly strengths: Float32Array
}

/** Rare features count more than common ones, and long messages no more than short ones. */
export function vectorOf(buckets: Uint32Array, rarity: Uint8Array): Vector {
  const strengths = new Float32Array(buckets.length)
  let squares = 0
  for (let index = 0; index < buckets.length; index++) {
    const strength = (rarity[buckets[index] ?? 0] ?? 0) / 16
    strengths[index] = strength
    squares += strength * strength
  }
  const factor = 1 / Math.sqrt(squares || 1)
  for (let index = 0; index < strengths.length; index++) strengths[index] = (strengths[index] ?? 0) * factor
  return { buckets, strengths }
}

/** ln(1 + N / (1 + messages with the feature)) to the power of 0.7, in sixteenths. */
export function raritiesIn(messages: readonly Uint32Array[], size: number): Uint8Array {
  const seen = new Uint32Array(size)
  for (const buckets of messages)
    for (let index = 0; index < buckets.length; index++) {
      const bucket = buckets[index] ?? 0
      seen[bucket] = (seen[bucket] ?? 0) + 1
    }
  return Uint8Array.from(seen, (count) =>
    Math.min(255, Math.round(16 * Math.log(1 + messages.length / (1 + count)) ** 0.7)),
  )
}

/** Raw scores, before the softmax. */
export function scores({ labels, weights, scale, bias }: Head, { buckets, strengths }: Vector): Float64Array {
  const width = labels.length
  const sums = Float64Array.from(bias)
  for (let index = 0; index < buckets.length; index++) {
    const row = (buckets[index] ?? 0) * width
    const strength = (strengths[index] ?? 0) * scale
    for (let label = 0; label < width; label++)
      sums[label] = (sums[label] ?? 0) + (weights[row + label] ?? 0) * strength
  }
  return sums
}

/** Probabilities, in the order of `head.labels`. */
export function probabilities(head: Head, vector: Vector): Float64Array {
  return softmax(scores(head, vector), head.temperature)
}

export function softmax(raw: Float64Array, temperature: number): Float64Array {
  const result = new Float64Array(raw.length)
  const highest = raw[strongest(raw)] ?? 0
  let total = 0
  for (let index = 0; index < raw.length; index++) {
    const power = Math.exp(((raw[index] ?? 0) - highest) / temperature)
    result[index] = power
    total += power
  }
  for (let index = 0; index < raw.length; index++) result[index] = (result[index] ?? 0) / total
  return result
}

/** The likeliest label. */
export function decide(head: Head, vector: Vector): string {
  return head.labels[strongest(scores(head, vector))] ?? ''
}

function strongest(numbers: Float64Array): number {
  let best = 0
  for (let index = 1; index < numbers.length; index++)
    if ((numbers[index] ?? 0) > (numbers[best] ?? 0)) best = index
  return best
}

/** A number of a typed array; past its end 0, which no caller reaches. */
export function at(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0
}
