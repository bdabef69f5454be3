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
  /** No evidence beside one of `when`, unless one of `but` is there as well. */
  readonly vetoes: readonly { readonly when: readonly string[]; readonly but: readonly string[] }[]
}

/** rules/evidence.yaml */
export interface EvidenceRules extends Readonly<Record<Exclude<Intent, 'chatter'>, EvidenceRule>> {
  /**
   * Above this chance of a headline, a review or a description of an app there is no evidence at all; above `doubtful`
   * there is none beside one of the signs `bought`; above `foreignHere` only, when a sign of `here` says that it
   * happened here.
   */
  readonly foreign: number
  readonly foreignHere: number
  readonly doubtful: number
  readonly bought: readonly string[]
  readonly here: readonly string[]
}

export interface Glance {
  readonly normalized: string
  readonly intent: Intent
  readonly confidence: number
  readonly place: Place | undefined
  readonly since: string | undefined
  /** Chance that it was not written to neighbours or officials. */
  readonly foreign: number
}

/** Whether the message itself gives ground for speaking unasked. */
export type EvidenceJudge = (glance: Glance) => boolean

export function createEvidenceJudge(rules: EvidenceRules, signs: Signs): EvidenceJudge {
  const mostForeign = (some: (names: readonly string[]) => boolean) => {
    if (some(rules.here)) return rules.foreignHere
    return some(rules.bought) ? rules.doubtful : rules.foreign
  }
  return ({ normalized, intent, confidence, place, since, foreign }) => {
    if (intent === 'chatter') return false
    const rule = rules[intent]
    if (confidence < rule.least) return false
    const present = presentIn(signs.in(normalized), place, since)
    const some = (names: readonly string[]) => names.some((name) => present.has(name))
    if (foreign > mostForeign(some)) return false
    if (rule.vetoes.some(({ when, but }) => some(when) && !some(but))) return false
    if (confidence >= rule.sure && some(rule.sureNeeds) && !some(rule.never)) return true
    return rule.all.every(some) && !some(rule.none)
  }
}

function presentIn(
  found: readonly string[],
  place: Place | undefined,
  since: string | undefined,
): ReadonlySet<string> {
  const present = new Set(found)
  if (place) present.add('place')
  if (place?.building || place?.unit) present.add('address')
  if (since) present.add('since')
  if (found.some(isTopic)) present.add('topic')
  return present
}

/** A sign of topics.yaml: utilities-water. */
function isTopic(sign: string): boolean {
  return categories.some((category) => sign.startsWith(`${category}-`))
}
