import type { EmergencyReader, EmergencyReading } from './emergencies.ts'
import { at, decide, probabilities } from './linear-model.ts'
import type { MessageReader } from './message-reader.ts'
import { normalize } from './normalize.ts'
import type { EmergencyKind } from './understanding.ts'

/** An emergency in a line, and what found it. */
export interface EmergencyFound {
  readonly kind: EmergencyKind
  readonly why: string
}

const shortestCall = 2
/** A longer line is a letter: it tells a story, and whoever writes it is not in danger now. */
const longestCall = 160

export type EmergencyJudge = (text: string) => EmergencyFound | undefined

/**
 * How sure the model must be, by what the rules say. Chosen by cross-validation over the corpus (some 750 calls for
 * help and 1,500 lines that sound like one): rules alone hear half of the calls, for nobody foresees all the words of
 * somebody in fear, and the model alone takes cooking and films for danger.
 */
const needed = {
  /** Words of an emergency, nothing against them. */
  told: 0.2,
  /** The same, and somebody is named whom it happens to. */
  toldOfSomebody: 0.08,
  /** The same, and somebody calls for help (快来人, 救命). */
  toldAndPressed: 0.05,
  /** Words of an emergency, and a veto (如果, 灭了, 电影), which may have hit by chance. */
  contradicted: 0.5,
  /** No pattern of an emergency, but somebody calls for help. */
  pressed: 0.3,
  /** Nothing but the model, and words of danger in the line. */
  alone: 0.4,
  /** Nothing but the model, and no word of danger. */
  faint: 0.65,
  /** Nothing but the model, and a veto. */
  aloneAgainst: 0.65,
} as const

function neededFor({ kind, veto, pressing, person, words }: EmergencyReading): number {
  if (kind && veto) return needed.contradicted
  if (kind && pressing) return needed.toldAndPressed
  if (kind) return person ? needed.toldOfSomebody : needed.told
  if (veto) return needed.aloneAgainst
  if (pressing) return needed.pressed
  return words > 0 ? needed.alone : needed.faint
}

/** Rules and model together. Takes tens of microseconds. */
export function createEmergencyJudge(read: EmergencyReader, reader: MessageReader): EmergencyJudge {
  const { danger, emergency } = reader.model
  const label = danger.labels.indexOf('emergency')
  return (text) => {
    const normalized = normalize(text)
    if (normalized.length < shortestCall || normalized.length > longestCall) return undefined
    const reading = read(normalized)
    const vector = reader.vectorOf(normalized)
    const chance = at(probabilities(danger, vector), label)
    if (chance < neededFor(reading)) return undefined
    const kind = reading.kind ?? (decide(emergency, vector) as EmergencyKind)
    const rule = reading.kind ? 'words and ' : ''
    return { kind, why: `emergency ${kind}: ${rule}model ${chance.toFixed(2)}` }
  }
}
