import { nameFeatures } from './features.ts'
import { at, type Model, probabilities, type Vector, vectorOf } from './linear-model.ts'
import type { Signs } from './signs.ts'
import { type Intent, intents } from './understanding.ts'

/** The likeliest intent. The model knows emergencies apart, but an emergency is a complaint. */
export function readIntent(
  { intent }: Model,
  vector: Vector,
): { readonly intent: Intent; readonly confidence: number } {
  const chances = probabilities(intent, vector)
  const chanceOf = (label: string) => at(chances, intent.labels.indexOf(label))
  const [best] = intents
    .map((label) => ({
      intent: label,
      confidence: chanceOf(label) + (label === 'complaint' ? chanceOf('emergency') : 0),
    }))
    .sort((left, right) => right.confidence - left.confidence)
  return best ?? { intent: 'chatter', confidence: 0 }
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
