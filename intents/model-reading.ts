import { nameFeatures } from './features.ts'
import { at, type Model, probabilities, type Vector, vectorOf } from './linear-model.ts'
import type { Signs } from './signs.ts'
import { type Intent, intents } from './understanding.ts'

/**
 * How much of its chance chatter keeps when the intents are compared. The corpus is full of chatter that looks like
 * something else, a group is not; and a complaint taken for chatter is lost, while chatter taken for a complaint
 * still needs evidence before anybody speaks. Chosen by cross-validation and on the odd lines of the guard set.
 */
const chatterKeeps = 0.4

/** The likeliest intent. The model knows emergencies apart, but an emergency is a complaint. */
export function readIntent(
  { intent: head }: Model,
  vector: Vector,
): { readonly intent: Intent; readonly confidence: number } {
  const chances = probabilities(head, vector)
  let best: Intent = 'chatter'
  let highest = -1
  let total = 0
  for (const intent of intents) {
    const chance = chanceOf(intent, head.labels, chances)
    total += chance
    if (chance > highest) {
      highest = chance
      best = intent
    }
  }
  return { intent: best, confidence: highest / total }
}

function chanceOf(intent: Intent, labels: readonly string[], chances: Float64Array): number {
  const chance = at(chances, labels.indexOf(intent))
  if (intent === 'chatter') return chance * chatterKeeps
  return intent === 'complaint' ? chance + at(chances, labels.indexOf('emergency')) : chance
}

/** The features that spoke most for an intent: `路灯 +0.41, 不亮 +0.33`. */
export function strongestFeatures(normalized: string, intent: Intent, model: Model, signs: Signs): string {
  const { labels, weights, scale } = model.intent
  const label = labels.indexOf(intent)
  const features = nameFeatures(normalized, signs)
  const buckets = Uint32Array.from(features, ({ bucket }) => bucket)
  const { strengths } = vectorOf(buckets, model.rarity)
  const told = features
    .map(({ name, bucket }, index) => ({
      name,
      weight: at(weights, bucket * labels.length + label) * scale * at(strengths, index),
    }))
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .slice(0, 4)
    .map(({ name, weight }) => `${readable(name)} +${weight.toFixed(2)}`)
  return told.join(', ') || 'nothing known'
}

function readable(gram: string): string {
  return gram.replaceAll('\n', '↵').trim() || '␣'
}
