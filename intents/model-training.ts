import type { Example } from './corpus.ts'
import { extractFeatures, featureBuckets, featureVersion } from './features.ts'
import { type TrainingOptions, trainHead } from './head-training.ts'
import { type Model, raritiesIn, vectorOf } from './linear-model.ts'
import { normalize } from './normalize.ts'
import type { Signs } from './signs.ts'
import { categories, emergencyKinds, type Intent, intents, registers } from './understanding.ts'

/** Trains all heads. The same corpus, signs and seed give the same model, bit for bit. */
export function trainModel(
  examples: readonly Example[],
  signs: Signs,
  options: Omit<TrainingOptions, 'buckets'> = {},
): Model {
  const messages = examples.map(({ text }) => extractFeatures(normalize(text), signs))
  const rarity = raritiesIn(messages, featureBuckets)
  const vectors = messages.map((buckets) => vectorOf(buckets, rarity))
  const head = (
    labels: readonly string[],
    labelOf: (example: Example) => string | undefined,
    own: Omit<TrainingOptions, 'buckets'> = {},
  ) => {
    const labelled = examples.flatMap((example, index) => {
      const [label, vector] = [labelOf(example), vectors[index]]
      return label !== undefined && vector ? [{ label, vector }] : []
    })
    return trainHead(labels, labelled, { buckets: featureBuckets, ...own, ...options })
  }
  return {
    fingerprint: fingerprintOf(examples, signs),
    rarity,
    // What nobody asks the confidence of needs no calibration.
    intent: head([...intents, 'emergency'], intentLabel, { calibrate: true }),
    danger: head(dangerLabels, dangerLabel, { calibrate: true, epochs: 5 }),
    category: head(categories, ({ category, emergency }) => (emergency ? undefined : category)),
    emergency: head(emergencyKinds, ({ emergency }) => emergency),
    register: head(registerLabels, registerLabel, { epochs: 3 }),
    urgency: head(['normal', 'high'], urgencyLabel),
  }
}

/** Neighbours' talk is told apart by its subjects: a review of a hotel is near to few of them, though near to all. */
const registerLabels = [...registers, ...intents.filter((intent) => intent !== 'complaint'), ...categories]

function registerLabel({ register, intent, category }: Example): string {
  return register ?? category ?? intent
}

/** Headlines and reviews are told apart by their voice: among the intents they would only make complaints doubtful. */
function intentLabel({ intent, urgency, register }: Example): Intent | 'emergency' | undefined {
  if (register !== undefined && register !== 'letter') return undefined
  return urgency === 'emergency' ? urgency : intent
}

/** What else than an emergency speaks of danger has words of its own, and so a label of its own. */
const dangerLabels = ['emergency', 'hazard', 'near-emergency', 'complaint', 'chatter', 'question'] as const

function dangerLabel({ intent, urgency, nearEmergency }: Example): (typeof dangerLabels)[number] {
  if (urgency === 'emergency') return 'emergency'
  if (urgency === 'high') return 'hazard'
  if (nearEmergency) return 'near-emergency'
  return intent === 'complaint' || intent === 'chatter' ? intent : 'question'
}

function urgencyLabel({ category, urgency }: Example): 'normal' | 'high' | undefined {
  if (category === undefined || urgency === 'emergency') return undefined
  return urgency
}

/** Raised when training itself changes: a model that was kept on disk was made the old way. */
const trainingVersion = 2

/** Changes whenever training would give another model. */
export function fingerprintOf(examples: readonly Example[], signs: Signs): string {
  const lines = examples.map(
    (example) =>
      `${example.intent}\t${dangerLabel(example)}\t${example.category}\t${example.emergency}\t${example.urgency}\t${example.register}\t${example.text}`,
  )
  return [featureVersion, trainingVersion, ...hashesOf(`${signs.fingerprint}\n${lines.join('\n')}`)].join('-')
}

/** Two 32-bit hashes over the text: enough to notice a change, not to withstand an attacker. */
function hashesOf(text: string): [string, string] {
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
