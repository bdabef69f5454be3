import { at, type Model, probabilities, type Vector } from './linear-model.ts'
import type { RegisterReading } from './register.ts'
import { type Intent, intents } from './understanding.ts'

/**
 * How much of its chance chatter keeps when the intents are compared. The corpus is full of chatter that looks like
 * something else, a group is not; and a complaint taken for chatter is lost, while chatter taken for a complaint
 * still needs evidence before anybody speaks. Chosen by cross-validation and on the odd lines of the guard set.
 */
const chatterKeeps = 0.45
/** The same for questions of policy: what is broken is often told as a question, and both ways it is answered. */
const policyKeeps = 0.5

export interface IntentReading {
  readonly intent: Intent
  readonly confidence: number
  /** The likeliest of the others that something could be done about. */
  readonly runnerUp: Intent
}

/** A letter to officials complains or asks: the likelier it is one, the less remains of what else it might be. */
const letterWeight = 20
/** Below this it is neighbours' talk. */
const faintlyLetter = 0.08
/** A headline or a review needs no such doubt: nothing is lost when it is chatter. */
const surelyForeign = 0.4

/** The likeliest intent. The model knows emergencies apart, but an emergency is a complaint. */
export function readIntent(
  { intent: head }: Model,
  vector: Vector,
  register: RegisterReading,
): IntentReading {
  const chances = probabilities(head, vector)
  const chanceOf = (label: string) => at(chances, head.labels.indexOf(label))
  const asChatter = register.foreign > surelyForeign ? 1 : chatterKeeps
  const asOurs = register.foreign > surelyForeign ? 1 - register.foreign : 1
  const sums = intents.map((intent) => {
    if (intent === 'chatter') return chanceOf(intent) * asChatter
    if (intent === 'policy') return chanceOf(intent) * policyKeeps * asOurs
    if (intent === 'complaint') return (chanceOf(intent) + chanceOf('emergency')) * asOurs
    return chanceOf(intent)
  })
  const total = sums.reduce((sum, chance) => sum + chance, 0)
  const asLetter =
    register.letter < faintlyLetter ? 1 : Math.exp(-letterWeight * (register.letter - faintlyLetter))
  const judged = sums.map((sum, index) => (isWrittenToOfficials(intents[index]) ? sum : sum * asLetter))
  const best = judged.indexOf(Math.max(...judged))
  // The confidence stays that of the words: the bot hears a letter, and speaks only when it is sure of its words.
  return {
    intent: intents[best] ?? 'chatter',
    confidence: bolder(at(sums, best) / total),
    runnerUp: runnerUpIn(judged, best),
  }
}

function runnerUpIn(judged: readonly number[], best: number): Intent {
  const others = intents.filter((intent, index) => index !== best && intent !== 'chatter')
  const chanceOf = (intent: Intent) => judged[intents.indexOf(intent)] ?? 0
  return others.reduce((likeliest, each) => (chanceOf(each) > chanceOf(likeliest) ? each : likeliest))
}

/** Measured on messages of other hands, the model is right a little more often than its chances say between. */
const boldness = 1.25

function bolder(chance: number): number {
  const [yes, no] = [chance ** boldness, (1 - chance) ** boldness]
  return yes / (yes + no)
}

function isWrittenToOfficials(intent: Intent | undefined): boolean {
  return intent === 'complaint' || intent === 'policy'
}
