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
  readonly pressing: boolean
  /** How many groups of words of danger (burning, stuck, wounded, …) are there. */
  readonly words: number
}

/** Reads a normalised line. */
export type EmergencyReader = (normalized: string) => EmergencyReading

/**
 * The groups of the rule file as signs, so that the model learns what each of them is worth: `danger-fire` for a
 * kind, `calm-past` for a veto, `pressing`, `word-person` for a word group.
 */
export function emergencySigns({ words, kinds, vetoes, pressing }: EmergencyRules): SignRules {
  const named = (prefix: string, groups: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(groups).map(([name, patterns]) => [
      `${prefix}-${name}`,
      patterns.map((pattern) => withWords(pattern, words)),
    ])
  return Object.fromEntries([
    ...named('word', words),
    ...named('danger', kinds),
    ...named('calm', vetoes.hard),
    ...named('calm', vetoes.soft),
    ['pressing', pressing],
  ])
}

/** Word groups that tell of people and things, not of danger. */
const harmless = ['person', 'child', 'water', 'building', 'thing-burning', 'ended', 'playing']

/** `signs` must hold those of emergencySigns. */
export function createEmergencyReader(rules: EmergencyRules, signs: Signs): EmergencyReader {
  const roles = new Map<string, Role>()
  for (const kind of emergencyKinds) roles.set(`danger-${kind}`, 'kind')
  for (const name of Object.keys(rules.vetoes.hard)) roles.set(`calm-${name}`, 'hard')
  for (const name of Object.keys(rules.vetoes.soft)) roles.set(`calm-${name}`, 'soft')
  for (const name of Object.keys(rules.words)) if (!harmless.includes(name)) roles.set(`word-${name}`, 'word')
  return (normalized) => {
    const present = signs.in(normalized)
    const first: Partial<Record<Role, string>> = {}
    let words = 0
    for (const sign of present) {
      const role = roles.get(sign)
      if (role === undefined) continue
      if (role === 'word') words++
      first[role] ??= sign.slice(sign.indexOf('-') + 1)
    }
    const pressing = present.includes('pressing')
    const kind = emergencyKinds.find((known) => known === first.kind)
    const veto = first.hard ?? (pressing ? undefined : first.soft)
    return { ...(kind && { kind }), ...(veto && { veto, hard: veto === first.hard }), pressing, words }
  }
}

type Role = 'kind' | 'hard' | 'soft' | 'word'

function withWords(pattern: string, words: EmergencyRules['words']): string {
  return pattern.replace(/\{([a-z][a-z-]*)\}/g, (_, name: string) => {
    const word = words[name]
    if (word === undefined)
      throw new Error(`emergencies.yaml: pattern names {${name}}, which words does not have`)
    return `(?:${word.join('|')})`
  })
}
