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

export interface IntentReading {
  readonly intent: Intent
  readonly confidence: number
}

/** The likeliest intent. The model knows emergencies apart, but an emergency is a complaint. */
export function readIntent({ intent: head }: Model, vector: Vector): IntentReading {
  const chances = probabilities(head, vector)
  const chanceOf = (label: string) => at(chances, head.labels.indexOf(label))
  const sums = intents.map((intent) => {
    if (intent === 'chatter') return chanceOf(intent) * chatterKeeps
    return intent === 'complaint' ? chanceOf(intent) + chanceOf('emergency') : chanceOf(intent)
  })
  const total = sums.reduce((sum, chance) => sum + chance, 0)
  const highest = Math.max(...sums)
  return { intent: intents[sums.indexOf(highest)] ?? 'chatter', confidence: highest / total }
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
  const label = labels.indexOf(intent)
  const features = nameFeatures(normalized, signs)
  const { strengths } = vectorOf(
    Uint32Array.from(features, ({ bucket }) => bucket),
    model.rarity,
  )
  const told = features
    .map(({ name, bucket }, index) => {
      const weight = at(weights, bucket * labels.length + label)
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
