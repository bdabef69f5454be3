import type { Chat, ChatEvent, InboundMessage } from './chat.ts'
import { groupOf } from './directory.ts'
import type { Timer } from './documents.ts'
import { fire } from './duties.ts'
import { befriend, enterGroup, leaveGroup, rename } from './group-life.ts'
import type { House } from './house.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { hear } from './pipeline.ts'
import { startReading } from './reading.ts'
import { recall } from './recall.ts'

/**
 * The bot without a clock of its own: it is told what was said and what time it is. bot/live.ts drives it with
 * real time, replay with virtual time; both go the same way.
 */
export interface Engine {
  /** One event of one chat; resolves when it is durable and glanced at. */
  handle(chat: Chat, event: ChatEvent): Promise<void>
  /** Fires every timer that is due and sends what may be sent. */
  runDue(): Promise<void>
  /** The next instant at which something is due, if anything waits. */
  nextDue(): Promise<number | undefined>
}

const batch = 500

/**
 * `sideBySide`: one conversation's slow model call must not hold up another. Replay goes one by one, so that
 * the same input gives the same output.
 */
export function createEngine(house: House, { sideBySide }: { readonly sideBySide: boolean }): Engine {
  const outboxes = new Map<Chat, Outbox>(house.chats.map((chat) => [chat, createOutbox(house, chat)]))
  const firing = new Map<string, Promise<void>>()

  function fireOnce(timer: Timer): Promise<void> {
    const started = firing.get(timer.id) ?? fire(house, timer).finally(() => firing.delete(timer.id))
    firing.set(timer.id, started)
    return started
  }
  async function dueTimers(): Promise<readonly Timer[]> {
    const range = { field: 'dueAt', lte: house.now() }
    return (await house.store.find<Timer>('timers', { order: 'dueAt', range, limit: batch })).documents
  }
  async function fireAll(timers: readonly Timer[]): Promise<void> {
    if (!sideBySide) {
      for (const timer of timers) await fireOnce(timer)
      return
    }
    const fired = await Promise.allSettled(timers.map(fireOnce))
    const failed = fired.find((each) => each.status === 'rejected')
    if (failed) throw failed.reason
  }
  return {
    async handle(chat, event) {
      const outbox = outboxes.get(chat)
      if (event.type === 'message' && event.message.own) await echo(house, outbox, event.message)
      else await handleEvent(house, chat, event)
    },
    async runDue() {
      try {
        for (let due = await dueTimers(); due.length > 0; due = await dueTimers()) await fireAll(due)
      } finally {
        // one timer that fails must not keep back the words of all others
        await Promise.all([...outboxes.values()].map((outbox) => outbox.pump()))
      }
    },
    async nextDue() {
      const page = await house.store.find<Timer>('timers', { order: 'dueAt', limit: firing.size + 1 })
      const timer = page.documents.find((each) => !firing.has(each.id))
      const sends = await Promise.all([...outboxes.values()].map((outbox) => outbox.nextAt()))
      const all = [timer?.dueAt, ...sends].filter((at) => at !== undefined)
      return all.length > 0 ? Math.min(...all) : undefined
    },
  }
}

async function handleEvent(house: House, chat: Chat, event: ChatEvent): Promise<void> {
  switch (event.type) {
    case 'message':
      return hear(house, chat, event.message)
    case 'recalled':
      return recall(house, event)
    case 'joined':
      return event.self ? enterGroup(house, event) : undefined
    case 'left':
      return event.self ? leaveGroup(house, event) : undefined
    case 'renamed':
      return rename(house, event)
    case 'friend':
      return befriend(house, chat, event)
    case 'lost':
      return noteLost(house, event)
    case 'qr':
    case 'up':
    case 'down':
      return undefined
  }
}

async function echo(house: House, outbox: Outbox | undefined, message: InboundMessage): Promise<void> {
  const { account, room, id: messageId, text } = message
  const group = room && (await groupOf(startReading(house.store), account, room, false)).group?.id
  await outbox?.confirm({ messageId, text, ...(group !== undefined && { group }) })
}

async function noteLost(house: House, { account, from, to }: ChatEvent & { type: 'lost' }): Promise<void> {
  const id = `${account}/${from}`
  await house.store.commit([
    { collection: 'lostWindows', id, put: { id, account, from, to } as { id: string } },
  ])
  const seconds = Math.round((to - from) / 1000)
  const text = `account ${account} heard nothing for ${seconds} s: what was said then is lost; look into the groups`
  house.observe({ type: 'trouble', at: house.now(), text })
}
