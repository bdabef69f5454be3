import { fire } from './duties/duties.ts'
import { createRunner } from './forwarding/runner.ts'
import type { House } from './house.ts'
import { groupOf } from './people/directory.ts'
import { befriend, enterGroup, leaveGroup, rename } from './people/group-life.ts'
import { hear } from './pipeline.ts'
import type { Chat, ChatEvent, InboundMessage } from './ports/chat.ts'
import { startReading } from './reading.ts'
import { recall } from './recall.ts'
import { createOutbox, type Outbox } from './sending/outbox.ts'
import type { Timer } from './timer.ts'

/**
 * The bot without a clock of its own: it is told what was said and what time it is. bot/live.ts drives it with
 * real time, replay with virtual time; both go the same way.
 */
export interface Engine {
  /** One event of one chat; resolves when it is durable and glanced at. */
  handle(chat: Chat, event: ChatEvent): Promise<void>
  /** Fires every timer that is due and sends what may be sent; resolves when all of it is done. */
  runDue(): Promise<void>
  /**
   * Begins whatever is due and not under way, without waiting for it: one conversation's slow model call must
   * not hold up another. `done` is called as each piece ends; there may be more to begin then.
   */
  beginDue(done: (error?: unknown) => void): Promise<void>
  /** Something that was begun has not ended. */
  isBusy(): boolean
  /** The next instant at which something is due that is not under way, if anything waits. */
  nextDue(): Promise<number | undefined>
  /** Calls no other system any more; what is under way ends. */
  leaveOthers(): void
}

const batch = 500

export function createEngine(house: House): Engine {
  const outboxes = new Map<Chat, Outbox>(house.chats.map((chat) => [chat, createOutbox(house, chat)]))
  const runners = (house.otherSystems ?? []).map((system) => createRunner(house, system))
  const lanes = createLanes((timer) => fire(house, timer))

  async function dueTimers(): Promise<readonly Timer[]> {
    const range = { field: 'dueAt', lte: house.now() }
    return (await house.store.find<Timer>('timers', { order: 'dueAt', range, limit: batch })).documents
  }
  async function pumpAll(): Promise<void> {
    await Promise.all([...outboxes.values()].map((outbox) => outbox.pump()))
    if (runners.length === 0) return
    await Promise.all(runners.map((runner) => runner.pump()))
    // what other systems said may be told to somebody
    await Promise.all([...outboxes.values()].map((outbox) => outbox.pump()))
  }
  return {
    async handle(chat, event) {
      const outbox = outboxes.get(chat)
      if (event.type === 'message' && event.message.own) await echo(house, outbox, event.message)
      else await handleEvent(house, chat, event)
    },
    async runDue() {
      try {
        // one by one, so that the same input gives the same output
        for (let due = await dueTimers(); due.length > 0; due = await dueTimers())
          for (const timer of due) await lanes.run(timer)
      } finally {
        // one timer that fails must not keep back the words of all others
        await pumpAll()
      }
    },
    async beginDue(done) {
      for (const timer of await dueTimers()) if (!lanes.has(timer)) lanes.run(timer).then(() => done(), done)
      for (const each of [...outboxes.values(), ...runners]) {
        // a pump with nothing to send would ring for the next, for ever
        const at = each.isBusy() ? undefined : await each.nextAt()
        if (at !== undefined && at <= house.now()) each.pump().then(() => done(), done)
      }
    },
    isBusy: () => lanes.size() > 0 || [...outboxes.values(), ...runners].some((each) => each.isBusy()),
    async nextDue() {
      const page = await house.store.find<Timer>('timers', { order: 'dueAt', limit: lanes.size() + 1 })
      const timer = page.documents.find((each) => !lanes.has(each))
      const sends = await Promise.all([...outboxes.values(), ...runners].map((each) => each.nextAt()))
      const all = [timer?.dueAt, ...sends].filter((at) => at !== undefined)
      return all.length > 0 ? Math.min(...all) : undefined
    },
    leaveOthers() {
      for (const runner of runners) runner.stop()
    },
  }
}

/** Timers of one conversation, and lights, fire one after another, those of different conversations side by side. */
function createLanes(fireTimer: (timer: Timer) => Promise<void>) {
  const running = new Map<string, Promise<void>>()
  const tails = new Map<string, Promise<void>>()
  const laneOf = (timer: Timer) => {
    if (timer.kind === 'burst') return timer.conversation
    // one decision takes all of these that are due
    return timer.kind === 'light' || timer.kind === 'supervision' ? timer.kind : timer.id
  }

  function start(timer: Timer): Promise<void> {
    const lane = laneOf(timer)
    const before = tails.get(lane) ?? Promise.resolve()
    // whatever became of the one before, this one has its turn
    const turn = before.then(
      () => fireTimer(timer),
      () => fireTimer(timer),
    )
    const ended = turn.finally(() => {
      running.delete(timer.id)
      if (tails.get(lane) === ended) tails.delete(lane)
    })
    tails.set(lane, ended)
    return ended
  }
  return {
    has: (timer: Timer) => running.has(timer.id),
    size: () => running.size,
    run(timer: Timer): Promise<void> {
      const started = running.get(timer.id) ?? start(timer)
      running.set(timer.id, started)
      return started
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
  const group = async () => room && (await groupOf(startReading(house.store), account, room, false)).group?.id
  await outbox?.confirm({ messageId, text, group })
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
