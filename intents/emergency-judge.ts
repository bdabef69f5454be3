import type { EmergencyReader } from './emergencies.ts'
import { at, decide, probabilities } from './linear-model.ts'
import type { MessageReader } from './message-reader.ts'
import { normalize } from './normalize.ts'
import type { EmergencyKind } from './understanding.ts'

/** An emergency in a line, and what found it. */
export interface EmergencyFound {
  readonly kind: EmergencyKind
  readonly why: string
}

export type EmergencyJudge = (text: string) => EmergencyFound | undefined

/**
 * How sure the model must be, by what the rules say. Measured by cross-validation over the corpus: rules alone
 * hear fewer than half of the calls (nobody foresees all words of somebody in fear), the model alone takes
 * garbage bins on fire in films for fires.
 */
const needed = {
  /** Words of an emergency, and a soft veto (如果, 会不会). */
  doubted: 0.5,
  /** Words of an emergency, and a hard veto (灭了, 电影): the veto may have hit by chance. */
  contradicted: 0.9,
  /** No words that the rules know, but somebody calls for help (快来人, 救命). */
  pressed: 0.7,
  /** Nothing but the model. */
  alone: 0.9,
} as const

/** Rules and model together. Takes tens of microseconds. */
export function createEmergencyJudge(read: EmergencyReader, reader: MessageReader): EmergencyJudge {
  const { danger, emergency } = reader.model
  const label = danger.labels.indexOf('emergency')
  return (text) => {
    const normalized = normalize(text)
    const { kind, veto, hard, pressing } = read(normalized)
    if (kind && !veto) return { kind, why: `rule emergencies: ${kind}` }
    if (hard && !kind) return undefined
    const vector = reader.vectorOf(normalized)
    const chance = at(probabilities(danger, vector), label)
    const threshold = kind
      ? hard
        ? needed.contradicted
        : needed.doubted
      : pressing
        ? needed.pressed
        : needed.alone
    if (chance < threshold) return undefined
    const found = kind ?? (decide(emergency, vector).label as EmergencyKind)
    return { kind: found, why: `model emergency ${chance.toFixed(2)}, ${found}` }
  }
}
