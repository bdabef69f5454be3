import { countedTerm, hashOn, pairTerm, wordSeed, wordTerm } from './terms.ts'

/** The terms of a question, as readTerms reads them, with their places and what each is worth. */
export interface Placed {
  readonly term: number
  readonly start: number
  readonly end: number
  /** 1 for what names something, less for grammar. */
  readonly factor: number
  /** A single character that forms no pair. */
  readonly alone: boolean
}

/** A pair with one of these is grammar more than subject. */
const functionCharacters = new Uint8Array(0x10000)
for (const character of '的了吗呢吧啊呀不咋啥么我你他她它俺们这那有没要能可以在去到办和是就都也还很多少几怎什谁哪得给让被把从跟为会想用个一着过上下里做弄说看来') {
  functionCharacters[character.charCodeAt(0)] = 1
}
const functionWeight = 0.5
const singleWeight = 1.1
const blank = 0x20

export function isFunction(code: number): boolean {
  return functionCharacters[code] === 1
}

/** `folded` comes from foldText. */
export function placeTerms(folded: string): Placed[] {
  const placed: Placed[] = []
  let at = 0
  while (at < folded.length) {
    const code = folded.charCodeAt(at)
    if (code === blank) {
      at++
    } else {
      at = code < 0x80 ? placeWord(folded, at, placed) : placeCharacters(folded, at, placed)
    }
  }
  return placed
}

/** @returns where the word ends */
function placeWord(folded: string, start: number, into: Placed[]): number {
  let hash = wordSeed
  let end = start
  for (; end < folded.length; end++) {
    const code = folded.charCodeAt(end)
    if (code === blank || code >= 0x80) {
      break
    }
    hash = hashOn(hash, code)
  }
  into.push({ term: wordTerm(hash), start, end, factor: 1, alone: false })
  const next = end < folded.length ? folded.charCodeAt(end) : blank
  if (next !== blank) {
    into.push({ term: countedTerm(hash, next), start, end: end + 1, factor: 1, alone: false })
  }
  return end
}

/** @returns where the run of characters ends */
function placeCharacters(folded: string, start: number, into: Placed[]): number {
  let previous = 0
  let before = 0
  let at = start
  for (; at < folded.length; at++) {
    const code = folded.charCodeAt(at)
    if (code < 0x80) {
      break
    }
    const worth = functionCharacters[code] === 1 ? functionWeight : 1
    const last = at + 1 === folded.length || folded.charCodeAt(at + 1) < 0x80
    const factor = worth * singleWeight
    into.push({ term: code, start: at, end: at + 1, factor, alone: previous === 0 && last })
    if (previous !== 0) {
      const pair = { term: pairTerm(previous, code), start: at - 1, end: at + 1 }
      into.push({ ...pair, factor: Math.min(worth, before), alone: false })
    }
    previous = code
    before = worth
  }
  return at
}
