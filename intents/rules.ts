import type { EmergencyRules } from './emergencies.ts'
import type { EvidenceRules } from './evidence.ts'
import type { PlaceRules } from './places.ts'
import type { SignRules } from './signs.ts'
import type { TicketTalkRules } from './ticket-talk.ts'

export interface QuizRules {
  readonly sure: readonly string[]
  readonly unless: readonly string[]
}

/** The folder intents/rules, read and checked: one property a file. */
export interface Rules {
  /** signs.yaml, topics.yaml and the groups of emergencies.yaml together. */
  readonly signs: SignRules
  readonly emergencies: EmergencyRules
  readonly places: PlaceRules
  readonly ticketTalk: TicketTalkRules
  readonly quiz: QuizRules
  readonly evidence: EvidenceRules
}

/** The community's own names come before the words that every place has. */
export function withLandmarks(rules: Rules, landmarks: readonly string[]): Rules {
  return { ...rules, places: { ...rules.places, landmark: [...landmarks, ...rules.places.landmark] } }
}
