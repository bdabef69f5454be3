import type { SignRules, Signs } from './signs.ts'
import { emergencyKinds, type KnownEmergency } from './understanding.ts'

export interface EmergencyRules {
  /** Word groups that patterns name in braces. */
  readonly words: Readonly<Record<string, readonly string[]>>
  readonly kinds: Readonly<Record<KnownEmergency, readonly string[]>>
  readonly vetoes: {
    readonly hard: Readonly<Record<string, readonly string[]>>
    readonly soft: Readonly<Record<string, readonly string[]>>
  }
  readonly pressing: readonly string[]
}

/** What the rules see in a line. */
export interface EmergencyReading {
  readonly kind?: KnownEmergency
  /** The group of patterns that speaks against it; `hard` when no pressing word can outweigh it. */
  readonly veto?: string
  readonly hard?: boolean
  /** Somebody calls for help now. */
  readonly pressing: boolean
  /** Somebody is named: 老人, 孩子, 他. */
  readonly person: boolean
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
const harmless = [
  'person',
  'child',
  'water',
  'building',
  'thing-burning',
  'ended',
  'playing',
  'lost-one',
  'power-box',
]

/** Vetoes that say nothing against a kind: whoever beats his wife every day beats her today, whoever is lost is asked for. */
const noVetoTo: Partial<Readonly<Record<KnownEmergency, readonly string[]>>> = {
  violence: ['habit'],
  despair: ['habit'],
  missing: ['notice'],
}

/** `signs` must hold those of emergencySigns. */
export function createEmergencyReader(rules: EmergencyRules, signs: Signs): EmergencyReader {
  const parts = partsOf(rules)
  return (normalized) => {
    const found = { words: 0, pressing: 0, person: 0 }
    const first: FirstParts = {}
    // The signs come in the order of the rule file: the first kind and the first veto count.
    for (const sign of signs.in(normalized)) {
      const part = parts.get(sign)
      if (part === undefined) continue
      if (part.role === 'words' || part.role === 'pressing' || part.role === 'person') found[part.role]++
      else note(first, part)
    }
    const { kind, hard, soft } = first
    const pressing = found.pressing > 0
    const veto = hard ?? (pressing ? undefined : soft)
    return {
      ...(kind && { kind }),
      ...(veto && { veto, hard: veto === hard }),
      ...{ pressing, person: found.person > 0, words: found.words },
    }
  }
}

interface FirstParts {
  kind?: KnownEmergency
  hard?: string
  soft?: string
}

function note(first: FirstParts, part: NamedPart): void {
  if (part.role === 'kind') first.kind ??= part.kind
  // kinds stand before vetoes in the rule file
  else if (first.kind && noVetoTo[first.kind]?.includes(part.name)) return
  else first[part.role] ??= part.name
}

type NamedPart =
  | { readonly role: 'kind'; readonly kind: KnownEmergency }
  | { readonly role: 'hard' | 'soft'; readonly name: string }
type Part =
  | NamedPart
  | { readonly role: 'words' }
  | { readonly role: 'pressing' }
  | { readonly role: 'person' }

/** What each sign says here; signs that say nothing of danger are missing. */
function partsOf({ words, vetoes }: EmergencyRules): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>([
    ['pressing', { role: 'pressing' }],
    ['word-person', { role: 'person' }],
  ])
  for (const kind of emergencyKinds) parts.set(`danger-${kind}`, { role: 'kind', kind })
  for (const name of Object.keys(vetoes.hard)) parts.set(`calm-${name}`, { role: 'hard', name })
  for (const name of Object.keys(vetoes.soft)) parts.set(`calm-${name}`, { role: 'soft', name })
  for (const name of Object.keys(words))
    if (!harmless.includes(name)) parts.set(`word-${name}`, { role: 'words' })
  return parts
}

function withWords(pattern: string, words: EmergencyRules['words']): string {
  return pattern.replace(/\{([a-z][a-z-]*)\}/g, (_, name: string) => {
    const word = words[name]
    if (word === undefined)
      throw new Error(`emergencies.yaml: pattern names {${name}}, which words does not have`)
    return `(?:${word.join('|')})`
  })
}
