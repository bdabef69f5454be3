import { nameFeatures } from './features.ts'
import { at, type Model, probabilities, type Vector } from './linear-model.ts'
import type { MessageReader } from './message-reader.ts'
import { type Intent, intents } from './understanding.ts'

/**
 * How much of its chance chatter keeps when the intents are compared. The corpus is full of chatter that looks like
 * something else, a group is not; and a complaint taken for chatter is lost, while chatter taken for a complaint
 * still needs evidence before anybody speaks. Chosen by cross-validation and on the odd lines of the guard set.
 */
const chatterKeeps = 0.35
/** The same for questions of policy: what is broken is often told as a question, and both ways it is answered. */
const policyKeeps = 0.45

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
    if (intent === 'policy') return chanceOf(intent) * policyKeeps
    return intent === 'complaint' ? chanceOf(intent) + chanceOf('emergency') : chanceOf(intent)
  })
  const total = sums.reduce((sum, chance) => sum + chance, 0)
  const highest = Math.max(...sums)
  return { intent: intents[sums.indexOf(highest)] ?? 'chatter', confidence: highest / total }
}

/** How many features are named as reasons. */
const reasons = 4

/** The features that spoke most for an intent: `路灯 +0.41, 不亮 +0.33`. */
export function strongestFeatures(normalized: string, intent: Intent, reader: MessageReader): string {
  const { model, signs } = reader
  const { labels, weights, scale } = model.intent
  const label = labels.indexOf(intent)
  const { buckets, strengths } = reader.vectorOf(normalized)
  const told = new Map<number, number>()
  for (let reason = 0; reason < reasons; reason++) {
    let strongest = 0
    let found = -1
    for (let index = 0; index < buckets.length; index++) {
      const bucket = buckets[index] ?? 0
      const weight = (weights[bucket * labels.length + label] ?? 0) * (strengths[index] ?? 0)
      if (weight > strongest && !told.has(bucket)) {
        strongest = weight
        found = bucket
      }
    }
    if (found >= 0) told.set(found, strongest * scale)
  }
  const names = nameFeatures(normalized, signs, told)
  return (
    [...told]
      .map(([bucket, weight]) => `${readable(names.get(bucket) ?? '')} +${weight.toFixed(2)}`)
      .join(', ') || 'nothing known'
  )
}

function readable(gram: string): string {
  return gram.replaceAll('\n', '↵').trim() || '␣'
}
