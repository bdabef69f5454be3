import type { Head, Vector } from './linear-model.ts'
import { fitTemperature } from './temperature.ts'

export interface Labelled {
  readonly vector: Vector
  readonly label: string
}

export interface TrainingOptions {
  /** Number of feature buckets. */
  readonly buckets: number
  /** Passes over the examples. */
  readonly epochs?: number
  /** Without it the temperature stays at 1, and every example is learnt from the first pass on. */
  readonly calibrate?: boolean
  /** Order of the examples; the same seed gives the same model. */
  readonly seed?: number
}

const learningRate = 0.25
const biasRate = 0.02
/** Probability mass spread over all labels in the target: keeps weights small and mislabelled lines harmless. */
const smoothing = 0.1
/** An error smaller than this moves nothing worth the time. */
const negligible = 0.004
/** Every so manieth example is kept back until the temperature is fitted on it. */
const heldBack = 6
/** The share of the passes before that. */
const before = 0.6

/**
 * Multinomial logistic regression by AdaGrad, examples of rare labels counting more (by the square root of
 * their rarity). For calibration some examples are kept back; when the temperature is fitted on them, they join
 * the others for the remaining passes.
 *
 * The hottest loop of the project: flat arrays, nothing allocated within it.
 */
export function trainHead(
  labels: readonly string[],
  examples: readonly Labelled[],
  { buckets, epochs = 7, calibrate = false, seed = 1 }: TrainingOptions,
): Head {
  const course = courseOf(labels, examples)
  const learner = learnerFor(labels.length, buckets)
  const everyone = Uint32Array.from(examples.keys())
  const early = calibrate ? Math.ceil(epochs * before) : 0
  const first = everyone.filter((example) => example % heldBack !== 0)
  for (let epoch = 0; epoch < early; epoch++) teach(learner, course, orderOf(first, seed + epoch))
  const temperature = calibrate ? temperatureOn(learner, course, everyone) : 1
  for (let epoch = early; epoch < epochs; epoch++) teach(learner, course, orderOf(everyone, seed + epoch))
  return { labels, ...quantise(learner.weights), bias: learner.bias, temperature }
}

/** All examples, one after another: those of `example` stand from starts[example] to starts[example + 1]. */
interface Course {
  readonly starts: Uint32Array
  readonly buckets: Uint32Array
  readonly strengths: Float32Array
  readonly truths: Uint8Array
  readonly importance: Float64Array
}

function courseOf(labels: readonly string[], examples: readonly Labelled[]): Course {
  const starts = new Uint32Array(examples.length + 1)
  const truths = Uint8Array.from(examples, ({ label }) => labels.indexOf(label))
  let length = 0
  for (const [index, { vector }] of examples.entries()) {
    length += vector.buckets.length
    starts[index + 1] = length
  }
  const buckets = new Uint32Array(length)
  const strengths = new Float32Array(length)
  for (const [index, { vector }] of examples.entries()) {
    buckets.set(vector.buckets, starts[index])
    strengths.set(vector.strengths, starts[index])
  }
  return { starts, buckets, strengths, truths, importance: importanceOf(examples) }
}

function importanceOf(examples: readonly Labelled[]): Float64Array {
  const counts = new Map<string, number>()
  for (const { label } of examples) counts.set(label, (counts.get(label) ?? 0) + 1)
  return Float64Array.from(examples, ({ label }) =>
    Math.sqrt(examples.length / (counts.size * (counts.get(label) ?? 1))),
  )
}

interface Learner {
  readonly weights: Float32Array
  /** Squares of the gradients so far, for each weight. */
  readonly squares: Float32Array
  readonly bias: Float32Array
  /** Of the example at hand: first its scores, then its chances, then its errors. */
  readonly current: Float64Array
}

function learnerFor(width: number, buckets: number): Learner {
  return {
    weights: new Float32Array(buckets * width),
    squares: new Float32Array(buckets * width).fill(1e-3),
    bias: new Float32Array(width),
    current: new Float64Array(width),
  }
}

