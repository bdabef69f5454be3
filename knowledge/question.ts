import { findAspects, firstAspect } from './aspects.ts'
import { type FoundPhrase, PhraseTable } from './phrases.ts'
import { isFunction, type Placed, placeTerms } from './placed-terms.ts'
import type { SynonymTerms } from './synonym-terms.ts'
import type { TermIndex, WeightedTerm } from './term-index.ts'
import { foldText, isSingleCharacter } from './terms.ts'

/** What a question asks for, in terms of the index. */
export interface Question {
  /** For the search: its own terms, those of synonyms, and aspects. */
  readonly terms: readonly WeightedTerm[]
  /** The score of a passage that says all of it: with one of the synonyms, as no passage has them all. */
  readonly achievable: number
  /** For the evidence: what a passage ought to mention. */
  readonly wanted: readonly Wanted[]
  /** Sum of the weights of `wanted`. */
  readonly weight: number
  /** The aspects asked about, one bit each. */
  readonly aspectBits: number
  /** Places of the characters that name things: no grammar, no aspect, no politeness. */
  readonly content: readonly number[]
  /** Has the form of a question, or names an aspect as questions do. */
  readonly asks: boolean
  /** 高龄津贴: names a thing and asks nothing. */
  readonly isBareSubject: boolean
}

/** A pair of characters, a word, or a phrase with its synonyms. */
export interface Wanted {
  readonly weight: number
  /** Any of these sets of terms will do. */
  readonly alternatives: readonly (readonly number[])[]
  /** Its characters in the question. */
  readonly start: number
  readonly end: number
}

/** Politeness and address: they say nothing about the subject. */
const carriers = new PhraseTable([
  '请问一下 请问 问一下 想问问 想问一下 想问 问问 我想知道 想知道 麻烦 谢谢 多谢 你好 您好 大家好 大家 各位 邻居们'.split(
    ' ',
  ),
  '有没有人知道 有人知道 有谁知道 谁知道 知道的说一下 知道不 知道吗 小邻 咨询一下 想咨询 咨询 求助 打听一下 打听 了解一下'.split(
    ' ',
  ),
  '有没有懂的 有没有 到底 一般 应该 还是说 另外 顺便 的话 一下 办一个 办个 办一张 弄一个 弄一张 我们小区 我们 你们 咱们 俺们 我家 俺家 咱家 我妈 我爸 俺妈 俺爸 我'.split(
    ' ',
  ),
])

const questionForm = /[吗嗎呢？?怎咋啥谁誰哪几幾]|什么|什麼|多少|多久|如何|[能可会要有是]不|没有$|[不没]$/

const synonymWeight = 0.6
/** The words of 去哪里办 matter less than that they ask where: the aspect itself is a term. */
const askingWeight = 0.45
/** In a large base a character of this share of the passages costs most of the time and moves no rank. */
const commonShare = 0.4
const largeBase = 1000
const aspectWeight = 0.8
/** In a likeness of questions an aspect says more than a word as rare. */
const aspectLikeness = 1.5
const longestBareSubject = 8

export function readQuestion(text: string, index: TermIndex, synonyms: SynonymTerms): Question {
  const folded = inWordsOfDocuments(withoutCarriers(foldText(text)), synonyms)
  const asked = findAspects(folded)
  const spans = synonyms.find(folded)
  const placed = placeTerms(folded)
  const wanted = wantedOf(placed, spans, asked, synonyms, index)
  const content = contentOf(blanked(folded, asked))
  const asks = asked.length > 0 || questionForm.test(text.trim())
  return {
    terms: searchTerms(placed, spans, asked, synonyms, index),
    achievable: achievableOf(placed, spans, asked, synonyms, index),
    wanted,
    weight: wanted.reduce((sum, { weight }) => sum + weight, 0),
    aspectBits: aspectBitsOf(asked),
    content,
    asks,
    isBareSubject: !asks && content.length >= 2 && text.length <= longestBareSubject,
  }
}

/**
 * 老年卡在哪儿办: a word and what is asked about it, no more. It is asked in the documents' word, 老年证, lest some
 * passage win that merely has the other word.
 */
function inWordsOfDocuments(folded: string, synonyms: SynonymTerms): string {
  const [span, other] = synonyms.find(folded)
  if (span === undefined || other !== undefined) {
    return folded
  }
  const rest = blanked(folded, [span])
  const asked = findAspects(rest)
  return asked.length === 0 || contentOf(blanked(rest, asked)).length > 0
    ? folded
    : folded.slice(0, span.start) + synonyms.usual(span) + folded.slice(span.end)
}

/** One bit for each. */
export function aspectBitsOf(named: readonly FoundPhrase[]): number {
  return named.reduce((bits, { group }) => bits | (1 << group), 0)
}

