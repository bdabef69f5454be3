import { findAspects, firstAspect } from './aspects.ts'
import { type FoundPhrase, PhraseTable } from './phrases.ts'
import type { TermIndex, WeightedTerm } from './term-index.ts'
import { foldText, hashOn, isSingleCharacter, pairTerm, wordSeed, wordTerm } from './terms.ts'

/** What a question asks for, in terms of the index. */
export interface Question {
  /** For the search: its own terms, those of synonyms, and aspects. */
  readonly terms: readonly WeightedTerm[]
  /** For the evidence: what a passage ought to mention. */
  readonly wanted: readonly Wanted[]
  /** Sum of the weights of `wanted`. */
  readonly weight: number
  /** Terms of the aspects asked about. */
  readonly aspects: readonly number[]
  /** Places of the characters that name things: no grammar, no aspect, no politeness. */
  readonly content: readonly number[]
  /** Has the form of a question, or names an aspect as questions do. */
  readonly asks: boolean
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
  '有没有懂的 有没有 到底 一般 应该 还是说 另外 顺便 的话 一下 我们小区 我们 你们 咱们 俺们 我家 俺家 咱家 我妈 我爸 俺妈 俺爸 我'.split(
    ' ',
  ),
])

const questionForm = /[吗嗎呢？?怎咋啥谁誰哪几幾]|什么|什麼|多少|多久|如何|[能可会要有是]不|没有$|[不没]$/

/** A pair with one of these is grammar more than subject. */
const functionCharacters = new Set(
  '的了吗呢吧啊呀不咋啥么我你他她它俺们这那有没要能可以在去到办和是就都也还很多少几怎什谁哪得给让被把从跟为会想用个一着过上下里做弄说看来'.split(
    '',
  ),
)
const functionWeight = 0.3
const singleWeight = 1.1
const synonymWeight = 0.6
/** The words of 去哪里办 matter less than that they ask where: the aspect itself is a term. */
const askingWeight = 0.45
/** In a large base a character of this share of the passages costs most of the time and moves no rank. */
const commonShare = 0.4
const largeBase = 1000
const aspectWeight = 0.8

interface Placed {
  readonly term: number
  readonly start: number
  readonly end: number
  readonly factor: number
}

export function readQuestion(text: string, index: TermIndex, synonyms: PhraseTable): Question {
  const folded = withoutCarriers(foldText(text))
  const asked = findAspects(folded)
  const spans = synonyms.find(folded)
  const placed = placeTerms(folded)
  const aspects = [...new Set(asked.map(({ group }) => firstAspect + group))]
  const wanted = [
    ...spans.map((span) => wantedPhrase(span, synonyms, index)),
    ...wantedTerms(placed, [...spans, ...asked], index),
  ]
  return {
    terms: searchTerms(placed, spans, asked, synonyms, index),
    wanted,
    weight: wanted.reduce((sum, { weight }) => sum + weight, 0),
    aspects,
    content: contentOf(blanked(folded, asked)),
    asks: asked.length > 0 || questionForm.test(text.trim()),
  }
}

function contentOf(text: string): number[] {
  return Array.from(text, (_, at) => at).filter((at) => isContent(text[at] as string))
}

function isContent(character: string): boolean {
  return character !== ' ' && !functionCharacters.has(character)
}

/** The subject of an earlier question: what it asked about it is left out. */
export function subjectOf(context: string): string {
  const folded = withoutCarriers(foldText(context))
  return blanked(folded, findAspects(folded)).trim()
}

/** 那要带什么材料: what is meant stands in the question before. */
export function isElliptical(text: string): boolean {
  const folded = withoutCarriers(foldText(text)).trim()
  const rest = contentOf(blanked(folded, findAspects(folded)))
  return rest.length <= 1 || (/^(那|还|它|这个|这种|然后)/.test(folded) && rest.length <= 4)
}

function withoutCarriers(folded: string): string {
  return blanked(folded, carriers.find(folded))
}

function blanked(text: string, spans: readonly FoundPhrase[]): string {
  let rest = ''
  let from = 0
  for (const { start, end } of spans) {
    rest += text.slice(from, start) + ' '.repeat(end - start)
    from = end
  }
  return rest + text.slice(from)
}