/** One pass: guess, compare with the truth, move every weight of the message against its error. */
function teach(learner: Learner, course: Course, order: Uint32Array): void {
  const { current, bias } = learner
  const width = current.length
  const spread = smoothing / width
  for (let step = 0; step < order.length; step++) {
    const example = order[step] ?? 0
    score(learner, course, example)
    toChances(current)
    const truth = course.truths[example] ?? 0
    const importance = course.importance[example] ?? 1
    for (let label = 0; label < width; label++) {
      const wanted = label === truth ? 1 - smoothing + spread : spread
      const error = ((current[label] ?? 0) - wanted) * importance
      current[label] = error
      bias[label] = (bias[label] ?? 0) - biasRate * error
    }
    correct(learner, course, example)
  }
}

/** Puts the raw scores of an example into `current`. */
function score({ current, weights, bias }: Learner, course: Course, example: number): void {
  const { buckets, strengths, starts } = course
  const width = current.length
  const end = starts[example + 1] ?? 0
  for (let label = 0; label < width; label++) current[label] = bias[label] ?? 0
  for (let index = starts[example] ?? 0; index < end; index++) {
    const row = (buckets[index] ?? 0) * width
    const strength = strengths[index] ?? 0
    for (let label = 0; label < width; label++)
      current[label] = (current[label] ?? 0) + (weights[row + label] ?? 0) * strength
  }
}

/** Moves the weights of an example against the errors in `current`. */
function correct({ current, weights, squares }: Learner, course: Course, example: number): void {
  const { buckets, strengths, starts } = course
  const width = current.length
  const end = starts[example + 1] ?? 0
  for (let label = 0; label < width; label++) {
    const error = current[label] ?? 0
    if (error < negligible && error > -negligible) continue
    for (let index = starts[example] ?? 0; index < end; index++) {
      const cell = (buckets[index] ?? 0) * width + label
      const gradient = error * (strengths[index] ?? 0)
      const sum = (squares[cell] ?? 0) + gradient * gradient
      squares[cell] = sum
      weights[cell] = (weights[cell] ?? 0) - (learningRate * gradient) / Math.sqrt(sum)
    }
  }
}

/** Softmax in place. */
function toChances(numbers: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY
  for (let index = 0; index < numbers.length; index++) highest = Math.max(highest, numbers[index] ?? 0)
  let total = 0
  for (let index = 0; index < numbers.length; index++) {
    const power = Math.exp((numbers[index] ?? 0) - highest)
    numbers[index] = power
    total += power
  }
  for (let index = 0; index < numbers.length; index++) numbers[index] = (numbers[index] ?? 0) / total
}

function temperatureOn(learner: Learner, course: Course, everyone: Uint32Array): number {
  const unseen = [...everyone].filter((example) => example % heldBack === 0)
  return fitTemperature(
    unseen.map((example) => {
      score(learner, course, example)
      return { raw: learner.current.slice(), truth: course.truths[example] ?? 0 }
    }),
  )
}

function quantise(weights: Float32Array): { weights: Int16Array; scale: number } {
  let highest = 1e-9
  for (let index = 0; index < weights.length; index++)
    highest = Math.max(highest, Math.abs(weights[index] ?? 0))
  const scale = highest / 32767
  const whole = new Int16Array(weights.length)
  for (let index = 0; index < weights.length; index++)
    whole[index] = Math.round((weights[index] ?? 0) / scale)
  return { weights: whole, scale }
}

/**
 * By a hash of pass and example: a few examples more leave the others where they were, so that a model that was
 * taught a little more differs in little else.
 */
function orderOf(examples: Uint32Array, pass: number): Uint32Array {
  const keyed = Float64Array.from(examples, (example) => mixed(example, pass) * shift + example)
  return Uint32Array.from(keyed.sort(), (key) => key % shift)
}

/** More examples than there will ever be; a key holds its example below the hash. */
const shift = 2 ** 20

function mixed(example: number, pass: number): number {
  let hash = Math.imul(example ^ Math.imul(pass + 1, 0x9e3779b1), 0x85ebca6b) >>> 0
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0
  return (hash ^ (hash >>> 16)) >>> 0
}
