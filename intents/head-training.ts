import { featureBits } from './features.ts'
import { type Head, indexOfHighest, scores, softmax } from './linear-model.ts'

export interface Labelled {
  readonly buckets: Uint32Array
  readonly label: string
}

export interface TrainingOptions {
  /** Passes over the examples. */
  readonly epochs?: number
  /** Held-out parts for calibration; 0 skips it and leaves the temperature at 1. */
  readonly folds?: number
  /** Order of the examples; the same seed gives the same model. */
  readonly seed?: number
}

const learningRate = 0.12
/** Probability mass spread over all labels in the target: keeps weights small and mislabelled lines harmless. */
const smoothing = 0.03

/**
 * Multinomial logistic regression by AdaGrad, examples of rare labels counting more (by the square root of
 * their rarity), then a temperature fitted on folds that the model has not seen.
 */
export function trainHead(
  labels: readonly string[],
  examples: readonly Labelled[],
  { epochs = 14, folds = 3, seed = 1 }: TrainingOptions = {},
): Head {
  const head = trainOnce(labels, examples, epochs, seed)
  if (folds < 2) return head
  const heldOut: HeldOut[] = []
  for (let fold = 0; fold < folds; fold++) {
    const seen = examples.filter((_, index) => index % folds !== fold)
    const partial = trainOnce(labels, seen, Math.ceil(epochs / 2), seed)
    for (let index = fold; index < examples.length; index += folds) {
      const { buckets, label } = examples[index]!
      heldOut.push({ raw: scores(partial, buckets), truth: labels.indexOf(label) })
    }
  }
  return { ...head, temperature: fitTemperature(heldOut) }
}

function trainOnce(labels: readonly string[], examples: readonly Labelled[], epochs: number, seed: number): Head {
  const width = labels.length
  const weights = new Float32Array((1 << featureBits) * width)
  const gradients = new Float32Array(weights.length).fill(1e-3)
  const bias = new Float32Array(width)
  const truths = examples.map(({ label }) => labels.indexOf(label))
  const importance = importances(truths, width)
  const order = examples.map((_, index) => index)
  const random = randomFrom(seed)
  const target = smoothing / width

  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const index of order) {
      const { buckets } = examples[index]!
      const truth = truths[index]!
      const factor = 1 / Math.sqrt(buckets.length || 1)
      const guess = softmax(rawScores(weights, bias, buckets, factor), 1)
      for (let label = 0; label < width; label++) {
        const wanted = label === truth ? 1 - smoothing + target : target
        const error = (guess[label]! - wanted) * importance[truth]!
        bias[label]! -= 0.02 * error
        guess[label] = error * factor
      }
      descend(weights, gradients, buckets, guess)
    }
  }
  return { labels, ...quantise(weights), bias, temperature: 1 }
}

function rawScores(
  weights: Float32Array,
  bias: Float32Array,
  buckets: Uint32Array,
  factor: number,
): Float64Array {
  const width = bias.length
  const sums = new Float64Array(width)
  for (const bucket of buckets) {
    const row = bucket * width
    for (let label = 0; label < width; label++) sums[label]! += weights[row + label]!
  }
  for (let label = 0; label < width; label++) sums[label] = sums[label]! * factor + bias[label]!
  return sums
}

function descend(
  weights: Float32Array,
  gradients: Float32Array,
  buckets: Uint32Array,
  step: Float64Array,
): void {
  const width = step.length
  for (const bucket of buckets) {
    const row = bucket * width
    for (let label = 0; label < width; label++) {
      const gradient = step[label]!
      const at = row + label
      gradients[at]! += gradient * gradient
      weights[at]! -= (learningRate * gradient) / Math.sqrt(gradients[at]!)
    }
  }
}

function importances(truths: readonly number[], width: number): Float64Array {
  const counts = new Float64Array(width)
  for (const truth of truths) counts[truth]! += 1
  return counts.map((count) => (count > 0 ? Math.sqrt(truths.length / (width * count)) : 0))
}

function quantise(weights: Float32Array): { weights: Int16Array; scale: number } {
  let highest = 1e-9
  for (const weight of weights) highest = Math.max(highest, Math.abs(weight))
  const scale = highest / 32767
  return { weights: Int16Array.from(weights, (weight) => Math.round(weight / scale)), scale }
}

interface HeldOut {
  readonly raw: Float64Array
  readonly truth: number
}

/** The temperature with the least log loss on unseen examples, by ternary search between 0.3 and 4. */
function fitTemperature(heldOut: readonly HeldOut[]): number {
  const loss = (temperature: number) =>
    heldOut.reduce((sum, { raw, truth }) => sum - Math.log(softmax(raw, temperature)[truth]! + 1e-12), 0)
  let low = 0.3
  let high = 4
  for (let round = 0; round < 14; round++) {
    const left = low + (high - low) / 3
    const right = high - (high - low) / 3
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.round(((low + high) / 2) * 1000) / 1000
}

/** Share of unseen examples that a head gets right, for the guard set. */
export function accuracyOf(head: Head, examples: readonly Labelled[]): number {
  const right = examples.filter(
    ({ buckets, label }) => head.labels[indexOfHighest(scores(head, buckets))] === label,
  )
  return examples.length === 0 ? 1 : right.length / examples.length
}

/** A linear congruential generator: enough for an order, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const kept = order[last]!
    order[last] = order[other]!
    order[other] = kept
  }
}
