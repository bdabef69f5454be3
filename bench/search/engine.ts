import type { Passage } from '../../knowledge/answer.ts'

/** What the bench asks of a search library. */
export interface Engine {
  readonly name: string
  build(passages: readonly Passage[]): Promise<Search> | Search
}

export interface Search {
  /** Ids of the ten best passages, best first. */
  find(question: string): readonly string[] | Promise<readonly string[]>
  /** For what does not live in JavaScript's memory. */
  readonly bytes?: number
}

export const wanted = 10

export const fieldNames = ['heading', 'asked', 'title', 'text'] as const
/** LinLi's own weights, for the competitors that can weigh fields. */
export const fieldWeights = { heading: 3, asked: 2, title: 1.5, text: 1 } as const

export function fieldsOf(passage: Passage): Record<(typeof fieldNames)[number], string> {
  return {
    heading: passage.heading,
    asked: passage.alsoAsked.join(' '),
    title: [passage.title, ...passage.tags].join(' '),
    text: passage.text,
  }
}

export function joined(passage: Passage): string {
  return Object.values(fieldsOf(passage)).join(' ')
}

/** Character bigrams of each run of letters and digits; for Chinese better than words in every engine here. */
export function bigrams(text: string): string[] {
  const found: string[] = []
  for (const run of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (run.length === 1) found.push(run)
    for (let at = 0; at + 1 < run.length; at++) found.push(run.slice(at, at + 2))
  }
  return found
}
