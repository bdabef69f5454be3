import type { House } from '../house.ts'
import type { Chat } from '../ports/chat.ts'
import type { Stored } from '../ports/store.ts'
import { confirmEntry } from './confirmed.ts'
import { deliverCopy } from './deliver-copy.ts'
import { deliverReply } from './deliver-reply.ts'
import { createEchoes, type Echoes } from './echoes.ts'
import { createGaps, type GroupGaps, keyOf } from './gaps.ts'
import { nextEntry } from './next-entry.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/**
 * The outbox of one account: the queue itself, and the keeper of the gaps. It sends one entry at a time, the
 * next by (emergencies, replies, notices; then age), skipping groups whose own gap has not passed. Only where
 * no gaps are wanted (a gateway without limits, measurements) several conversations are sent to at once, and
 * still one message at a time to each.
 */
export interface Outbox {
  /** Sends whatever may be sent now. */
  pump(): Promise<void>
  /** A pump is under way: what is due is being sent. */
  isBusy(): boolean
  /** The next instant at which something may be sent, if anything waits that is not being sent. */
  nextAt(): Promise<number | undefined>
  /** Our own words came back: the proof for messengers that return no id. */
  confirm(echo: Echo): Promise<void>
}

export interface Echo {
  readonly messageId: string
  /** '' for pictures and files. */
  readonly text: string
  /** Our group id; asked for only when something waits for its echo. */
  group(): Promise<string | undefined>
}

/** @param groups when groups may be spoken to again: the same for all accounts of a process */
export function createOutbox(house: House, chat: Chat, groups: GroupGaps = new Map()): Outbox {
  const gaps = createGaps(house, groups)
  const echoes = createEchoes()
  const delivery = { house, chat, gaps, echoes }
  let pumping: Promise<void> | undefined

  /** While the link is down everything waits, and no attempt is counted; `up` pumps again. */
  const isUp = () => chat.state().state === 'up'

  async function sendWhatMay(): Promise<void> {
    const sending = new Map<string, Promise<void>>()
    const failures: unknown[] = []
    while (isUp() && failures.length === 0) {
      const isFull = sending.size >= gaps.atOnce
      const next = isFull ? undefined : await nextEntry(house, chat.account, gaps, new Set(sending.keys()))
      if (next && next.at <= house.now()) {
        const key = keyOf(next.entry)
        const sent = deliver(next.entry)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => sending.delete(key))
        sending.set(key, sent)
        if (gaps.atOnce === 1) await sent
      } else if (sending.size > 0) {
        await Promise.race(sending.values())
      } else break
    }
    // one that fails ends the pump, but not before the others under way have come to their end
    await Promise.all(sending.values())
    throwFirst(failures)
  }
  function deliver(entry: Stored<OutboxEntry>): Promise<void> {
    return entry.kind === 'notice' ? deliverCopy(delivery, entry) : deliverReply(delivery, entry)
  }
  return {
    pump() {
      pumping ??= sendWhatMay().finally(() => {
        pumping = undefined
      })
      return pumping
    },
    isBusy: () => pumping !== undefined,
    async nextAt() {
      if (!isUp() || pumping !== undefined) return undefined
      return (await nextEntry(house, chat.account, gaps))?.at
    },
    confirm: (echo) => confirm(house, echoes, echo),
  }
}

function throwFirst(failures: readonly unknown[]): void {
  if (failures.length > 0) throw failures[0]
}

async function confirm(house: House, echoes: Echoes, { messageId, text, group }: Echo): Promise<void> {
  if (!echoes.mayBe(text)) return
  const heard = echoes.heard(await group(), text, messageId)
  if (heard) await confirmEntry(house, heard, messageId)
}