/** As readTerms reads them, with their places. */
function placeTerms(folded: string): Placed[] {
  const placed: Placed[] = []
  for (const run of folded.matchAll(/[0-9a-z]+|[^ 0-9a-z]+/g)) {
    const text = run[0]
    if (text.charCodeAt(0) < 0x80) {
      let hash = wordSeed
      for (let at = 0; at < text.length; at++) {
        hash = hashOn(hash, text.charCodeAt(at))
      }
      placed.push({ term: wordTerm(hash), start: run.index, end: run.index + text.length, factor: 1 })
    } else {
      placeCharacters(text, run.index, placed)
    }
  }
  return placed
}

function placeCharacters(text: string, start: number, placed: Placed[]): void {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const single = functionCharacters.has(text[at] as string) ? functionWeight : 1
    placed.push({ term: code, start: start + at, end: start + at + 1, factor: single * singleWeight })
    if (at > 0) {
      const before = functionCharacters.has(text[at - 1] as string) ? functionWeight : 1
      const factor = Math.min(single, before)
      placed.push({
        term: pairTerm(text.charCodeAt(at - 1), code),
        start: start + at - 1,
        end: start + at + 1,
        factor,
      })
    }
  }
}

function phraseTerms(phrase: string): Placed[] {
  return placeTerms(phrase).filter(({ term }) => !isSingleCharacter(term))
}

function searchTerms(
  placed: readonly Placed[],
  spans: readonly FoundPhrase[],
  asked: readonly FoundPhrase[],
  synonyms: PhraseTable,
  index: TermIndex,
): WeightedTerm[] {
  const weights = new Map<number, number>()
  const raise = (term: number, factor: number) => {
    weights.set(term, Math.max(weights.get(term) ?? 0, factor))
  }
  const tooCommon = index.size >= largeBase ? index.size * commonShare : Number.POSITIVE_INFINITY
  for (const { term, factor, start, end } of placed) {
    if (isSingleCharacter(term) && index.spread(term) > tooCommon) {
      continue
    }
    const asking = asked.some((phrase) => start < phrase.end && end > phrase.start)
    raise(term, asking ? factor * askingWeight : factor)
  }
  for (const term of spans.flatMap((span) => synonymTerms(span, synonyms))) {
    raise(term, synonymWeight)
  }
  for (const { group } of asked) {
    raise(firstAspect + group, aspectWeight)
  }
  return [...weights].map(([term, factor]) => ({ term, weight: factor * index.rarity(term) }))
}

function synonymTerms({ group, phrase }: FoundPhrase, synonyms: PhraseTable): number[] {
  const others = (synonyms.groups[group] ?? []).filter((other) => other !== phrase)
  return others.flatMap((other) => phraseTerms(other).map(({ term }) => term))
}

function wantedPhrase(span: FoundPhrase, synonyms: PhraseTable, index: TermIndex): Wanted {
  const own = phraseTerms(span.phrase)
  const others = (synonyms.groups[span.group] ?? []).filter((phrase) => phrase !== span.phrase)
  const alternatives = [own, ...others.map(phraseTerms)]
    .map((terms) => terms.map(({ term }) => term))
    .filter((terms) => terms.length > 0)
  const known = alternatives.filter((terms) => terms.every((term) => index.spread(term) > 0))
  const weigh = (terms: readonly number[]) => terms.reduce((sum, term) => sum + index.rarity(term), 0)
  const ownWeight = weigh(own.map(({ term }) => term))
  // A word of the street that no document has weighs what the official one weighs.
  const weight = Math.min(ownWeight, ...known.map(weigh).map((each) => Math.max(each, ownWeight / 2)))
  return { weight, alternatives, start: span.start, end: span.end }
}

function wantedTerms(placed: readonly Placed[], spans: readonly FoundPhrase[], index: TermIndex): Wanted[] {
  const wanted: Wanted[] = []
  const seen = new Set<number>()
  for (const { term, start, end, factor } of placed) {
    const covered = spans.some((span) => start >= span.start && end <= span.end)
    if (covered || seen.has(term) || (isSingleCharacter(term) && !isAlone(placed, start))) {
      continue
    }
    seen.add(term)
    wanted.push({
      weight: factor * index.rarity(term),
      alternatives: [[term]],
      start,
      end,
    })
  }
  return wanted
}

/** A character that forms no pair stands for itself. */
function isAlone(placed: readonly Placed[], start: number): boolean {
  return !placed.some((other) => other.end - other.start === 2 && other.start <= start && start < other.end)
}
