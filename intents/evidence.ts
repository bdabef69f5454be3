import type { Signs } from './signs.ts'
import { categories, type Intent, type Place } from './understanding.ts'

export interface EvidenceRule {
  /** Below this confidence there is no evidence. */
  readonly least: number
  readonly all: readonly (readonly string[])[]
  readonly none: readonly string[]
  readonly sure: number
  readonly sureNeeds: readonly string[]
  readonly never: readonly string[]
}

/** rules/evidence.yaml */
export type EvidenceRules = Readonly<Record<Exclude<Intent, 'chatter'>, EvidenceRule>>

export interface Glance {
  readonly normalized: string
  readonly intent: Intent
  readonly confidence: number
  readonly place: Place | undefined
  readonly since: string | undefined
}

/** Whether the message itself gives ground for speaking unasked. */
export type EvidenceJudge = (glance: Glance) => boolean

export function createEvidenceJudge(rules: EvidenceRules, signs: Signs): EvidenceJudge {
  return ({ normalized, intent, confidence, place, since }) => {
    if (intent === 'chatter') return false
    const rule = rules[intent]
    if (confidence < rule.least) return false
    const present = new Set(signs.in(normalized))
    if (place) present.add('place')
    if (since) present.add('since')
    if ([...present].some(isTopic)) present.add('topic')
    const some = (names: readonly string[]) => names.some((name) => present.has(name))
    if (confidence >= rule.sure && some(rule.sureNeeds) && !some(rule.never)) return true
    return rule.all.every(some) && !some(rule.none)
  }
}

/** A sign of topics.yaml: utilities-water. */
function isTopic(sign: string): boolean {
  return categories.some((category) => sign.startsWith(`${category}-`))
}
