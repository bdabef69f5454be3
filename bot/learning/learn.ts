import type { Example } from '../../intents/corpus.ts'
import { extractFeatures } from '../../intents/features.ts'
import {
  type GuardScore,
  type LabelledMessage,
  newlyWrong,
  scoreGuard,
  whatIsWorse,
} from '../../intents/guard-set.ts'
import type { Model } from '../../intents/linear-model.ts'
import { tuneModel } from '../../intents/model-tuning.ts'
import { normalize } from '../../intents/normalize.ts'
import { type Rules, withLandmarks } from '../../intents/rules.ts'
import { createSigns, type Signs } from '../../intents/signs.ts'
import { createUnderstander } from '../../intents/understand.ts'
import type { Understander } from '../../intents/understanding.ts'
import type { Lesson } from './lesson.ts'

/** How surely each corrected message is heard afterwards; the firmest lesson that does no harm is taken. */
const firmnesses = [0.6, 0.45] as const
/** Then the likeliest culprit is left out, then the next one, then both. */
const mostTriesWithout = 3
const firmnessOfTheRest = firmnesses[0]
export const mostAttempts = firmnesses.length + mostTriesWithout

export interface LearningInput {
  /** The shipped model. */
  readonly base: Model
  readonly rules: Rules
  readonly lesson: Lesson
  readonly guard: readonly LabelledMessage[]
  /** What serves now. */
  readonly current: Understander
  /** Told before each attempt. */
  onAttempt?(attempt: Attempt): void
}

export interface Attempt {
  readonly number: number
  /** How surely each corrected message is to be heard, 0 to 1. */
  readonly firmness: number
  /** Corrections that are not taught, because the guard set fell with them. */
  readonly leftOut: readonly Example[]
}

export interface Learned extends Attempt {
  readonly before: GuardScore
  readonly after: GuardScore
  /** Names of figures that fell; empty: it may be taken. */
  readonly worse: readonly (keyof GuardScore)[]
  /** How many of the corrected messages are understood as corrected, those that were left out among them. */
  readonly heeded: { readonly before: number; readonly after: number; readonly of: number }
  readonly model: Model
}

/** Teaches the shipped model all corrections and compares on the guard set. */
export function learn(input: LearningInput): Learned {
  const school = openSchool(input)
  const { taught } = school
  let tried = school.attempt(firmnesses[0], [])
  for (const firmness of taught.length > 0 ? firmnesses.slice(1) : []) {
    if (tried.worse.length === 0) return tried
    tried = school.attempt(firmness, [])
  }
  const whole = tried
  for (const leftOut of whole.worse.length > 0 ? school.suspectsAfter(whole) : []) {
    if (leftOut.length >= taught.length) continue
    tried = school.attempt(firmnessOfTheRest, leftOut)
    if (tried.worse.length === 0) return tried
  }
  return whole
}

interface Tried extends Learned {
  readonly understander: Understander
}

function openSchool({ base, rules, lesson, guard, current, onAttempt }: LearningInput) {
  const signs = createSigns(rules.signs)
  const taught = lesson.examples.flatMap((example) => asTaught(example, current))
  const before = scoreGuard(current, guard)
  let number = 0
  const attempt = (firmness: number, leftOut: readonly Example[]): Tried => {
    number++
    onAttempt?.({ number, firmness, leftOut })
    const rest = taught.filter((example) => !leftOut.includes(example))
    const model = tuneModel(base, rest, signs, firmness)
    const understander = createUnderstander({ model, rules: withLandmarks(rules, lesson.landmarks) })
    const after = scoreGuard(understander, guard)
    const heeded = {
      ...{ before: countHeeded(current, taught), after: countHeeded(understander, taught) },
      of: taught.length,
    }
    return {
      ...{ number, firmness, leftOut, before, after, heeded, model, understander },
      worse: whatIsWorse(before, after),
    }
  }
  const suspectsAfter = ({ understander }: Tried): readonly (readonly Example[])[] => {
    const wrong = newlyWrong({ before: current, after: understander }, guard)
    const [first, second] = suspects(taught, wrong, signs)
    if (!first) return []
    return second ? [[first], [second], [first, second]] : [[first]]
  }
  return { taught, attempt, suspectsAfter }
}

/**
 * What sounds like an emergency is never taught as an everyday complaint, only that it was none at all: a missed
 * fire is worse than a wrong category.
 */
function asTaught(example: Example, current: Understander): readonly Example[] {
  if (current.understand(example.text).urgency !== 'emergency') return [example]
  return example.intent === 'chatter' ? [{ ...example, nearEmergency: true }] : []
}

/**
 * The corrections most like what is heard wrongly since, those first that teach just that mistake, or more of what
 * such a message should have been: a label that is taught often counts less elsewhere.
 */
function suspects(
  taught: readonly Example[],
  wrong: ReturnType<typeof newlyWrong>,
  signs: Signs,
): readonly Example[] {
  const featuresOf = (text: string) => new Set(extractFeatures(normalize(text), signs))
  const mistakes = wrong.map(({ message, heardAs }) => ({
    labels: [heardAs, message.category ?? message.intent],
    features: featuresOf(message.text),
  }))
  const weighed = taught.map((example) => {
    const features = featuresOf(example.text)
    const weights = mistakes.map(
      (mistake) =>
        likeness(features, mistake.features) +
        (mistake.labels.includes(example.category ?? example.intent) ? 1 : 0),
    )
    return { example, weight: Math.max(0, ...weights) }
  })
  return weighed.sort((one, other) => other.weight - one.weight).map(({ example }) => example)
}

function likeness(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const shared = [...one].filter((feature) => other.has(feature)).length
  return shared === 0 ? 0 : shared / Math.sqrt(one.size * other.size)
}

function countHeeded(understander: Understander, examples: readonly Example[]): number {
  return examples.filter(({ text, intent, category }) => {
    const got = understander.understand(text)
    return got.intent === intent && (category === undefined || got.category === category)
  }).length
}
