/**
 * One linear classifier over hashed features: score of a label = bias + sum of its weights / √features, made
 * into probabilities by softmax at a temperature that calibration chose. Weights are 16-bit integers times one
 * scale, in memory as on disk, so that a model read back decides exactly as the one just trained.
 */
export interface Head {
  readonly labels: readonly string[]
  /** One row of `labels.length` weights for each bucket. */
  readonly weights: Int16Array
  readonly scale: number
  readonly bias: Float32Array
  /** Above 1 makes the probabilities more modest. */
  readonly temperature: number
}

/** What understanding needs to have learnt. */
export interface Model {
  /** Of the corpus, rules and features it was trained on. */
  readonly fingerprint: string
  readonly intent: Head
  readonly category: Head
  /** normal or high; emergencies are found by rules and by their categories' examples. */
  readonly urgency: Head
}

/** Raw scores, before the softmax. */
export function scores(head: Head, buckets: Uint32Array): Float64Array {
  const labels = head.labels.length
  const sums = new Float64Array(labels)
  for (const bucket of buckets) {
    const row = bucket * labels
    for (let label = 0; label < labels; label++) sums[label]! += head.weights[row + label]!
  }
  const factor = head.scale / Math.sqrt(buckets.length || 1)
  for (let label = 0; label < labels; label++) sums[label] = sums[label]! * factor + head.bias[label]!
  return sums
}

/** Probabilities by label, in the order of `head.labels`. */
export function probabilities(head: Head, buckets: Uint32Array): Float64Array {
  return softmax(scores(head, buckets), head.temperature)
}

export function softmax(raw: Float64Array, temperature: number): Float64Array {
  const highest = Math.max(...raw)
  const result = raw.map((score) => Math.exp((score - highest) / temperature))
  const total = result.reduce((sum, value) => sum + value, 0)
  return result.map((value) => value / total)
}

export function indexOfHighest(values: Float64Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index
  return best
}
