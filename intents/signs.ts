import { createPatternIndex } from './pattern-index.ts'

/** What a reader notices in a message at a glance, found by the patterns of rules/signs.yaml. */
export interface Signs {
  /** The names of the signs in a normalised text, in the order of the rule file. */
  in(normalized: string): readonly string[]
  /** What in the text makes the sign: 不亮. Empty when it is long, a position or no word. */
  wordFor(sign: string, normalized: string): string
  /** Changes when a pattern changes: part of the model's fingerprint. */
  readonly fingerprint: string
}

/** Longer than this it is the message again. */
const longestWord = 8

export type SignRules = Readonly<Record<string, readonly string[]>>

export function createSigns(rules: SignRules): Signs {
  const names = Object.keys(rules)
  const index = createPatternIndex(Object.values(rules))
  // One message is looked at several times in a row: by the model, for its evidence, to say why.
  let last = { normalized: '', present: index.groupsIn('').map((group) => names[group] ?? '') }
  const expressions = new Map<string, RegExp>()
  const expressionFor = (sign: string) => {
    const known = expressions.get(sign) ?? oneOf(rules[sign] ?? [])
    expressions.set(sign, known)
    return known
  }
  return {
    wordFor(sign, normalized) {
      const word = expressionFor(sign).exec(normalized)?.[0].trim() ?? ''
      return word.length <= longestWord ? word : ''
    },
    in(normalized) {
      if (last.normalized !== normalized)
        last = { normalized, present: index.groupsIn(normalized).map((group) => names[group] ?? '') }
      return last.present
    },
    fingerprint: JSON.stringify(rules),
  }
}

/** Any of these patterns, as written in the rule files. */
export function oneOf(parts: readonly string[]): RegExp {
  return new RegExp(parts.length > 0 ? parts.join('|') : '(?!)', 'u')
}
