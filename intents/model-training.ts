import type { Example } from './corpus.ts'
import { extractFeatures, featureVersion } from './features.ts'
import { type TrainingOptions, trainHead } from './head-training.ts'
import type { Model } from './linear-model.ts'
import { normalize } from './normalize.ts'
import type { Signs } from './signs.ts'
import { categories, intents } from './understanding.ts'

/** Trains all heads. The same corpus, signs and seed give the same model, bit for bit. */
export function trainModel(examples: readonly Example[], signs: Signs, options: TrainingOptions = {}): Model {
  const rows = examples.map((example) => ({
    example,
    buckets: extractFeatures(normalize(example.text), signs),
  }))
  const complaints = rows.filter(({ example }) => example.category !== undefined)
  const fingerprint = fingerprintOf(examples, signs)
  return {
    fingerprint,
    intent: trainHead(
      intents,
      rows.map(({ example, buckets }) => ({ buckets, label: example.intent })),
      options,
    ),
    category: trainHead(
      categories,
      complaints.map(({ example, buckets }) => ({ buckets, label: example.category ?? 'other' })),
      options,
    ),
    urgency: trainHead(
      ['normal', 'high'],
      complaints.map(({ example, buckets }) => ({
        buckets,
        label: example.urgency === 'normal' ? 'normal' : 'high',
      })),
      options,
    ),
  }
}

/** Changes whenever training would give another model. */
export function fingerprintOf(examples: readonly Example[], signs: Signs): string {
  const lines = examples.map(
    ({ text, intent, category, urgency }) => `${intent}\t${category}\t${urgency}\t${text}`,
  )
  return [featureVersion, ...fold64(`${signs.fingerprint}\n${lines.join('\n')}`)].join('-')
}

/** Two 32-bit FNV hashes over the text: enough to notice a change, not to withstand an attacker. */
function fold64(text: string): [string, string] {
  let left = 2166136261
  let right = 0x9747b28c
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    left = Math.imul(left ^ code, 16777619)
    right = Math.imul(right ^ code, 0x5bd1e995)
    right ^= right >>> 13
  }
  return [(left >>> 0).toString(16), (right >>> 0).toString(16)]
}
