import { readMarker } from '../documents/markers.ts'
import type { QuestionGrouping, QuestionSense } from '../question-groups.ts'
import { foldText } from '../terms.ts'
import type { Placed } from './finding.ts'

/** Passages that answer the same question, by their headings and the other ways to ask. */
export interface AlikeQuestions {
  readonly one: number
  readonly other: number
  /** As the first of them puts it. */
  readonly question: string
  /** From `enough` to 1. */
  readonly likeness: number
  /** Word for word, but for punctuation. */
  readonly same: boolean
}

/** Stricter than for residents' questions: a contradiction must not be told where two things are asked. */
const enough = 0.75
/** So many rarest things of a question are looked up. */
const keysLooked = 4
const mostInBucket = 80
/** Shorter headings (费用, 怎么办理) say nothing without their title. */
const shortestAlone = 6

interface Asked {
  readonly passage: number
  readonly text: string
  readonly plain: string
  readonly sense: QuestionSense
}

export function findAlikeQuestions(
  placed: readonly Placed[],
  grouping: QuestionGrouping,
  onPassage?: (done: number) => void,
): AlikeQuestions[] {
  const found = new Map<string, AlikeQuestions>()
  const shelf = new Shelf()
  for (const [passage, each] of placed.entries()) {
    onPassage?.(passage + 1)
    const own = [...new Set(questionsOf(each))].map(
      (text): Asked => ({ passage, text, plain: plainOf(text), sense: grouping.read(text) }),
    )
    for (const asked of own)
      for (const other of shelf.near(asked)) keepCloser(found, pairOf(other, asked, grouping))
    // only now: a passage is not compared with itself
    for (const asked of own) shelf.add(asked)
  }
  return [...found.values()]
}

/** @returns undefined when they ask different things */
function pairOf(one: Asked, other: Asked, grouping: QuestionGrouping): AlikeQuestions | undefined {
  const likeness = one.plain === other.plain ? 1 : likenessOf(grouping, one.sense, other.sense)
  if (likeness < enough) return undefined
  const same = one.plain === other.plain
  return { one: one.passage, other: other.passage, question: one.text, likeness, same }
}

/** Two passages are told once, by the questions that are most alike. */
function keepCloser(found: Map<string, AlikeQuestions>, pair: AlikeQuestions | undefined): void {
  if (pair === undefined) return
  const key = `${pair.one} ${pair.other}`
  if (pair.likeness > (found.get(key)?.likeness ?? 0)) found.set(key, pair)
}

/** Questions by their rarest things. */
class Shelf {
  readonly #byKey = new Map<string, Asked[]>()

  near({ sense }: Asked): ReadonlySet<Asked> {
    return new Set(sense.keys.slice(0, keysLooked).flatMap((key) => this.#byKey.get(key) ?? []))
  }

  add(asked: Asked): void {
    for (const key of asked.sense.keys.slice(0, keysLooked)) {
      const bucket = this.#byKey.get(key) ?? []
      this.#byKey.set(key, bucket)
      if (bucket.length < mostInBucket) bucket.push(asked)
    }
  }
}

function likenessOf(grouping: QuestionGrouping, one: QuestionSense, other: QuestionSense): number {
  // 60岁 and 70岁 are asked about apart
  const sameNumbers =
    one.numbers.size === other.numbers.size && [...one.numbers].every((each) => other.numbers.has(each))
  return sameNumbers ? grouping.likeness(one, other) : 0
}

/** What a passage says it answers, each understandable without its document. */
export function questionsOf(placed: Placed): string[] {
  const { heading, title, alsoAsked } = placed.passage
  const subject = title.replaceAll(/（[^）]*）/gu, '')
  const leaf = withoutMark(heading.split(' > ').at(-1) ?? '')
  // 第十二条 alone asks nothing
  const own = leaf === '' ? [] : needsTitle(placed) ? [`${subject} ${leaf}`.trim()] : [heading]
  return [...own, ...alsoAsked]
}

/** 一、适用范围 is asked for as 适用范围. */
function withoutMark(heading: string): string {
  return readMarker(heading)?.rest ?? heading
}

/** Words that make a heading a question. */
const asking =
  /[？?]$|多少|几[天点岁个月]|怎[么样]|如何|哪[里儿些个]?|什么|[吗呢咋啥谁]|能不能|可不可以|是否|要不要/u

/** Whether a heading needs its title beside it: all but whole questions do, and those that are very short. */
function needsTitle({ isDocument, passage: { heading } }: Placed): boolean {
  if (!isDocument) return false
  return !asking.test(heading) || heading.includes(' > ') || plainOf(heading).length < shortestAlone
}

export function plainOf(text: string): string {
  return foldText(text).replaceAll(' ', '')
}
