import type { Instant } from '../ports/chat.ts'

/** The link of one account, as its process saw it last. Kept only where there are several accounts. */
export interface AccountLink {
  /** The account. */
  readonly id: string
  readonly state: 'up' | 'down'
  /** When it became so. */
  readonly since: Instant
  /** Why it is down. */
  readonly reason?: string
  /** Its contact ids at the messenger, the newest last: what these say is said by us. */
  readonly selves: readonly string[]
  /** What it is called there; '' until it was up for the first time. */
  readonly name: string
}

/** A line of a group in which several of our accounts are: whoever writes this first is the one who answers. */
export interface Hearing {
  /** Of group, name, kind and words: see bot/accounts/hearing.ts. */
  readonly id: string
  readonly account: string
  /** When it was said. */
  readonly at: Instant
  readonly forgetAt: Instant
}
