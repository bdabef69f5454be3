import type { SignRules, Signs } from './signs.ts'
import { type EmergencyKind, emergencyKinds } from './understanding.ts'

export interface EmergencyRules {
  /** Word groups that patterns name in braces. */
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly kinds: Readonly<Record<EmergencyKind, readonly string[]>>
  readonly vetoes: {
    readonly hard: Readonly<Record<string, readonly string[]>>
    readonly soft: Readonly<Record<string, readonly string[]>>
  }
  readonly pressing: readonly string[]
}

/** What the rules see in a line. */
export interface EmergencyReading {
  readonly kind?: EmergencyKind
  /** The group of patterns that speaks against it; `hard` when no pressing word can outweigh it. */
  readonly veto?: string
  readonly hard?: boolean
  /** Somebody calls for help now. */
  readonly pressing?: boolean
}

/** Reads a normalised line. */
export type EmergencyReader = (normalized: string) => EmergencyReading

/** A line longer than this is a letter: it tells a story, and whoever writes it is not in danger now. */
const longestCall = 160

/**
 * The groups of the rule file as signs, so that the model learns what each of them is worth: `danger-fire` for a
 * kind, `calm-past` for a veto, `pressing`.
 */
export function emergencySigns({ words, kinds, vetoes, pressing }: EmergencyRules): SignRules {
  const named = (prefix: string, groups: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(groups).map(([name, patterns]) => [
      `${prefix}-${name}`,
      patterns.map((pattern) => withWords(pattern, words)),
    ])
  return Object.fromEntries([
    ...named('danger', kinds),
    ...named('calm', vetoes.hard),
    ...named('calm', vetoes.soft),
    ['pressing', pressing],
  ])
}

/** `signs` must hold those of emergencySigns. */
export function createEmergencyReader(rules: EmergencyRules, signs: Signs): EmergencyReader {
  const hard = Object.keys(rules.vetoes.hard)
  const soft = Object.keys(rules.vetoes.soft)
  return (normalized) => {
    if (normalized.length < 3 || normalized.length > longestCall) return {}
    const present = signs.in(normalized)
    const pressing = present.includes('pressing')
    const kind = emergencyKinds.find((name) => present.includes(`danger-${name}`))
    const always = hard.find((name) => present.includes(`calm-${name}`))
    const veto = always ?? (pressing ? undefined : soft.find((name) => present.includes(`calm-${name}`)))
    return { ...(kind && { kind }), ...(veto && { veto, hard: veto === always }), pressing }
  }
}

function withWords(pattern: string, words: EmergencyRules['words']): string {
  return pattern.replace(/\{([a-z][a-z-]*)\}/g, (_, name: string) => {
    const word = words[name]
    if (word === undefined)
      throw new Error(`emergencies.yaml: pattern names {${name}}, which words does not have`)
    return `(?:${word.join('|')})`
  })
}
