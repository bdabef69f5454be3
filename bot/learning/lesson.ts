import type { Example } from '../../intents/corpus.ts'
import type { Correction } from '../documents.ts'

/** What corrections teach: examples for the model, and names of places that no rule knows. */
export interface Lesson {
  readonly examples: readonly Example[]
  readonly landmarks: readonly string[]
}

/** Later corrections of the same words win. */
export function lessonOf(corrections: readonly Correction[]): Lesson {
  const valid = corrections.filter(({ state }) => state === 'valid')
  const newest = new Map(valid.map((correction) => [correction.text, correction]))
  return {
    examples: [...newest.values()].flatMap(exampleOf),
    landmarks: [...new Set(valid.flatMap(landmarkOf))],
  }
}

/** A complaint needs its category; what is unknown teaches nothing. */
function exampleOf({ id, text, right, was }: Correction): Example[] {
  if (right.intent === undefined && right.category === undefined) return []
  const intent = right.intent ?? 'complaint'
  const example = { text, intent, urgency: 'normal', source: id } as const
  if (intent !== 'complaint') return [example]
  const category = right.category ?? was?.category
  return category ? [{ ...example, category }] : []
}

/** 老槐树底下: said in those words, and without a number that the rules read anyway. */
function landmarkOf({ text, right }: Correction): string[] {
  const { place } = right
  const isName = place !== undefined && /^[\u4e00-\u9fff]{2,12}$/u.test(place)
  return isName && text.includes(place) ? [place] : []
}
