import type { Category, Urgency } from '../../intents/understanding.ts'
import type { TicketNumber, TicketState } from '../../tickets/ticket.ts'

/**
 * The port to other ticket systems. Our ledger stays the original: a forwarded ticket is brought to the state it
 * has here, with our number as the idempotency key, and read back after every write. What they answer comes home
 * through `fetch` (polling) or through the HTTP door (their webhook), and moves our ticket by a command.
 */
export interface TicketSystem {
  /** As tickets/forwarding.yaml calls it. */
  readonly name: string
  /**
   * Makes the other side say what `ticket` says, and reads back what it says then. Called again with the same
   * ticket it changes nothing: before a create without `remote` it looks for our number over there.
   * @throws TicketSystemError
   */
  forward(ticket: ForwardedTicket, remote: RemoteReference | undefined): Promise<Forwarding>
  /** What the other side says now; undefined when it has lost the ticket. @throws TicketSystemError */
  fetch(remote: RemoteReference): Promise<RemoteStatus | undefined>
}

/** What leaves the house: personal data masked, unless the system is configured to need it. */
export interface ForwardedTicket {
  /** 20261120-003: the idempotency key. */
  readonly id: TicketNumber
  /** Number of the last event in it: what is newer wins. */
  readonly sequence: number
  readonly state: TicketState
  /** 已派单 */
  readonly stateName: string
  readonly category: Category
  /** 公共设施 */
  readonly categoryName: string
  readonly urgency: Urgency
  /** 11号楼1单元电梯问题 */
  readonly title: string
  readonly text: string
  /** 11号楼1单元; '' when none is known. */
  readonly place: string
  readonly department: string
  /** ms since 1970. */
  readonly openedAt: number
  readonly deadline: number
  /** How it was handled; only when done. */
  readonly note?: string
}

export interface RemoteReference {
  /** Their id. */
  readonly id: string
  readonly url?: string
}

export interface Forwarding {
  readonly remote: RemoteReference
  readonly status: RemoteStatus
  /** What they say otherwise than we do, after the write: for staff to see. Empty when all agrees. */
  readonly differences: readonly Difference[]
}

export interface Difference {
  /** title, description, dueDate, status, … */
  readonly field: string
  readonly ours: string
  readonly theirs: string
}

/** `unknown`: a word of theirs that the mapping does not know; nothing moves, staff see it. */
export const remoteStates = ['open', 'handling', 'done', 'declined', 'unknown'] as const
export type RemoteState = (typeof remoteStates)[number]

export interface RemoteStatus {
  readonly state: RemoteState
  /** Their own word for it: Resolved. */
  readonly said: string
  /** What they did, or why they declined. */
  readonly note?: string
  /** ms since 1970. */
  readonly updatedAt?: number
}

export class TicketSystemError extends Error {
  /**
   * `unreachable`: not there, or 5xx, or too slow: try again later. `busy`: they ask to wait (429).
   * `authority`: the key is wrong. `refused`: they do not want this ticket as it is: an admin has to look.
   * `nonsense`: they answer what nobody understands.
   */
  readonly code: 'unreachable' | 'busy' | 'authority' | 'refused' | 'nonsense'
  /** ms to wait, when they said how long. */
  readonly retryAfter?: number

  constructor(
    code: TicketSystemError['code'],
    message: string,
    { retryAfter, cause }: { readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'TicketSystemError'
    this.code = code
    if (retryAfter !== undefined) this.retryAfter = retryAfter
  }
}
