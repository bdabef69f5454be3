import type { Example } from '../../intents/corpus.ts'
import type { Correction } from './correction-documents.ts'

/** What corrections teach: examples for the model, and names of places that no rule knows. */
export interface Lesson {
  readonly examples: readonly Example[]
  readonly landmarks: readonly string[]
}

/** What was said of the same words is put together; where two corrections disagree, the later one wins. */
export function lessonOf(corrections: readonly Correction[]): Lesson {
  const together = new Map<string, Correction>()
  for (const correction of corrections) {
    if (correction.state !== 'valid') continue
    const before = together.get(correction.text)
    together.set(correction.text, before ? joined(before, correction) : correction)
  }
  const all = [...together.values()]
  const landmarks = all.flatMap(({ right, text }) => landmarkOf(right.place ?? '', text) ?? [])
  return { examples: all.flatMap(exampleOf), landmarks: [...new Set(landmarks)] }
}

function joined(before: Correction, later: Correction): Correction {
  const { category, ...right } = { ...before.right, ...later.right }
  const isComplaint = later.right.category !== undefined || (right.intent ?? 'complaint') === 'complaint'
  const was = later.was ?? before.was
  return {
    ...later,
    right: {
      ...right,
      ...(later.right.category && { intent: 'complaint' }),
      ...(isComplaint && category && { category }),
    },
    ...(was && { was }),
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

/** 老槐树底下: a name said in the words themselves, without a number that the rules read anyway. */
export function landmarkOf(place: string, text: string): string | undefined {
  return /^[\u4e00-\u9fff]{2,12}$/u.test(place) && text.includes(place) ? place : undefined
}