/** In a likeness of questions, what the aspects count, beside words that count by their rarity. */
export function weightOfAspects(bits: number, index: TermIndex): number {
  let sum = 0
  for (let group = 0, rest = bits; rest !== 0; group++, rest >>>= 1) {
    if ((rest & 1) === 1) {
      sum += aspectLikeness * index.rarity(firstAspect + group)
    }
  }
  return sum
}

function contentOf(text: string): number[] {
  const places: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (isContent(text[at] as string)) {
      places.push(at)
    }
  }
  return places
}

export function isContent(character: string): boolean {
  return character !== ' ' && !isFunction(character.charCodeAt(0))
}

/** The subject of an earlier question: what it asked about it is left out. */
export function subjectOf(context: string): string {
  const folded = withoutCarriers(foldText(context))
  return blanked(folded, findAspects(folded)).trim()
}

/** 带啥东西去 asks, but about nothing: whatever fits it alone fits by chance. */
export function namesNothing({ content, asks }: Question): boolean {
  return asks && content.length <= leastNamed
}

const leastNamed = 1

/** 那要带什么材料: what is meant stands in the question before. */
export function isElliptical(text: string): boolean {
  const folded = withoutCarriers(foldText(text)).trim()
  const rest = contentOf(blanked(folded, findAspects(folded)))
  return rest.length <= leastNamed || (/^(那|还|它|这个|这种|然后)/.test(folded) && rest.length <= 4)
}

export function withoutCarriers(folded: string): string {
  return blanked(folded, carriers.find(folded))
}

export function blanked(text: string, spans: readonly FoundPhrase[]): string {
  if (spans.length === 0) {
    return text
  }
  let rest = ''
  let from = 0
  for (const { start, end } of spans) {
    rest += text.slice(from, start) + ' '.repeat(end - start)
    from = end
  }
  return rest + text.slice(from)
}

function searchTerms(
  placed: readonly Placed[],
  spans: readonly FoundPhrase[],
  asked: readonly FoundPhrase[],
  synonyms: SynonymTerms,
  index: TermIndex,
): WeightedTerm[] {
  const weights = new Map<number, number>()
  const raise = (term: number, factor: number) => {
    if (factor > (weights.get(term) ?? 0)) {
      weights.set(term, factor)
    }
  }
  const tooCommon = index.size >= largeBase ? index.size * commonShare : Number.POSITIVE_INFINITY
  for (const { term, factor, start, end } of placed) {
    if (!isSingleCharacter(term) || index.spread(term) <= tooCommon) {
      raise(term, touches(asked, start, end) ? factor * askingWeight : factor)
    }
  }
  for (const span of spans) {
    for (const term of synonyms.read(span).others) {
      raise(term, synonymWeight)
    }
  }
  for (const { group } of asked) {
    raise(firstAspect + group, aspectWeight)
  }
  const terms: WeightedTerm[] = []
  for (const [term, factor] of weights) {
    terms.push({ term, weight: factor * index.rarity(term) })
  }
  return terms
}

function achievableOf(
  placed: readonly Placed[],
  spans: readonly FoundPhrase[],
  asked: readonly FoundPhrase[],
  synonyms: SynonymTerms,
  index: TermIndex,
): number {
  const own = searchTerms(placed, [], asked, synonyms, index)
  const said = own.reduce((sum, { weight }) => sum + weight, 0)
  return spans.reduce((sum, span) => sum + synonymWeight * synonyms.read(span).best, said)
}

function wantedOf(
  placed: readonly Placed[],
  spans: readonly FoundPhrase[],
  asked: readonly FoundPhrase[],
  synonyms: SynonymTerms,
  index: TermIndex,
): Wanted[] {
  const wanted: Wanted[] = []
  for (const span of spans) {
    const { weight, alternatives } = synonyms.read(span)
    wanted.push({ weight, alternatives, start: span.start, end: span.end })
  }
  const seen = new Set<number>()
  for (const { term, start, end, factor, alone } of placed) {
    const isPart = isSingleCharacter(term) && !alone
    if (isPart || seen.has(term) || lies(spans, start, end) || lies(asked, start, end)) {
      continue
    }
    seen.add(term)
    wanted.push({ weight: factor * index.rarity(term), alternatives: [[term]], start, end })
  }
  return wanted
}

function touches(phrases: readonly FoundPhrase[], start: number, end: number): boolean {
  for (const phrase of phrases) {
    if (start < phrase.end && end > phrase.start) {
      return true
    }
  }
  return false
}

function lies(phrases: readonly FoundPhrase[], start: number, end: number): boolean {
  for (const phrase of phrases) {
    if (start >= phrase.start && end <= phrase.end) {
      return true
    }
  }
  return false
}
