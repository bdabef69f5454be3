/** What a reader notices at a glance, found by the patterns of rules/signs.yaml. */
export interface Signs {
  /** The names of the signs in a normalised text, in the order of the rule file. */
  in(normalized: string): string[]
  has(sign: string, normalized: string): boolean
  /** Changes when a pattern changes: part of the model's fingerprint. */
  readonly fingerprint: string
}

export type SignRules = Readonly<Record<string, readonly string[]>>

export function createSigns(rules: SignRules): Signs {
  const patterns = new Map(Object.entries(rules).map(([name, parts]) => [name, oneOf(parts)]))
  // One message is looked at several times in a row: by the model, for its evidence, to say why.
  let last = { normalized: '', present: [] as string[] }
  return {
    in(normalized) {
      if (last.normalized !== normalized) {
        const present = [...patterns].filter(([, pattern]) => pattern.test(normalized)).map(([name]) => name)
        last = { normalized, present }
      }
      return last.present
    },
    has(sign, normalized) {
      const pattern = patterns.get(sign)
      if (!pattern)
        throw new Error(`signs.yaml has no sign "${sign}"; it has ${[...patterns.keys()].join(', ')}`)
      return pattern.test(normalized)
    },
    fingerprint: JSON.stringify(rules),
  }
}

/** Any of these patterns, as written in the rule files. */
export function oneOf(parts: readonly string[]): RegExp {
  return new RegExp(parts.length > 0 ? parts.join('|') : '(?!)', 'u')
}
