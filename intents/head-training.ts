import { at, type Head, scores, softmax, type Vector } from './linear-model.ts'

export interface Labelled {
  readonly vector: Vector
  readonly label: string
}

export interface TrainingOptions {
  /** Number of feature buckets. */
  readonly buckets: number
  /** Passes over the examples. */
  readonly epochs?: number
  /** Held-out parts for calibration; below 2 skips it and leaves the temperature at 1. */
  readonly folds?: number
  /** Order of the examples; the same seed gives the same model. */
  readonly seed?: number
}

const learningRate = 0.25
/** Probability mass spread over all labels in the target: keeps weights small and mislabelled lines harmless. */
const smoothing = 0.1

/**
 * Multinomial logistic regression by AdaGrad, examples of rare labels counting more (by the square root of
 * their rarity), then a temperature fitted on folds that the model has not seen.
 */
export function trainHead(
  labels: readonly string[],
  examples: readonly Labelled[],
  { buckets, epochs = 10, folds = 2, seed = 1 }: TrainingOptions,
): Head {
  const pass = (part: readonly Labelled[], rounds: number) => trainOnce(labels, part, buckets, rounds, seed)
  const head = pass(examples, epochs)
  if (folds < 2) return head
  const heldOut: HeldOut[] = []
  for (let fold = 0; fold < folds; fold++) {
    const partial = pass(
      examples.filter((_, index) => index % folds !== fold),
      Math.ceil(epochs / 2),
    )
    const unseen = examples.filter((_, index) => index % folds === fold)
    for (const { vector, label } of unseen)
      heldOut.push({ raw: scores(partial, vector), truth: labels.indexOf(label) })
  }
  return { ...head, temperature: fitTemperature(heldOut) }
}

function trainOnce(
  labels: readonly string[],
  examples: readonly Labelled[],
  buckets: number,
  epochs: number,
  seed: number,
): Head {
  const width = labels.length
  const learner: Learner = {
    weights: new Float32Array(buckets * width),
    gradients: new Float32Array(buckets * width).fill(1e-3),
    bias: new Float32Array(width),
  }
  const lessons = lessonsFrom(labels, examples)
  const random = randomFrom(seed)
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(lessons, random)
    for (const lesson of lessons) learn(learner, lesson)
  }
  return { labels, ...quantise(learner.weights), bias: learner.bias, temperature: 1 }
}

interface Learner {
  readonly weights: Float32Array
  readonly gradients: Float32Array
  readonly bias: Float32Array
}

interface Lesson {
  readonly vector: Vector
  readonly truth: number
  readonly importance: number
}

function lessonsFrom(labels: readonly string[], examples: readonly Labelled[]): Lesson[] {
  const counts = new Map<string, number>()
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1)
  return examples.map(({ vector, label }) => ({
    vector,
    truth: labels.indexOf(label),
    importance: Math.sqrt(examples.length / (labels.length * (counts.get(label) ?? 1))),
  }))
}

/** One step: guess, compare with the truth, move every weight of the message against its error. */
function learn({ weights, gradients, bias }: Learner, { vector, truth, importance }: Lesson): void {
  const width = bias.length
  const { buckets, strengths } = vector
  const raw = Float64Array.from(bias)
  for (let index = 0; index < buckets.length; index++) {
    const row = at(buckets, index) * width
    const strength = at(strengths, index)
    for (let label = 0; label < width; label++)
      raw[label] = at(raw, label) + at(weights, row + label) * strength
  }
  const spread = smoothing / width
  const errors = softmax(raw, 1).map((guess, label) => {
    const wanted = label === truth ? 1 - smoothing + spread : spread
    return (guess - wanted) * importance
  })
  for (let label = 0; label < width; label++) bias[label] = at(bias, label) - 0.02 * at(errors, label)
  for (let index = 0; index < buckets.length; index++) {
    const row = at(buckets, index) * width
    const strength = at(strengths, index)
    for (let label = 0; label < width; label++) {
      const gradient = at(errors, label) * strength
      const cell = row + label
      const sum = at(gradients, cell) + gradient * gradient
      gradients[cell] = sum
      weights[cell] = at(weights, cell) - (learningRate * gradient) / Math.sqrt(sum)
    }
  }
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

/** The temperature with the least log loss on unseen examples, by ternary search between 0.2 and 4. */
function fitTemperature(heldOut: readonly HeldOut[]): number {
  const loss = (temperature: number) =>
    heldOut.reduce((sum, { raw, truth }) => sum - Math.log(at(softmax(raw, temperature), truth) + 1e-12), 0)
  let low = 0.2
  let high = 4
  for (let round = 0; round < 12; round++) {
    const left = low + (high - low) / 3
    const right = high - (high - low) / 3
    if (loss(left) < loss(right)) high = right
    else low = left
  }
  return Math.round(((low + high) / 2) * 1000) / 1000
}

/** A linear congruential generator: enough for an order, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

function shuffle(lessons: Lesson[], random: () => number): void {
  for (let last = lessons.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [kept, taken] = [lessons[last], lessons[other]]
    if (kept && taken) {
      lessons[last] = taken
      lessons[other] = kept
    }
  }
}
