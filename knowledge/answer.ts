import type { Audience } from './audience.ts'

/** What the knowledge base says to a question, and how sure it is. */

export interface Source {
  /** Passage id: `file-name#section`, or the id of a JSONL row. */
  readonly id: string
  /** Title of the document. */
  readonly title: string
  /** Larger is better; comparable within one answer only. */
  readonly score: number
}

/** The passage that an answer quotes. */
export interface Passage {
  readonly id: string
  /** Of the document. */
  readonly title: string
  /** The heading or question above it; '' when there is none. */
  readonly heading: string
  /** Other ways residents ask the same. */
  readonly alsoAsked: readonly string[]
  readonly text: string
  readonly source?: string
  readonly number?: string
  /** Days as written: 2026-09-01. */
  readonly issued?: string
  readonly validUntil?: string
  readonly phone?: string
  readonly url?: string
  /** Where it holds, as written: 槐荫社区, 全市; everywhere when absent. */
  readonly region?: string
  readonly tags: readonly string[]
}

export interface Answer {
  /** The best passage answers the question; false: do not assert it. */
  readonly answered: boolean
  /** The passage's text with its source, number and date; '' when not answered. */
  readonly text: string
  /** 0 to 1: how likely it is that the best passage answers the question. */
  readonly confidence: number
  /** Best first, up to 10, also when not answered. */
  readonly sources: readonly Source[]
  /** The best one, when there is any. */
  readonly passage?: Passage
}

export interface AskOptions extends Audience {
  /** 2026-11-18, for validity. */
  readonly today: string
  /** The question before, for a follow-up such as "那要带什么材料". */
  readonly context?: string
  /** A second opinion from vectors, see rerank.ts. */
  readonly likeness?: Likeness
}

/** How like a passage is to the question, -1 to 1; undefined when nobody knows. */
export type Likeness = (passage: Passage) => number | undefined

export interface Knowledge {
  /** Documents that are for other places or other groups are neither quoted nor listed. */
  ask(question: string, options: AskOptions): Answer
}
