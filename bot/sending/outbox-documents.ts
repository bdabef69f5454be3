import type { Attachment } from '../notices/notice.ts'
import type { Instant } from '../ports/chat.ts'

/** A file in the folder of reports; it is durable before an entry names it. */
export interface OutgoingPicture {
  /** As whoever gets it sees it. */
  readonly name: string
  readonly file: string
}

/** `outdated`: it waited, and what it says was not true any more. */
export type OutboxState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'confirmed'
  | 'failed'
  | 'unconfirmed'
  | 'outdated'
  /** A copy of a notice that waits: its notice is paused, or an attachment whose words have not arrived. */
  | 'held'
  /** A copy of a notice that is not to be sent any more; `error` says why. */
  | 'skipped'

export interface OutboxEntry {
  readonly id: string
  readonly account: string
  readonly to: { readonly group: string } | { readonly person: string }
  readonly kind: 'reply' | 'alert' | 'notice'
  readonly text: string
  /** Then this is sent, and nothing of the text. */
  readonly picture?: OutgoingPicture
  readonly state: OutboxState
  /** Of what waits for the end of the quiet hours: true as long as the ticket stands as after this event of it. */
  readonly about?: { readonly ticket: string; readonly sequence: number }
  /** Emergencies: no gap, no quiet hours. */
  readonly urgent: boolean
  /** The notice it is a copy of. */
  readonly notice?: string
  /** Of a notice with an attachment: sent in the same group right after the words. */
  readonly attachment?: Attachment
  /** Of a notice: not sent after this instant. */
  readonly expiresAt?: Instant
  readonly queuedAt: Instant
  /** Not before this instant. */
  readonly dueAt: Instant
  /** Priority class and queue order in one number: see sending/outbox-order.ts. */
  readonly rank: number
  readonly attempts: number
  /** The messenger's id of what was sent. */
  readonly messageId?: string
  readonly error?: string
  /** Of a notice: when this copy came to its end. */
  readonly endedAt?: Instant
  readonly forgetAt: Instant | null
}
