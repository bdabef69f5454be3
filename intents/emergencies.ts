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

export interface EmergencyDetector {
  /** The kind, when this line tells of life in danger here and now. Takes microseconds. */
  emergencyOf(text: string): EmergencyKind | undefined
  /** The kind and what vetoed it: for people who tune the rules. */
  explain(text: string): { readonly kind?: EmergencyKind; readonly veto?: string }
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
    const found = kinds.find(({ pattern }) => pattern.test(line))
    if (!found) return {}
    const veto =
      hard.find(({ pattern }) => pattern.test(line)) ??
      (pressing.test(line) ? undefined : soft.find(({ pattern }) => pattern.test(line)))
    return veto ? { kind: found.kind, veto: veto.name } : { kind: found.kind }
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
