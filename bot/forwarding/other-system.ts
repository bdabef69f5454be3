import type { AlertChannel } from '../ports/alert-channel.ts'
import type { RemoteState, TicketSystem } from '../ports/ticket-system.ts'

/** A system of tickets/forwarding.yaml, made from its configuration: it takes tickets, alerts, or both. */
export interface OtherSystem {
  readonly name: string
  readonly tickets?: TicketSystem
  readonly alerts?: AlertChannel
  /** Words as they were said, rooms and phones: only for a system that the law lets have them. */
  readonly personal: boolean
  /** ms between two looks at the open tickets over there; absent when they cannot be read. */
  readonly pollEvery?: number
  /** Least ms between two alerts. */
  readonly alertGap: number
  /** What their status webhooks are signed with; absent: they send none. */
  readonly secret?: string
  /** What their words for a state mean, in these webhooks. */
  readonly states?: Readonly<Record<string, RemoteState>>
}
