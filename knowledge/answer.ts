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

export interface Knowledge {
  /** `context`: the question before, for a follow-up such as "那要带什么材料". `today`: 2026-11-18, for validity. */
  ask(question: string, options: { readonly today: string; readonly context?: string }): Answer
}
