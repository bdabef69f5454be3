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
