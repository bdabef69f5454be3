import { accountsOf, noteLink } from './accounts/links.ts'
import { createOverheard } from './accounts/overheard.ts'
import { fire } from './duties/duties.ts'
import { createRoomWatches } from './grid/room-watches.ts'
import type { House } from './house.ts'
import { unlessLost } from './leases/fenced-store.ts'
import { allInHand, type Hands } from './leases/hands.ts'
import { hearLink } from './notices/accounts/hear-link.ts'
import { groupOf } from './people/directory.ts'
import { befriend, enterGroup, leaveGroup, rename } from './people/group-life.ts'
import { hear } from './pipeline.ts'
import type { Chat, ChatEvent, InboundMessage } from './ports/chat.ts'
import type { Page, Query } from './ports/store.ts'
import { createQueues } from './queues.ts'
import { startReading } from './reading.ts'
import { recall } from './recall.ts'
import { accountOfLine } from './sending/account-for.ts'
import type { Outbox } from './sending/outbox.ts'
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
/** Of what is due next, how many of others' timers are looked past at a time. */
const othersBefore = 50

/** @param hands what of all this is this process's to do; default: everything */
export function createEngine(house: House, hands: Hands = allInHand(house)): Engine {
  const queues = createQueues(house, hands)
  const watches = createRoomWatches(house, hands)
  const overheard = createOverheard(house, hands, hear)
  const workers = () => [overheard, ...queues.all(), ...watches.all()]
  const accounts = new Set(accountsOf(house))
  /** A burst is its account's, of its first line; everything else, and what was an account once, is the house's. */
  const ownerOf = (timer: Timer) => {
    const account = timer.kind === 'burst' ? accountOfLine(timer.lines[0] ?? '') : ''
    return accounts.has(account) ? hands.of(account) : hands.house()
  }
  const lanes = createLanes(async (timer) => {
    const own = ownerOf(timer)
    if (own) await unlessLost(fire(own, timer))
  })

  async function dueTimers(): Promise<readonly Timer[]> {
    const range = { field: 'dueAt', lte: house.now() }
    const found: Timer[] = []
    for await (const page of timerPages(house, batch, range)) {
      found.push(...page.filter((timer) => ownerOf(timer) !== undefined))
      if (found.length >= batch) break
    }
    return found
  }
  async function nextTimer(): Promise<Timer | undefined> {
    const limit = lanes.size() + (hands.house() ? 1 : othersBefore)
    for await (const page of timerPages(house, limit)) {
      const next = page.find((timer) => !lanes.has(timer) && ownerOf(timer) !== undefined)
      if (next) return next
    }
    return undefined
  }
  async function pumpAll(): Promise<void> {
    await overheard.pump()
    await Promise.all(watches.all().map((watch) => unlessLost(watch.pump())))
    await Promise.all(queues.outboxes().map((outbox) => unlessLost(outbox.pump())))
    const runners = queues.runners()
    if (runners.length === 0) return
    await Promise.all(runners.map((runner) => unlessLost(runner.pump())))
    // what other systems said may be told to somebody
    await Promise.all(queues.outboxes().map((outbox) => unlessLost(outbox.pump())))
  }
  return {
    async handle(chat, event) {
      const own = hands.of(chat.account)
      if (!own) return
      watches.note(chat, event)
      const outbox = queues.outboxOf(chat)
      const isLine = event.type === 'message' && !event.message.own
      if (isLine) await unlessLost(overheard.hear(own, chat, event.message))
      else if (event.type === 'message') await unlessLost(echo(own, outbox, event.message))
      else await unlessLost(handleEvent(own, chat, event))
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
      for (const each of workers()) {
        // a pump with nothing to send would ring for the next, for ever
        const at = each.isBusy() ? undefined : await each.nextAt()
        if (at !== undefined && at <= house.now()) unlessLost(each.pump()).then(() => done(), done)
      }
    },
    isBusy: () => lanes.size() > 0 || workers().some((each) => each.isBusy()),
    async nextDue() {
      const timer = await nextTimer()
      const sends = await Promise.all(workers().map((each) => each.nextAt()))
      const all = [timer?.dueAt, ...sends].filter((at) => at !== undefined)
      return all.length > 0 ? Math.min(...all) : undefined
    },
    leaveOthers: () => queues.leaveOthers(),
  }
}

async function* timerPages(
  house: House,
  limit: number,
  range?: NonNullable<Query['range']>,
): AsyncGenerator<readonly Timer[]> {
  const query: Query = { order: 'dueAt', limit, ...(range && { range }) }
  let cursor: string | undefined
  do {
    const page: Page<Timer> = await house.store.find('timers', {
      ...query,
      ...(cursor !== undefined && { cursor }),
    })
    yield page.documents
    cursor = page.next
  } while (cursor !== undefined)
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

async function handleEvent(
  house: House,
  chat: Chat,
  event: Exclude<ChatEvent, { type: 'message' }>,
): Promise<void> {
  switch (event.type) {
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
    case 'up':
    case 'down':
      await noteLink(house, event)
      return hearLink(house, event)
    case 'qr':
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
