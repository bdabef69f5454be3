import type { TicketNumber } from '../../tickets/ticket.ts'
import type { Instant } from '../ports/chat.ts'
import type { Difference, RemoteReference, RemoteStatus, TicketSystemError } from '../ports/ticket-system.ts'
import type { AlertEvent } from './rules.ts'

/** The durable queue to other systems: one document a system and ticket says what should be there, and what is. */
export interface Delivery {
  /** `${system}/${ticket}` */
  readonly id: string
  readonly system: string
  readonly ticket: TicketNumber
  /** Sequence of the last event that should be there; it grows in the transaction that writes the event. */
  readonly wanted: number
  /** Sequence that was there when it was last brought; 0 before that. */
  readonly done: number
  readonly state: DeliveryState
  /** null unless it is waiting. */
  readonly dueAt: Instant | null
  /** Failures since it last went through. */
  readonly attempts: number
  /** The ticket has not ended: the other side is asked how it goes. */
  readonly live: boolean
  readonly remoteId?: string
  readonly url?: string
  /** What they said last. */
  readonly remote?: RemoteStatus
  /** By our clock. */
  readonly remoteAt?: Instant
  readonly differences: readonly Difference[]
  /** It failed, or differs, and no admin was told yet. */
  readonly untold: boolean
  readonly error?: string
  /** What kind of error: admins hear of it in their own language. */
  readonly errorCode?: TicketSystemError['code']
}

export const deliveryStates = ['waiting', 'settled', 'failed'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** How a system is: whether it rests, when it is asked again, and what admins were told. */
export interface SystemState {
  /** Its name. */
  readonly id: string
  /** Nothing is sent before: it was not there, asked to wait, or did not know our key. */
  readonly restsUntil: Instant
  /** Calls in a row that failed. */
  readonly failures: number
  readonly trouble?: Trouble
  /** When the open tickets over there are looked at again; null when they cannot be read. */
  readonly pollAt: Instant | null
  /** When admins are told what went wrong; null when there is nothing to tell. */
  readonly tellAt: Instant | null
  readonly toldAt: Instant
}

export interface Trouble {
  readonly code: 'unreachable' | 'busy' | 'authority'
  readonly message: string
  readonly since: Instant
}

/** Waits until it is sent; then it is gone. */
export interface ChannelAlert {
  /** `${system}/${ticket}:${sequence}/${event}`; for red `${system}/${ticket}/red` */
  readonly id: string
  readonly system: string
  readonly ticket: TicketNumber
  readonly event: AlertEvent
  readonly dueAt: Instant
  /** For red the deadline. */
  readonly since: Instant
  readonly attempts: number
}

export function deliveryId(system: string, ticket: TicketNumber): string {
  return `${system}/${ticket}`
}

export function referenceOf({ remoteId, url }: Delivery): RemoteReference | undefined {
  return remoteId === undefined ? undefined : { id: remoteId, ...(url !== undefined && { url }) }
}
