import type { OutboxEntry } from './documents.ts'
import { firstAnchoring } from './duties/anchor.ts'
import { firstForgetting } from './duties/forget.ts'
import { setSummaryTimer } from './duties/summary.ts'
import type { Engine } from './engine.ts'
import { createEngine } from './engine.ts'
import { awaken } from './forwarding/awaken.ts'
import type { House } from './house.ts'
import type { Chat, ChatEvent } from './ports/chat.ts'
import { setReportTimers } from './reports/make-reports.ts'

/** The engine in real time: every event of every chat goes in, and due work is woken up for. */
export interface LiveBot {
  /** Resolves when all chats have begun to connect and what was left from before is under way. */
  start(): Promise<void>
  /** Something is being thought about or sent right now. */
  isBusy(): boolean
  /** Stops listening, finishes what is under way, and lets go of the chats; the store stays open. */
  stop(): Promise<void>
}

export interface LiveBotOptions {
  /** What nobody else could catch; the bot goes on. */
  onFailure(error: unknown): void
  /** Told of every event of every chat before the engine is: login codes, the link going up and down. */
  onEvent?(chat: Chat, event: ChatEvent): void
}

/** What an alarm is set by. */
const wakes: ReadonlySet<string> = new Set(['timers', 'deliveries', 'channelAlerts', 'systemStates'])
/** What failed is tried again, but not a thousand times a second. */
const afterFailure = 1_000
/** setTimeout's own limit is 24 days; a clock that was set must not make us sleep that long. */
const longestSleep = 60_000

export function createLiveBot(house: House, { onFailure, onEvent }: LiveBotOptions): LiveBot {
  const engine = createEngine(house)
  const alarm = createAlarm(house, engine, onFailure)
  const handling = new Set<Promise<void>>()
  let unwatch: () => void = () => undefined

  function handle(chat: Chat, event: ChatEvent): Promise<void> {
    onEvent?.(chat, event)
    const work = engine
      .handle(chat, event)
      // the chat would only note it: a store that takes nothing more must be heard of
      .catch(onFailure)
      .finally(() => {
        handling.delete(work)
        // an echo sets nothing in motion
        if (event.type !== 'message' || !event.message.own) alarm.ring()
      })
    handling.add(work)
    return work
  }
  return {
    async start() {
      await prepare(house)
      // a command of the operator, or another process, may have set a timer that is due
      unwatch = house.store.watch((changes) => {
        if (changes.some(({ collection }) => wakes.has(collection))) alarm.ring()
      })
      for (const chat of house.chats) {
        chat.on((event) => handle(chat, event))
        await chat.start()
      }
      alarm.ring()
    },
    isBusy: () => handling.size > 0 || alarm.isBusy(),
    async stop() {
      unwatch()
      // what may be sent goes out while the link is still there
      await alarm.stop()
      await Promise.all(house.chats.map((chat) => chat.stop()))
      await Promise.all(handling)
    },
  }
}

/** At each start: what a crash left behind (notices that may or may not have gone out), and what the clock alone sets in motion. */
export async function prepare(house: House): Promise<void> {
  for (const { account } of house.chats) {
    const where = { account, state: 'sending' }
    const { documents } = await house.store.find<OutboxEntry>('outbox', {
      where,
      order: 'rank',
      limit: 10_000,
    })
    for (const entry of documents)
      await house.store.commit([
        { collection: 'outbox', id: entry.id, put: { ...entry, state: 'unconfirmed' } as OutboxEntry },
      ])
    if (documents.length > 0)
      house.observe({
        type: 'trouble',
        at: house.now(),
        text: `${documents.length} notices of account ${account} may or may not have gone out before the stop: look into the groups`,
      })
  }
  await awaken(house)
  await setReportTimers(house)
  await setSummaryTimer(house)
  if (!(await house.store.get('timers', 'forget')))
    await house.store.commit([{ collection: 'timers', id: 'forget', put: firstForgetting(house.now()) }])
  if (house.settings.scheduledDuties && !(await house.store.get('timers', 'anchor')))
    await house.store.commit([{ collection: 'timers', id: 'anchor', put: firstAnchoring(house.now()) }])
}

/** Wakes the engine when something is due. However often it is rung, it looks once a turn of the event loop. */
function createAlarm(house: House, engine: Engine, onFailure: (error: unknown) => void) {
  let timeout: NodeJS.Timeout | undefined
  let rung = false
  let stopped = false
  let soonest = 0
  let looking: Promise<void> | undefined
  let looks = 0

  function ring(): void {
    if (rung || stopped) return
    rung = true
    setImmediate(() => {
      // a look that is under way may have missed what rang: it is followed by another
      looking = (looking ?? Promise.resolve()).then(look)
    })
  }
  async function look(): Promise<void> {
    rung = false
    looks++
    try {
      if (!stopped && house.now() >= soonest) await engine.beginDue(ended)
      await setNext()
    } catch (error) {
      failed(error)
    } finally {
      looks--
    }
  }
  function ended(error?: unknown): void {
    if (error !== undefined) failed(error)
    ring()
  }
  function failed(error: unknown): void {
    soonest = house.now() + afterFailure
    onFailure(error)
    setTimeout(ring, afterFailure).unref()
  }
  async function setNext(): Promise<void> {
    const next = await engine.nextDue()
    if (stopped) return
    clearTimeout(timeout)
    const wait = next === undefined ? longestSleep : Math.max(next, soonest) - house.now()
    timeout = setTimeout(ring, Math.min(Math.max(wait, 1), longestSleep))
  }
  return {
    ring,
    isBusy: () => rung || looks > 0 || engine.isBusy(),
    async stop() {
      stopped = true
      clearTimeout(timeout)
      engine.leaveOthers()
      await looking
      // what is due now is finished, not only begun
      await engine.runDue().catch(onFailure)
    },
  }
}
