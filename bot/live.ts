import { hasSeveralAccounts, noteSilence } from './accounts/links.ts'
import { passOnWaiting } from './accounts/pass-on.ts'
import { firstAnchoring } from './duties/anchor.ts'
import { firstForgetting } from './duties/forget.ts'
import { setSummaryTimer } from './duties/summary.ts'
import type { Engine } from './engine.ts'
import { createEngine } from './engine.ts'
import { awaken } from './forwarding/awaken.ts'
import type { House } from './house.ts'
import { unlessLost } from './leases/fenced-store.ts'
import { allInHand } from './leases/hands.ts'
import { createShares, type ShareOptions } from './leases/shares.ts'
import { takeUpNotices } from './notices/copies/take-up.ts'
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
  /** Where several processes work on one store: how they share it. Absent: this one does everything. */
  readonly leases?: ShareOptions
}

/** What an alarm is set by. */
const wakes = [
  ...['timers', 'deliveries', 'channelAlerts', 'systemStates'],
  // a notice was resumed, an account may send again
  ...['notices', 'accountStates'],
]
/** Where there are several processes, others queue what ours are to send. */
const sharedWakes = [...wakes, 'outbox']
/** How often to look for answers that wait for an account which stays away. */
const passOnEvery = 10_000
/** What failed is tried again, but not a thousand times a second. */
const afterFailure = 1_000
/** setTimeout's own limit is 24 days; a clock that was set must not make us sleep that long. */
const longestSleep = 60_000

export function createLiveBot(house: House, { onFailure, onEvent, leases }: LiveBotOptions): LiveBot {
  const onMore = () => alarm.ring()
  const shares =
    leases && createShares(house, leases, { prepareAccount: takeUpNotices, prepareHouse, onMore, onFailure })
  const hands = shares?.hands ?? allInHand(house)
  const engine = createEngine(house, hands)
  const wakedBy: ReadonlySet<string> = new Set(shares ? sharedWakes : wakes)
  let passingOn: NodeJS.Timeout | undefined
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
  async function open(chat: Chat): Promise<void> {
    await noteSilence(house, chat.account, 'not connected yet')
    await chat.start()
  }
  async function close(chat: Chat): Promise<void> {
    await chat.stop()
    await noteSilence(house, chat.account, 'its process has stopped')
  }
  function passOn(): void {
    const own = hands.house()
    if (own) unlessLost(passOnWaiting(own)).then(onMore, onFailure)
  }
  return {
    async start() {
      if (!shares) await prepare(house)
      // a command of the operator, or another process, may have set a timer that is due
      unwatch = house.store.watch((changes) => {
        if (changes.some(({ collection }) => wakedBy.has(collection))) alarm.ring()
      })
      for (const chat of house.chats) chat.on((event) => handle(chat, event))
      if (shares) await shares.start()
      else for (const chat of house.chats) await open(chat)
      if (hasSeveralAccounts(house)) passingOn = setInterval(passOn, passOnEvery)
      alarm.ring()
    },
    isBusy: () => handling.size > 0 || alarm.isBusy(),
    async stop() {
      unwatch()
      // what may be sent goes out while the link is still there
      clearInterval(passingOn)
      await alarm.stop()
      if (!shares) await Promise.all(house.chats.map(close))
      await Promise.all(handling)
      await shares?.stop()
    },
  }
}

/** At each start: what a crash left behind (notices that may or may not have gone out), and what the clock alone sets in motion. */
export async function prepare(house: House): Promise<void> {
  for (const { account } of house.chats) await takeUpNotices(house, account)
  await prepareHouse(house)
}

async function prepareHouse(house: House): Promise<void> {
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
    // rung just before the end: the store may be closed by now
    if (stopped) return
    looks++
    try {
      if (house.now() >= soonest) await engine.beginDue(ended)
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
