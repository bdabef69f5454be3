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
        if (!candidates) continue
        for (const candidate of candidates)
          if (found[candidate.group] === 0 && fits(candidate, text, position)) found[candidate.group] = 1
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

function fits({ literal, pattern }: Candidate, text: string, position: number): boolean {
  if (!pattern) return text.startsWith(literal, position)
  pattern.lastIndex = position
  return pattern.test(text)
}

/** What a pattern can begin with; undefined when that cannot be said (`.`, `[^…]`, `\p{…}`, an empty match). */
export function firstCharacters(source: string): ReadonlySet<string> | undefined {
  // Half of a pair of surrogates is no character to begin with.
  if (/[\ud800-\udfff]/.test(source)) return undefined
  const first = new FirstCharacters(source).alternatives()
  return first && !first.mayBeEmpty ? first.characters : undefined
}

interface First {
  readonly characters: ReadonlySet<string>
  /** Nothing need be there: what follows may begin it as well. */
  readonly mayBeEmpty: boolean
}

const empty: First = { characters: new Set(), mayBeEmpty: true }

/** Reads the part of regular expressions that rule files use; whatever else comes makes the answer undefined. */
class FirstCharacters {
  readonly #source: string
  #position = 0

  constructor(source: string) {
    this.#source = source
  }

  /** a|b|c, up to the end or the closing bracket. */
  alternatives(): First | undefined {
    let all: First | undefined = this.#sequence()
    while (this.#peek() === '|') {
      this.#position++
      const next = this.#sequence()
      all = all && next && union(all, next, all.mayBeEmpty || next.mayBeEmpty)
    }
    return all
  }

  #sequence(): First | undefined {
    let all: First | undefined = empty
    while (this.#peek() !== '' && this.#peek() !== '|' && this.#peek() !== ')') {
      const atom = this.#quantified()
      if (all?.mayBeEmpty) all = atom && union(all, atom, atom.mayBeEmpty)
    }
    return all
  }

  #quantified(): First | undefined {
    const atom = this.#atom()
    const quantifier = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(this.#source.slice(this.#position))
    if (!quantifier) return atom
    this.#position += quantifier[0].length
    const optional = /^[?*]/.test(quantifier[0]) || Number(quantifier[1]) === 0
    return atom && (optional ? { ...atom, mayBeEmpty: true } : atom)
  }

  #atom(): First | undefined {
    const character = this.#source[this.#position++] ?? ''
    if (character === '^' || character === '$') return empty
    if (character === '.') return undefined
    if (character === '(') return this.#group()
    if (character === '[') return this.#class()
    if (character === '\\') return this.#escaped()
    return { characters: new Set([character]), mayBeEmpty: false }
  }

  #group(): First | undefined {
    const head = /^\?(?::|<?[=!]|<\w+>)/.exec(this.#source.slice(this.#position))?.[0] ?? ''
    this.#position += head.length
    const inside = this.alternatives()
    this.#position++
    return /[=!]$/.test(head) ? empty : inside
  }

  #class(): First | undefined {
    const end = this.#source.indexOf(']', this.#position)
    const inside = this.#source.slice(this.#position, end)
    this.#position = end + 1
    if (/^\^|\\/.test(inside)) return undefined
    const spelled = inside.replace(/(.)-(.)/gu, (_, from: string, to: string) => spell(from, to))
    return { characters: new Set(spelled), mayBeEmpty: false }
  }

  #escaped(): First | undefined {
    const code = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/i.exec(this.#source.slice(this.#position))
    if (code) {
      this.#position += code[0].length
      return {
        characters: new Set([String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16))]),
        mayBeEmpty: false,
      }
    }
    const character = this.#source[this.#position++] ?? ''
    if (character === 'p' || character === 'P') {
      this.#position = this.#source.indexOf('}', this.#position) + 1
      return undefined
    }
    if (character === 'd') return { characters: new Set('0123456789'), mayBeEmpty: false }
    if (character === 'n') return { characters: new Set('\n'), mayBeEmpty: false }
    return /[a-z]/i.test(character) ? undefined : { characters: new Set([character]), mayBeEmpty: false }
  }

  #peek(): string {
    return this.#source[this.#position] ?? ''
  }
}

function union(left: First, right: First, mayBeEmpty: boolean): First {
  return { characters: new Set([...left.characters, ...right.characters]), mayBeEmpty }
}

/** Every character of a range of at most a few hundred. */
function spell(from: string, to: string): string {
  const start = from.charCodeAt(0)
  return Array.from({ length: to.charCodeAt(0) - start + 1 }, (_, step) =>
    String.fromCharCode(start + step),
  ).join('')
}
