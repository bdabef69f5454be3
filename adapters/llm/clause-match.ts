/** Does one clause of a passage say what a clause of an answer says? */

import { anyFigure, type Clause, type PassageClause, type Token, textOf } from './clause-reading.ts'
import * as words from './clause-words.ts'
import type { Fact } from './facts.ts'

/** Longer ones, of tables without a comma, are no clauses; comparing them would take long. */
const longestClause = 120

/** @param exactly whether nothing may be left out */
export function bearsOut(bearer: PassageClause, { tokens }: Clause, exactly: boolean): boolean {
  if (equal(tokens, bearer.tokens)) return true
  if (exactly) return false
  return variantsOf(tokens, bearer).some(({ rest, fromStart }) => embeds(rest, bearer.tokens, fromStart))
}

export function equal(one: readonly Token[], other: readonly Token[]): boolean {
  return one.length === other.length && one.every((token, at) => matches(token, other[at]))
}

export function matches(said: Token, known: Token | undefined): boolean {
  if (known === undefined) return false
  if (said.figure === undefined || known.figure === undefined) return said.text === known.text
  const figure = known.figure
  return said.figure.every((fact) => figure.some((other) => saysAsMuch(other, fact)))
}

function saysAsMuch(known: Fact, said: Fact): boolean {
  const unitFits = known.unit === said.unit || (said.kind === 'number' && said.unit === undefined)
  return known.kind === said.kind && known.value === said.value && unitFits
}

interface Variant {
  readonly rest: readonly Token[]
  /** Whose subject came from elsewhere may leave nothing out in front. */
  readonly fromStart: boolean
}

/** The clause as it is, and without the few words that it may take from around the bearer. */
function variantsOf(tokens: readonly Token[], bearer: PassageClause): Variant[] {
  const said = textOf(tokens)
  const tail = lengthOf(words.generalVerb.exec(said)?.[0], (verb) =>
    bearer.sentence.some((clause) => textOf(clause.tokens).includes(verb)),
  )
  const person = lengthOf(words.generalPerson.exec(said)?.[0], (one) => bearer.passage.meaning.includes(one))
  const heads: (readonly [length: number, fromStart: boolean])[] = [
    [0, false],
    ...(person > 0 ? [[person, false] as const] : []),
    ...headingLengths(said, bearer.passage.headings).map((length) => [length, true] as const),
  ]
  const ends = tail > 0 && !words.turning.test(textOf(bearer.tokens)) ? [0, tail] : [0]
  return heads.flatMap(([head, fromStart]) =>
    ends.map((end) => ({
      rest: withoutEasyWords(tokens.slice(head, tokens.length - end), bearer),
      fromStart,
    })),
  )
}

function lengthOf(word: string | undefined, isKnown: (word: string) => boolean): number {
  return word !== undefined && isKnown(word) ? word.length : 0
}

/** 服务站的窗口, and 要带 for 带, as long as the bearer has no 不 that would make 不要 of it. */
function withoutEasyWords(
  tokens: readonly Token[],
  { passage, tokens: known }: PassageClause,
): readonly Token[] {
  const bearer = textOf(known)
  const said = textOf(tokens)
  const window = !bearer.includes('窗口') && passage.meaning.includes('窗口') ? said.indexOf('窗口') : -1
  const need = !bearer.includes('要') && !words.turning.test(bearer + said) ? said.indexOf('要') : -1
  return tokens.filter((_, at) => at !== need && (window < 0 || at < window || at > window + 1))
}

/** How many characters in front stand as one in a heading that asserts nothing by them. */
function headingLengths(said: string, headings: readonly string[]): number[] {
  return Array.from({ length: Math.min(12, Math.max(0, said.length - 2)) }, (_, at) => at + 2).filter(
    (length) => {
      const head = said.slice(0, length)
      return (
        !words.turning.test(head) &&
        !/[能要会应\ue000-\uf8ff]/.test(head) &&
        headings.some((one) => one.includes(head))
      )
    },
  )
}

/**
 * Do the tokens stand in the clause in their order, with nothing left out that counts? Only whole words may be
 * picked: 东门 does not stand in 东城区政务大厅正门.
 */
function embeds(said: readonly Token[], known: readonly Token[], fromStart: boolean): boolean {
  if (known.length > longestClause || !isSomething(said)) return false
  if (!said.every((token) => known.some((other) => matches(token, other)))) return false
  const mayLeaveOut = leavingOut(said, known, fromStart)
  // After each token: where it may have been found, and whether the word that it ends may end there.
  let found = new Map([[0, true]])
  said.forEach((token, index) => {
    const next = new Map<number, boolean>()
    known.forEach((other, at) => {
      if (!matches(token, other)) return
      const goesOn = index > 0 && found.has(at)
      const begins = [...found].some(([end, wordEnds]) => end <= at && wordEnds && mayLeaveOut(end, at))
      if (goesOn || begins) next.set(at + 1, goesOn || token.figure !== undefined || standsAlone(token))
    })
    found = next
  })
  return [...found].some(([end, wordEnds]) => wordEnds && mayLeaveOut(end, known.length))
}

/** Asked again and again for the same places, so it remembers. */
function leavingOut(said: readonly Token[], known: readonly Token[], fromStart: boolean) {
  const clause = textOf(known)
  const whole = words.turning.test(clause) || words.turning.test(textOf(said))
  const firstModal = clause.search(words.modal)
  const remembered = new Map<number, boolean>()
  return (from: number, to: number): boolean => {
    const place = from * (longestClause + 1) + to
    const before = remembered.get(place)
    if (before !== undefined) return before
    // 能申请复核 is not 能申请: what somebody may or must do is said to its end.
    const followsModal = firstModal >= 0 && firstModal < from
    const nothing = whole || (fromStart && from === 0) || followsModal
    const may = harmless(clause.slice(from, to), clause.slice(to), nothing)
    remembered.set(place, may)
    return may
  }
}

/** 契税 or 房东 alone stands in many clauses and says nothing by it. */
function isSomething(said: readonly Token[]): boolean {
  const text = textOf(said)
  return text.length >= 3 || text.includes(anyFigure) || words.label.test(text)
}

function standsAlone({ text }: Token): boolean {
  return words.single.test(text)
}

const beginsWithGroup = new RegExp(`^(?:${words.group.source})`)

function harmless(left: string, following: string, nothing: boolean): boolean {
  const rest = left.replace(words.droppable, '')
  if (rest === '') return true
  if (nothing || words.turning.test(rest) || words.binding.test(rest) || words.group.test(rest)) return false
  // 失能老人 is not 老人; 80至89岁老人 may be, where only one figure can be meant
  const qualifies = beginsWithGroup.test(following)
  return !qualifies || /[\ue000-\uf8ff]$/.test(rest)
}
