import { firstCharacters } from './first-characters.ts'

/**
 * Many groups of patterns, looked for in one walk over a text. At each character only the patterns are tried that
 * can begin with it, and only of groups not yet found:
 *
 *   路 灯 坏 了          路 → 路灯, 路面, 路(?:口|边)
 *   ^                    灯 → 灯泡, 灯.{0,3}坏
 *
 * The same as testing each group's alternation over the whole text, some ten times faster.
 */
export interface PatternIndex {
  /** The numbers of the groups with a pattern in the text, ascending. */
  groupsIn(text: string): number[]
}

interface Candidate {
  readonly group: number
  /** Without it, the literal is the whole pattern. */
  readonly pattern?: RegExp
  readonly literal: string
}

export function createPatternIndex(groups: readonly (readonly string[])[]): PatternIndex {
  const byFirst = new Map<number, Candidate[]>()
  const anywhere: { readonly group: number; readonly pattern: RegExp }[] = []
  for (const [group, patterns] of groups.entries()) {
    const rest: string[] = []
    for (const source of patterns) {
      const first = firstCharacters(source)
      if (!first) {
        rest.push(source)
        continue
      }
      const candidate = candidateOf(group, source)
      for (const character of first) {
        const code = character.charCodeAt(0)
        const known = byFirst.get(code)
        if (known) known.push(candidate)
        else byFirst.set(code, [candidate])
      }
    }
    if (rest.length > 0) anywhere.push({ group, pattern: new RegExp(rest.join('|'), 'u') })
  }

  return {
    groupsIn(text) {
      const found = new Uint8Array(groups.length)
      for (let position = 0; position < text.length; position++) {
        const candidates = byFirst.get(text.charCodeAt(position))
        if (candidates) mark(found, candidates, text, position)
      }
      for (const { group, pattern } of anywhere)
        if (found[group] === 0 && pattern.test(text)) found[group] = 1
      const present: number[] = []
      for (let group = 0; group < found.length; group++) if (found[group] === 1) present.push(group)
      return present
    },
  }
}

function candidateOf(group: number, source: string): Candidate {
  return /^[^\\^$.*+?()[\]{}|]+$/.test(source)
    ? { group, literal: source }
    : { group, literal: '', pattern: new RegExp(source, 'uy') }
}

function mark(found: Uint8Array, candidates: readonly Candidate[], text: string, position: number): void {
  for (const candidate of candidates)
    if (found[candidate.group] === 0 && fits(candidate, text, position)) found[candidate.group] = 1
}

function fits({ literal, pattern }: Candidate, text: string, position: number): boolean {
  if (!pattern) return text.startsWith(literal, position)
  pattern.lastIndex = position
  return pattern.test(text)
}
