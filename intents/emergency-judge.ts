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
  contradicted: 0.62,
  /** No pattern of an emergency, but somebody calls for help. */
  pressed: 0.3,
  /** Nothing but the model, with words of danger and somebody whom it happens to. */
  aloneOfSomebody: 0.4,
  /** Nothing but the model and words of danger: a sign that hangs loose endangers nobody yet. */
  alone: 0.72,
  /** Nothing but the model, and no word of danger. */
  faint: 0.75,
  /** Nothing but the model, and a veto. */
  aloneAgainst: 0.65,
} as const

function neededFor({ kind, veto, pressing, person, words }: EmergencyReading): number {
  if (kind && veto) return needed.contradicted
  if (kind && pressing) return needed.toldAndPressed
  if (kind) return person ? needed.toldOfSomebody : needed.told
  if (veto) return needed.aloneAgainst
  if (pressing) return needed.pressed
  if (words === 0) return needed.faint
  return person ? needed.aloneOfSomebody : needed.alone
}

/** People in fear say where they are; somebody who says only that answers a question. */
const onlyPlace =
  /^(?:我|俺|他|她|咱)?们?家?(?:就|住|是)*在?(?:(?:\d+|[一二三四五六七八九十]+|[a-z])(?:号楼|号院|号|栋|幢|楼|层|单元|门|室|户|期)?[,\s-]*)+(?:[那这]边|[那这]里|附近|门口|楼下|旁边)?$/u

/** Rules and model together. Takes tens of microseconds. */
export function createEmergencyJudge(read: EmergencyReader, reader: MessageReader): EmergencyJudge {
  const { danger, emergency } = reader.model
  const label = danger.labels.indexOf('emergency')
  return (text) => {
    const normalized = normalize(text)
    if (normalized.length < shortestCall || normalized.length > longestCall) return undefined
    if (onlyPlace.test(normalized)) return undefined
    const reading = read(normalized)
    const vector = reader.vectorOf(normalized)
    const chance = at(probabilities(danger, vector), label)
    if (chance < neededFor(reading)) return undefined
    const kind = reading.kind ?? (decide(emergency, vector) as EmergencyKind)
    const rule = reading.kind ? 'words and ' : ''
    return { kind, why: `emergency ${kind}: ${rule}model ${chance.toFixed(2)}` }
  }
}
