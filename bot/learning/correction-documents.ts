import type { Category, Intent } from '../../intents/understanding.ts'
import type { Understood } from '../documents.ts'
import type { Instant } from '../ports/chat.ts'

/** Staff say what something was; `linli learn` makes an example of it. */
export interface Correction {
  readonly id: string
  /** What was said, personal data masked. */
  readonly text: string
  /** What the bot took it for, when that is known. */
  readonly was?: Pick<Understood, 'intent' | 'category' | 'place'>
  readonly right: CorrectionOf
  /** Who said it; null when staff quoted it. */
  readonly person: string | null
  /** The ticket that came of it. */
  readonly ticket?: string
  /** Person id, or `operator`. */
  readonly by: string
  readonly at: Instant
  /** withdrawn: entered by mistake, kept for the record. */
  readonly state: 'valid' | 'withdrawn'
}

/** What it should have been; what is absent was right. */
export interface CorrectionOf {
  readonly intent?: Intent
  readonly category?: Category
  readonly place?: string
  /** What was answered is wrong: the question goes on the list, for staff to answer. */
  readonly answer?: 'wrong'
}
