import { Converter } from 'opencc-js/t2cn'

/**
 * Text → terms. A term is an unsigned 32-bit number, so that an index of a million terms keeps no strings:
 *
 *   1 … 0x2fff                 reserved for callers (aspects of a question)
 *   0x3007 … 0xffff            one Chinese character
 *   0x10000 … 0x33ffffff       a word of digits and Latin letters, hashed: 12345, hpv, 2027, 65岁
 *   0x34000000 and above       two neighbouring Chinese characters, first << 16 | second
 */

const firstHan = 0x3400
const lastHan = 0x9fff
/** 〇, the only digit outside the block of Chinese characters. */
const zero = 0x3007

/** Reused between texts: the terms of one text, in order, with repetitions. */
export class TermBuffer {
  terms = new Uint32Array(2048)
  length = 0

  reserve(more: number): void {
    if (this.length + more > this.terms.length) {
      const larger = new Uint32Array(Math.max(this.terms.length * 2, this.length + more))
      larger.set(this.terms)
      this.terms = larger
    }
  }
}

let table: Uint16Array | undefined

/**
 * One folded character for each UTF-16 unit, 0 for what separates: lower case, half width, simplified.
 * Filled on first use (45 ms), because many commands never search.
 */
export function foldingTable(): Uint16Array {
  if (table !== undefined) {
    return table
  }
  const folding = new Uint16Array(0x10000)
  for (let code = 0x30; code <= 0x39; code++) {
    folding[code] = code
    folding[code + 0xfee0] = code
  }
  for (let code = 0x61; code <= 0x7a; code++) {
    for (const written of [code, code - 0x20, code + 0xfee0, code + 0xfec0]) {
      folding[written] = code
    }
  }
  folding[zero] = zero
  const characters: string[] = []
  for (let code = firstHan; code <= lastHan; code++) {
    characters.push(String.fromCharCode(code))
  }
  // Line breaks keep neighbours in the code table from being read as words.
  const simplified: string[] = Converter({ from: 'tw', to: 'cn' })(characters.join('\n')).split('\n')
  // 麼 becomes 么, but Taiwan writes 幺 as 么: what is the simplified form of another character stays as it is.
  const targets = new Set(simplified.filter((folded, at) => folded !== characters[at]))
  for (const [at, character] of characters.entries()) {
    const folded = simplified[at] ?? ''
    // A few simplified forms lie outside the basic plane, and are two units long.
    folding[firstHan + at] = (targets.has(character) || folded.length !== 1 ? character : folded).charCodeAt(
      0,
    )
  }
  table = folding
  return folding
}

/** The same text, folded, one character for one; what separates becomes a blank. */
export function foldText(text: string): string {
  const folding = foldingTable()
  let folded = ''
  for (let at = 0; at < text.length; at++) {
    const code = folding[text.charCodeAt(at)] as number
    folded += code === 0 ? ' ' : String.fromCharCode(code)
  }
  return folded
}

/** Ids of a pair of characters never meet those of a word: see the table above. */
export function pairTerm(first: number, second: number): number {
  return ((first << 16) | second) >>> 0
}

/** Terms of words lie below, those of pairs above. */
export const wordsEnd = 0x34000000

export function wordTerm(hash: number): number {
  return 0x10000 + ((hash >>> 0) % 0x33ff0000)
}

/** 22路, 65岁, 6号: a number with what it counts says more than either. */
export function countedTerm(hash: number, code: number): number {
  return wordTerm(hashOn(hash, code))
}

export const wordSeed = 2166136261

export function hashOn(hash: number, code: number): number {
  return Math.imul(hash ^ code, 16777619)
}

/** Appends the terms of `text`: each character, each pair of neighbours, each word, alone and with what it counts. */
export function readTerms(text: string, into: TermBuffer): void {
  const folding = foldingTable()
  into.reserve(text.length * 2 + 1)
  const terms = into.terms
  let length = into.length
  let previous = 0
  let hash = 0
  for (let at = 0; at < text.length; at++) {
    const code = folding[text.charCodeAt(at)] as number
    if (code !== 0 && code < 0x80) {
      hash = hashOn(hash === 0 ? wordSeed : hash, code)
      previous = 0
      continue
    }
    if (hash !== 0) {
      terms[length++] = wordTerm(hash)
      if (code !== 0) {
        terms[length++] = countedTerm(hash, code)
      }
      hash = 0
    }
    if (code === 0) {
      previous = 0
      continue
    }
    terms[length++] = code
    if (previous !== 0) {
      terms[length++] = pairTerm(previous, code)
    }
    previous = code
  }
  if (hash !== 0) {
    terms[length++] = wordTerm(hash)
  }
  into.length = length
}

export function isSingleCharacter(term: number): boolean {
  return term >= zero && term < 0x10000
}
