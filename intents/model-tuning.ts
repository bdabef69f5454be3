import type { Example } from './corpus.ts'
import { extractFeatures } from './features.ts'
import { type Head, type Model, probabilities, type Vector, vectorOf } from './linear-model.ts'
import { normalize } from './normalize.ts'
import type { Signs } from './signs.ts'

/**
 * Teaches a trained model a few messages more: only the weights of their own features move, and only until each
 * is understood. Training anew would shift every weight a little, and with it messages that nobody corrected.
 */

/** So surely (0 to 1) each of the messages is heard in the end, as far as they do not contradict each other. */
export function tuneModel(model: Model, examples: readonly Example[], signs: Signs, surely: number): Model {
  const lessons = examples.map((example) => ({
    example,
    vector: vectorOf(extractFeatures(normalize(example.text), signs), model.rarity),
  }))
  const tuned = (head: Head, labelOf: (example: Example) => string | undefined) =>
    tuneHead(
      head,
      lessons.flatMap(({ example, vector }) => {
        const label = head.labels.indexOf(labelOf(example) ?? '')
        return label < 0 ? [] : [{ label, vector }]
      }),
      surely,
    )
  return {
    ...model,
    intent: tuned(model.intent, ({ intent }) => intent),
    category: tuned(model.category, ({ category }) => category),
  }
}

interface Lesson {
  readonly label: number
  readonly vector: Vector
}

const roundsEach = 20
const rate = 0.6
const largest = 32_767
/** Of the rarest feature of a message: what is commoner does not move, unless that is not enough. */
const rarities = [0.9, 0.7, 0.5, 0.3] as const

function tuneHead(head: Head, lessons: readonly Lesson[], surely: number): Head {
  if (lessons.length === 0) return head
  const weights = Int16Array.from(head.weights)
  const tuned = { ...head, weights }
  for (const rare of rarities)
    for (let round = 0; round < roundsEach; round++) {
      const open = lessons.filter(({ label, vector }) => (probabilities(tuned, vector)[label] ?? 0) < surely)
      if (open.length === 0) return tuned
      for (const lesson of open) nudge(tuned, lesson, rare)
    }
  return tuned
}

/** One step of logistic regression on the features of one message; the bias, which all share, stays. */
function nudge(head: Head, { label, vector }: Lesson, rare: number): void {
  const { weights } = head
  const width = head.labels.length
  const chances = probabilities(head, vector)
  const rarest = rare * Math.max(...vector.strengths)
  for (const [index, bucket] of vector.buckets.entries()) {
    // what many messages share is left alone: 胖墩 names this estate's lift, 又 and 全靠 name nothing
    if ((vector.strengths[index] ?? 0) < rarest) continue
    const step = (rate * (vector.strengths[index] ?? 0)) / head.scale
    for (let each = 0; each < width; each++) {
      const error = (chances[each] ?? 0) - (each === label ? 1 : 0)
      const cell = bucket * width + each
      const moved = Math.round((weights[cell] ?? 0) - step * error)
      weights[cell] = Math.max(-largest, Math.min(largest, moved))
    }
  }
}
