import { noteSilence } from '../accounts/links.ts'
import type { House } from '../house.ts'
import type { Instant } from '../ports/chat.ts'
import { fencedStore, LeaseLostError } from './fenced-store.ts'
import type { Hands } from './hands.ts'
import { createLeaseKeeper, type LeaseKeeper } from './lease-keeper.ts'
import type { LeasedChat } from './leased-chat.ts'

/** The share of this process in what several of them do on one store: accounts, and the house's own timers. */
export interface Shares {
  readonly hands: Hands
  /** Resolves when what is free was taken, and the links of it have begun to connect. */
  start(): Promise<void>
  /** Ends the links and lets go, so that others have at once what was ours. */
  stop(): Promise<void>
}

export interface ShareOptions {
  /** The chats of the house. */
  readonly chats: readonly LeasedChat[]
  /** Another one for each start of a process. */
  readonly holder: string
  /** The accounts that this process takes at once; absent: all. Others it takes when nobody else does. */
  readonly prefers?: readonly string[]
  /** ms of a clock that is never set. */
  monotonic(): number
}

export interface ShareDuties {
  /** What a crash left behind of this account, before its link is opened. */
  prepareAccount(house: House, account: string): Promise<void>
  prepareHouse(house: House): Promise<void>
  /** There is more to do than before. */
  onMore(): void
  onFailure(error: unknown): void
}

const watchEvery = 500
const afterFailure = 1_000
const houseLease = 'house'
const leaseOf = (account: string) => `account/${account}`

export function createShares(house: House, options: ShareOptions, duties: ShareDuties): Shares {
  /** The house as it may be changed under each lease that is held. */
  const houses = new Map<string, House>()
  const chats = new Map(options.chats.map((chat) => [leaseOf(chat.account), chat]))
  const turns = createTurns(duties.onFailure)
  const prefers = options.prefers && new Set(options.prefers.map(leaseOf))
  const keeper: LeaseKeeper = createLeaseKeeper({
    ...{ store: house.store, holder: options.holder },
    leases: [...chats.keys(), houseLease],
    isMine: (lease) => lease === houseLease || prefers === undefined || prefers.has(lease),
    monotonic: options.monotonic,
    now: () => house.now(),
    onTaken: taken,
    onLost: lost,
  })
  const clockwork = createClockwork(keeper, duties.onFailure)
  const held = (lease: string) => (keeper.holds(lease) ? houses.get(lease) : undefined)

  function taken(lease: string, number: number): void {
    const onLost = () => keeper.lose(lease, 'another process has taken it over')
    const own = { ...house, store: fencedStore(house.store, { lease, number, onLost }) }
    houses.set(lease, own)
    turns.add(lease, async () => {
      try {
        await begin(lease, own)
      } catch (error) {
        // let go, so that it is begun anew, here or elsewhere
        keeper.lose(lease, 'it could not be begun')
        throw error
      }
    })
  }
  async function begin(lease: string, own: House): Promise<void> {
    const chat = chats.get(lease)
    if (chat) {
      await duties.prepareAccount(own, chat.account)
      await noteSilence(own, chat.account, 'not connected yet')
      if (houses.get(lease) !== own) return
      chat.permit(() => held(lease) === own)
      await chat.start()
    } else await duties.prepareHouse(own)
    duties.onMore()
  }
  function lost(lease: string, reason: string): void {
    houses.delete(lease)
    tell(house, `this process lost ${lease}: ${reason}`)
    turns.add(lease, async () => chats.get(lease)?.stop())
  }
  async function end(lease: string, chat: LeasedChat): Promise<void> {
    const own = held(lease)
    await chat.stop()
    if (own) await noteSilence(own, chat.account, 'its process has stopped')
  }
  return {
    hands: { of: (account) => held(leaseOf(account)), house: () => held(houseLease) },
    async start() {
      await clockwork.start()
      await turns.over()
    },
    async stop() {
      await clockwork.stopTicking()
      for (const [lease, chat] of chats) turns.add(lease, () => end(lease, chat))
      await turns.over()
      clockwork.stop()
      await keeper.letGo()
    },
  }
}

/** What is begun and ended with each lease, one after another. */
function createTurns(onFailure: (error: unknown) => void) {
  const turns = new Map<string, Promise<void>>()
  return {
    add(lease: string, work: () => Promise<void>): void {
      const turn = (turns.get(lease) ?? Promise.resolve()).then(work).catch((error) => {
        if (!(error instanceof LeaseLostError)) onFailure(error)
      })
      turns.set(lease, turn)
    },
    over: async () => void (await Promise.all(turns.values())),
  }
}

/** Calls the keeper in time. A store that does not answer keeps back its ticks, not its watching. */
function createClockwork(keeper: LeaseKeeper, onFailure: (error: unknown) => void) {
  let timer: NodeJS.Timeout | undefined
  let watching: NodeJS.Timeout | undefined
  let ticking: Promise<void> | undefined
  let stopped = false

  async function tick(): Promise<void> {
    let next = afterFailure
    try {
      next = await keeper.tick()
    } catch (error) {
      onFailure(error)
    }
    if (!stopped) timer = setTimeout(again, next)
  }
  function again(): void {
    ticking = tick()
  }
  return {
    async start() {
      watching = setInterval(keeper.watch, watchEvery)
      again()
      await ticking
    },
    async stopTicking() {
      stopped = true
      clearTimeout(timer)
      await ticking
    },
    stop: () => clearInterval(watching),
  }
}

function tell(house: House, text: string): void {
  const at: Instant = house.now()
  house.observe({ type: 'trouble', at, text })
}
