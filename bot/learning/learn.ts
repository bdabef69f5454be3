import type { Example } from '../../intents/corpus.ts'
import { type GuardScore, type LabelledMessage, scoreGuard, whatIsWorse } from '../../intents/guard-set.ts'
import type { Model } from '../../intents/linear-model.ts'
import { trainModel } from '../../intents/model-training.ts'
import { type Rules, withLandmarks } from '../../intents/rules.ts'
import { createSigns } from '../../intents/signs.ts'
import { createUnderstander } from '../../intents/understand.ts'
import type { Understander } from '../../intents/understanding.ts'
import type { Lesson } from './lesson.ts'

/** How often each correction counts; the strongest lesson that does no harm is taken. */
const strengths = [6, 3, 1] as const

export interface LearningInput {
  readonly corpus: readonly Example[]
  readonly rules: Rules
  readonly lesson: Lesson
  readonly guard: readonly LabelledMessage[]
  /** What serves now. */
  readonly current: Understander
}

export interface Learned {
  readonly before: GuardScore
  readonly after: GuardScore
  /** Names of figures that fell; empty: it may be taken. */
  readonly worse: readonly (keyof GuardScore)[]
  /** How many of the corrected messages are understood as corrected. */
  readonly heeded: { readonly before: number; readonly after: number; readonly of: number }
  readonly model: Model
}

/** Trains anew with the corrections and compares on the guard set; seconds of one processor. */
export function learn({ corpus, rules, lesson, guard, current }: LearningInput): Learned {
  const before = scoreGuard(current, guard)
  const signs = createSigns(rules.signs)
  const attempts = strengths.map((strength) => () => {
    const taught = Array.from({ length: strength }, () => lesson.examples).flat()
    const model = trainModel([...corpus, ...taught], signs)
    const understander = createUnderstander({ model, rules: withLandmarks(rules, lesson.landmarks) })
    const after = scoreGuard(understander, guard)
    const heeded = {
      before: countHeeded(current, lesson),
      after: countHeeded(understander, lesson),
      of: lesson.examples.length,
    }
    return { before, after, worse: whatIsWorse(before, after), heeded, model }
  })
  let last = attempts[0]?.() as Learned
  for (const attempt of attempts.slice(1)) {
    if (last.worse.length === 0) break
    last = attempt()
  }
  return last
}

function countHeeded(understander: Understander, { examples }: Lesson): number {
  return examples.filter(({ text, intent, category }) => {
    const got = understander.understand(text)
    return got.intent === intent && (category === undefined || got.category === category)
  }).length
}
