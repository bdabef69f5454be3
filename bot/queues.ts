import { createRunner, type Runner } from './forwarding/runner.ts'
import type { House } from './house.ts'
import type { Hands } from './leases/hands.ts'
import type { Chat } from './ports/chat.ts'
import type { GroupGaps } from './sending/gaps.ts'
import { createOutbox, type Outbox } from './sending/outbox.ts'

/**
 * The outboxes of the accounts, and what goes to other systems, as far as they are this process's. Each time
 * that an account is taken it gets a new outbox: the old one belongs to a house that may change nothing more.
 */
export interface Queues {
  outboxes(): readonly Outbox[]
  outboxOf(chat: Chat): Outbox | undefined
  runners(): readonly Runner[]
  all(): readonly (Outbox | Runner)[]
  /** Calls no other system any more. */
  leaveOthers(): void
}

export function createQueues(house: House, hands: Hands): Queues {
  const outboxes = new Map<Chat, { readonly own: House; readonly outbox: Outbox }>()
  let calling: { readonly own: House; readonly runners: readonly Runner[] } | undefined
  /** Two accounts do not speak to one group at the same moment. */
  const groups: GroupGaps = new Map()
  let left = false

  function outboxOf(chat: Chat): Outbox | undefined {
    const own = hands.of(chat.account)
    if (!own) {
      outboxes.delete(chat)
      return undefined
    }
    const known = outboxes.get(chat)
    if (known?.own === own) return known.outbox
    const outbox = createOutbox(own, chat, groups)
    outboxes.set(chat, { own, outbox })
    return outbox
  }
  function runners(): readonly Runner[] {
    const own = hands.house()
    if (calling && calling.own === own) return calling.runners
    for (const runner of calling?.runners ?? []) runner.stop()
    calling = own && {
      own,
      runners: left ? [] : (own.otherSystems ?? []).map((system) => createRunner(own, system)),
    }
    return calling?.runners ?? []
  }
  const mine = () => house.chats.map(outboxOf).filter((outbox) => outbox !== undefined)
  // the gaps of an account count from now on
  mine()
  return {
    outboxes: mine,
    outboxOf,
    runners,
    all: () => [...mine(), ...runners()],
    leaveOthers() {
      left = true
      for (const runner of calling?.runners ?? []) runner.stop()
    },
  }
}
