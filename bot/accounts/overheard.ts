import type { House } from '../house.ts'
import type { LeftTo } from '../inbox.ts'
import { unlessLost } from '../leases/fenced-store.ts'
import type { Hands } from '../leases/hands.ts'
import type { Chat, InboundMessage } from '../ports/chat.ts'
import { startReading } from '../reading.ts'
import { didNotHear } from './hearing.ts'
import { linksOf } from './links.ts'

/**
 * Lines that an account heard and left to the owner of the group. An owner whose process was killed looks as if it were
 * there until somebody has noticed: seconds, in which all that is said would be lost. So such lines are kept for a while,
 * in memory, and heard once more when it turns out that the owner's link was not there. Who takes one is decided as
 * ever (hearing.ts), so that nobody is answered twice.
 */
export interface Overheard {
  /** A line of somebody else, the usual way; it is kept when it is left to the owner. */
  hear(own: House, chat: Chat, message: InboundMessage): Promise<void>
  pump(): Promise<void>
  isBusy(): boolean
  nextAt(): number | undefined
}

/** A lease is taken over within 15 s, and a link needs its time as well. */
const keptFor = 60_000
const lookEvery = 2_000
const most = 2_000

interface Kept {
  readonly chat: Chat
  readonly message: InboundMessage
  readonly owner: string
  readonly until: number
}

type Hear = (house: House, chat: Chat, message: InboundMessage) => Promise<LeftTo | undefined>

export function createOverheard(house: House, hands: Hands, hear: Hear): Overheard {
  const kept = new Set<Kept>()
  let lookAt = 0
  let pumping: Promise<void> | undefined

  function keep(line: Kept): void {
    if (kept.size === 0) lookAt = house.now() + lookEvery
    kept.add(line)
    const [oldest] = kept
    if (kept.size > most && oldest) kept.delete(oldest)
  }
  async function look(): Promise<void> {
    const now = house.now()
    if (kept.size === 0 || lookAt > now) return
    lookAt = now + lookEvery
    const links = new Map((await linksOf(startReading(house.store))).map((link) => [link.id, link]))
    for (const line of kept) {
      const { chat, message, owner, until } = line
      const own = hands.of(chat.account)
      const link = links.get(owner)
      if (!own || until <= now) kept.delete(line)
      else if (link && didNotHear(message.at)(link)) await unlessLost(again(line, own))
    }
  }
  async function again(line: Kept, own: House): Promise<void> {
    if (!(await hear(own, line.chat, line.message))) kept.delete(line)
  }
  return {
    async hear(own, chat, message) {
      const left = await hear(own, chat, message)
      if (left) keep({ chat, message, owner: left.leftTo, until: house.now() + keptFor })
    },
    pump() {
      pumping ??= look().finally(() => {
        pumping = undefined
      })
      return pumping
    },
    isBusy: () => pumping !== undefined,
    nextAt: () => (kept.size > 0 && pumping === undefined ? lookAt : undefined),
  }
}
