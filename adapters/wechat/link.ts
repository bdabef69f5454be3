/**
 * The chat port over WeChat, through Wechaty: a simulated world, a gateway, or the free web protocol.
 *
 *   puppet ─▶ Connection ─▶ Inbound (payload → event) ─▶ OrderedDelivery ─▶ the listener
 *               ▲   Supervisor: a fresh one when the link breaks
 *   Outbound ───┘
 */
import {
  type Chat,
  type ChatContact,
  type ChatEvent,
  type ChatFile,
  type ChatRoom,
  type Destination,
  type Instant,
  type LinkState,
  SendError,
  type SendResult,
} from '../../bot/ports/chat.ts'
import { type Connection, type ConnectionEvents, openConnection } from './connection.ts'
import { Inbound } from './inbound.ts'
import { timingsOf, type WechatOptions, type WechatTimings } from './link-options.ts'
import { Names } from './names.ts'
import { OrderedDelivery, type Read } from './ordered-delivery.ts'
import { Outbound } from './outbound.ts'
import type { PuppetCall } from './puppet-call.ts'
import { openPuppet, type PuppetSource } from './puppet-source.ts'
import { readMembers, readRooms } from './rooms.ts'
import { Supervisor } from './supervisor.ts'

export interface WechatChat extends Chat {
  /** Resolves when the listener is done with all that was heard so far; after start() of a simulated link, `up` as well. For replay. */
  settled(): Promise<void>
}

const MAX_NAMES = 20_000
const MAX_READING = 64
const LINK_QUEUE = 'link'

export function createWechatChat(options: WechatOptions): WechatChat {
  return new WechatLink(options)
}

class WechatLink implements WechatChat {
  readonly account: string
  readonly #options: WechatOptions
  readonly #timings: WechatTimings
  readonly #now: () => Instant
  readonly #debug: (text: string) => void
  readonly #supervisor: Supervisor
  readonly #delivery: OrderedDelivery
  readonly #names: Names
  readonly #outbound: Outbound
  #inbound: Inbound | undefined
  #source: PuppetSource | undefined
  #listener: ((event: ChatEvent) => Promise<void>) | undefined

  constructor(options: WechatOptions) {
    const { account, maxWaiting = 20_000 } = options
    const now = options.now ?? Date.now
    const timings = timingsOf(options)
    this.account = account
    this.#options = options
    this.#timings = timings
    this.#now = now
    this.#debug = options.debug ?? (() => undefined)
    this.#supervisor = new Supervisor({
      timings,
      now,
      open: (events, broken) => this.#open(events, broken),
      tell: (event) => this.#delivery.push(LINK_QUEUE, { ...event, account }),
    })
    this.#delivery = new OrderedDelivery({
      maxWaiting,
      maxReading: MAX_READING,
      lateWindowMs: timings.lateWindowMs,
      deliver: (event) => this.#deliver(event),
      overflowed: (from, to) => this.#delivery.push(LINK_QUEUE, { type: 'lost', account, from, to }),
      now,
    })
    this.#names = new Names({
      call: this.#call,
      now,
      maxEntries: MAX_NAMES,
      maxAgeMs: timings.nameAgeMs,
      patienceMs: timings.nameLimitMs,
      debug: this.#debug,
    })
    this.#outbound = new Outbound({ ...timings, call: this.#call, assertUp: () => this.#assertUp() })
  }

  on(listener: (event: ChatEvent) => Promise<void>): void {
    if (this.#listener) throw new Error('the chat has a listener already: it takes one')
    this.#listener = listener
  }

  async start(): Promise<void> {
    this.#source = await openPuppet(this.#options.puppet)
    const { account, botNames = ['小邻'] } = this.#options
    this.#inbound = new Inbound({
      account,
      botNames,
      names: this.#names,
      call: this.#call,
      takeSent: (id) => this.#outbound.takeSent(id),
      selfId: () => this.#connection().puppet.currentUserId,
      now: this.#now,
      readLimitMs: this.#timings.readLimitMs,
      photoLimitMs: this.#timings.photoLimitMs,
      ...this.#source.reading,
    })
    this.#supervisor.start()
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop()
    await this.#outbound.stop()
  }

  state(): LinkState {
    return this.#supervisor.state()
  }

  async rooms(only?: readonly string[]): Promise<readonly ChatRoom[]> {
    this.#assertUp()
    return readRooms(this.#call, only, this.#timings.readLimitMs, this.#debug)
  }

  async members(room: string, ids: readonly string[]): Promise<readonly ChatContact[]> {
    this.#assertUp()
    return readMembers(this.#call, room, ids, this.#timings.readLimitMs, this.#debug)
  }

  send(to: Destination, content: string | ChatFile): Promise<SendResult> {
    return this.#outbound.send(to, content)
  }

  async settled(): Promise<void> {
    await this.#supervisor.connection()?.started
    await this.#delivery.settled()
  }

  readonly #call: PuppetCall = async (what, limitMs, work) => {
    const { breaker, puppet } = this.#connection()
    return breaker.run(what, limitMs, () => work(puppet))
  }

  #connection(): Connection {
    const connection = this.#supervisor.connection()
    if (!connection) throw new SendError('offline', `the link of ${this.account} is down`)
    return connection
  }

  #assertUp(): void {
    const state = this.state()
    if (state.state === 'up') return
    const reason = state.state === 'down' ? state.reason : state.state
    throw new SendError('offline', `the link of ${this.account} is not up: ${reason}`)
  }

  async #deliver(event: ChatEvent): Promise<void> {
    try {
      await this.#listener?.(event)
    } catch (error) {
      // The listener answers for its own failures; one that got here must not stop the room's queue.
      this.#debug(`the listener failed at ${event.type}: ${error}`)
    }
  }

  #open(events: HealthEvents, broken: (reason: string) => void): Connection {
    const source = this.#source
    const inbound = this.#inbound
    if (!source || !inbound) throw new Error('open before start')
    const accept = (what: string, read: () => Promise<Read>) => {
      events.alive()
      const from = this.#now()
      this.#delivery.accept(() => this.#orMissed(what, from, read))
    }
    return openConnection({
      ...source.fresh(broken),
      events: {
        ...events,
        loggedIn: (self) => {
          this.#names.clear()
          events.loggedIn(self)
        },
        message: (id) => accept(`message ${id}`, () => inbound.message(id)),
        joined: (payload) => accept('joined', () => inbound.joined(payload)),
        left: (payload) => accept('left', () => inbound.left(payload)),
        renamed: (payload) => accept('renamed', () => inbound.renamed(payload)),
        friend: (id) => accept('friend request', () => inbound.friend(id)),
        roomChanged: (id) => this.#names.roomChanged(id),
        personChanged: (id) => this.#names.personChanged(id),
        debug: this.#debug,
      },
    })
  }

  /** A message that cannot be read is a gap, and gaps are told. */
  async #orMissed(what: string, from: Instant, read: () => Promise<Read>): Promise<Read> {
    try {
      return await read()
    } catch (error) {
      this.#debug(`${what} could not be read: ${error}`)
      this.#supervisor.missed(from)
      return undefined
    }
  }
}

type HealthEvents = Pick<ConnectionEvents, 'qr' | 'loggedIn' | 'loggedOut' | 'alive' | 'dong'>
