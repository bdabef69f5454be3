import type { Example } from '../../intents/corpus.ts'

export interface Learner {
  readonly name: string
  train(examples: readonly Example[]): Promise<Reader> | Reader
}

/** The intent of one message. What it calls nothing counts as chatter. */
export type Reader = (text: string) => string | Promise<string>
