import type { Category, Intent, Urgency } from '../../intents/understanding.ts'

/**
 * The model port: a server that speaks the OpenAI protocol. Optional, slow, sometimes wrong: every call may
 * give undefined (no key, budget spent, breaker open, timeout, nonsense), and then the local way answers.
 * The adapter masks personal data before anything leaves.
 */
export interface Model {
  /** Asked only inside the unsure band of the local model. */
  understand(text: string): Promise<ModelUnderstanding | undefined>
  /** Words an answer out of found passages, and only out of them. */
  compose(question: string, passages: readonly ModelPassage[]): Promise<string | undefined>
  embed(texts: readonly string[]): Promise<readonly (readonly number[])[] | undefined>
}

export interface ModelUnderstanding {
  readonly intent: Intent
  readonly category?: Category
  readonly urgency: Urgency
  /** 0 to 1. */
  readonly confidence: number
}

export interface ModelPassage {
  readonly title: string
  readonly heading: string
  readonly text: string
}
