import type { TicketEvent } from '../tickets/event.ts'
import type { Ticket } from '../tickets/ticket.ts'
import type { Notice, NoticeEvent } from './notices/notice.ts'
import type { SilenceReason } from './outcome.ts'
import type { OutboxEntry } from './sending/outbox-documents.ts'

/** What the bot did, as it happened: replay prints these, `chat` shows them, logs count them. */
export type Happening =
  | { readonly type: 'ticket'; readonly at: number; readonly event: TicketEvent; readonly ticket: Ticket }
  | { readonly type: 'sent'; readonly at: number; readonly entry: OutboxEntry }
  | {
      /** An alert for a role that nobody holds, or for a person (id) whom there is no way to reach. */
      readonly type: 'undeliverable'
      readonly at: number
      readonly to: string
      readonly text: string
    }
  | {
      readonly type: 'silence'
      readonly at: number
      /** Inbox ids of the lines that led to nothing. */
      readonly lines: readonly string[]
      readonly reason: SilenceReason
      readonly why?: string
    }
  | {
      readonly type: 'question'
      readonly at: number
      readonly lines: readonly string[]
      readonly text: string
    }
  | { readonly type: 'notice'; readonly at: number; readonly event: NoticeEvent; readonly notice: Notice }
  | {
      readonly type: 'decided'
      readonly at: number
      readonly lines: readonly string[]
      readonly why: string
    }
  | {
      readonly type: 'trouble'
      readonly at: number
      /** For the operator: what failed, with what, and what to do. No personal data. */
      readonly text: string
    }
