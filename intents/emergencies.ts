import { normalize } from './normalize.ts'
import { oneOf } from './signs.ts'
import type { EmergencyKind } from './understanding.ts'

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

export interface EmergencyDetector {
  /** The kind, when the words of this line alone tell of life in danger here and now. Takes microseconds. */
  emergencyOf(text: string): EmergencyKind | undefined
  /** The kind whose words are there, and what vetoed it. */
  explain(text: string): EmergencyReading
}

/** A line longer than this is a letter: it tells a story, and whoever writes it is not in danger now. */
const longestCall = 160

export function createEmergencyDetector(rules: EmergencyRules): EmergencyDetector {
  const kinds = Object.entries(rules.kinds).map(([kind, patterns]) => ({
    // The keys of `kinds` are EmergencyKind by type; Object.entries widens them.
    kind: kind as EmergencyKind,
    pattern: withWords(patterns, rules.words),
  }))
  const hard = Object.entries(rules.vetoes.hard).map(([name, patterns]) => ({
    name,
    pattern: oneOf(patterns),
  }))
  const soft = Object.entries(rules.vetoes.soft).map(([name, patterns]) => ({
    name,
    pattern: oneOf(patterns),
  }))
  const pressing = oneOf(rules.pressing)

  const explain: EmergencyDetector['explain'] = (text) => {
    const line = normalize(text)
    if (line.length < 3 || line.length > longestCall) return {}
    const kind = kinds.find(({ pattern }) => pattern.test(line))?.kind
    const urged = pressing.test(line)
    const always = hard.find(({ pattern }) => pattern.test(line))
    const veto = always ?? (urged ? undefined : soft.find(({ pattern }) => pattern.test(line)))
    return {
      ...(kind && { kind }),
      ...(veto && { veto: veto.name, hard: veto === always }),
      pressing: urged,
    }
  }

  return {
    explain,
    emergencyOf(text) {
      const { kind, veto } = explain(text)
      return veto === undefined ? kind : undefined
    },
  }
}

function withWords(patterns: readonly string[], words: EmergencyRules['words']): RegExp {
  const expanded = patterns.map((pattern) =>
    pattern.replace(/\{([a-z][a-z-]*)\}/g, (_, name: string) => {
      const word = words[name]
      if (word === undefined)
        throw new Error(`emergencies.yaml: pattern names {${name}}, which words does not have`)
      return `(?:${word.join('|')})`
    }),
  )
  return oneOf(expanded)
}
