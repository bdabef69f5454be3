import { nameFeatures } from './features.ts'
import { at, type Model, probabilities, type Vector, vectorOf } from './linear-model.ts'
import type { MessageReader } from './message-reader.ts'
import { type Intent, intents } from './understanding.ts'

/**
 * How much of its chance chatter keeps when the intents are compared. The corpus is full of chatter that looks like
 * something else, a group is not; and a complaint taken for chatter is lost, while chatter taken for a complaint
 * still needs evidence before anybody speaks. Chosen by cross-validation and on the odd lines of the guard set.
 */
const chatterKeeps = 0.4

/**
 * The labels of the intent head beyond the intents: shades of an intent that the model tells apart, because each has
 * words of its own. Calls for help, dangers that nobody is in yet, and talk in the words of danger without any.
 */
export const shades = { emergency: 'complaint', danger: 'complaint', 'near-emergency': 'chatter' } as const

export interface IntentReading {
  readonly intent: Intent
  readonly confidence: number
}

/** The likeliest intent, its shades counted in. */
export function readIntent({ intent: head }: Model, vector: Vector): IntentReading {
  const chances = probabilities(head, vector)
  const sums = intents.map((intent) => chanceOf(intent, head.labels, chances))
  const total = sums.reduce((sum, chance) => sum + chance, 0)
  const best = sums.indexOf(Math.max(...sums))
  return { intent: intents[best] ?? 'chatter', confidence: at(sums, best) / total }
}

function chanceOf(intent: Intent, labels: readonly string[], chances: Float64Array): number {
  let sum = 0
  for (let label = 0; label < labels.length; label++)
    if (intentOf(labels[label] ?? '') === intent) sum += at(chances, label)
  return intent === 'chatter' ? sum * chatterKeeps : sum
}

function intentOf(label: string): string {
  return label in shades ? shades[label as keyof typeof shades] : label
}

/** How many features are named as reasons. */
const reasons = 4

/** The features that spoke most for an intent: `路灯 +0.41, 不亮 +0.33`. */
export function strongestFeatures(
  normalized: string,
  intent: Intent,
  { model, signs }: MessageReader,
): string {
  const { labels, weights, scale } = model.intent
  const columns = [...labels.keys()].filter((label) => intentOf(labels[label] ?? '') === intent)
  const features = nameFeatures(normalized, signs)
  const { strengths } = vectorOf(
    Uint32Array.from(features, ({ bucket }) => bucket),
    model.rarity,
  )
  const told = features
    .map(({ name, bucket }, index) => {
      const row = bucket * labels.length
      const weight = Math.max(...columns.map((label) => at(weights, row + label)))
      return { name, weight: weight * scale * at(strengths, index) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .slice(0, reasons)
    .map(({ name, weight }) => `${readable(name)} +${weight.toFixed(2)}`)
  return told.join(', ') || 'nothing known'
}

function readable(gram: string): string {
  return gram.replaceAll('\n', '↵').trim() || '␣'
}
