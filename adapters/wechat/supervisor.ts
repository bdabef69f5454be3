/**
 * Keeps one link alive. Health is not "start() returned" (it returns with a wrong token, too) but: logged in,
 * and something was heard of late, and the last ding was answered.
 *
 *   connecting ──login──▶ up ──broken, logged out, ding unanswered──▶ down ──pause──▶ a fresh connection ─┐
 *       │                  ▲                                           ▲                                  │
 *       ├──scan──▶ waiting-for-scan ──login                            │                                  │
 *       └──no login in time (second client, half-open link)────────────┘◀─────────────────────────────────┘
 */
import type { ChatContact, ChatEvent, Instant, LinkState } from '../../bot/ports/chat.ts'
import type { Connection, ConnectionEvents } from './connection.ts'

/** All in milliseconds. */
export interface LinkTimings {
  /** Pause before the first new attempt, doubled with each failure. Default 500. */
  readonly pauseMs: number
  /** Longest pause. Default 2,000: a gateway that is back must find us within 5 s. */
  readonly maxPauseMs: number
  /** A connection that is not logged in and shows no code to scan after this is given up. Default 5,000; 0 never. */
  readonly loginLimitMs: number
  /** A code that nobody scanned is replaced by a new connection after this. Default 300,000; 0 never. */
  readonly scanLimitMs: number
  /** Time between dings. Default 10,000; 0 for puppets that never answer. */
  readonly dingEveryMs: number
  /** A ding not answered within this means a dead link. Default 5,000. */
  readonly dingLimitMs: number
}

type LinkEvent = Extract<ChatEvent, { type: 'qr' | 'up' | 'down' | 'lost' }>
/** Without the account, which is added by the chat. */
export type Told = LinkEvent extends infer Event
  ? Event extends LinkEvent
    ? Omit<Event, 'account'>
    : never
  : never

type HealthEvents = Pick<ConnectionEvents, 'qr' | 'loggedIn' | 'loggedOut' | 'alive' | 'dong'>

export interface SupervisorOptions {
  readonly timings: LinkTimings
  /** Opens a fresh connection. `broken`: it is of no use any more. @throws when it cannot even be tried */
  open(events: HealthEvents, broken: (reason: string) => void): Connection
  tell(event: Told): void
  now(): Instant
}

export class Supervisor {
  readonly #options: SupervisorOptions
  #state: LinkState
  #connection: Connection | undefined
  /** Last time that something was heard while the link was up. */
  #proof: Instant | undefined
  #failures = 0
  #limit: NodeJS.Timeout | undefined
  #ding: NodeJS.Timeout | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#state = { state: 'down', since: options.now(), reason: 'not started' }
  }

  state(): LinkState {
    return this.#state
  }

  /** Whatever there is, logged in or not. */
  connection(): Connection | undefined {
    return this.#connection
  }

  start(): void {
    this.#state = { state: 'connecting', since: this.#options.now() }
    this.#attempt()
  }

  async stop(): Promise<void> {
    const connection = this.#connection
    this.#connection = undefined
    this.#clearTimers()
    this.#state = { state: 'down', since: this.#options.now(), reason: 'stopped' }
    await connection?.close(new Error('the link was stopped'))
  }

  /** Something that was told since `from` could not be read: the next `lost` reaches back to it. */
  missed(from: Instant): void {
    const { now, tell } = this.#options
    if (this.#state.state === 'up') tell({ type: 'lost', from, to: now() })
    else this.#proof = Math.min(from, this.#proof ?? from)
  }

  #attempt(): void {
    const { timings, now, open } = this.#options
    this.#clearTimers()
    let mine: Connection | undefined
    // Events of a connection that was given up meanwhile are not heard.
    const ifMine = (act: () => void) => {
      if (mine !== undefined && this.#connection === mine) act()
    }
    try {
      mine = open(
        {
          qr: (code) => ifMine(() => this.#showCode(code)),
          loggedIn: (self) => ifMine(() => this.#loggedIn(self)),
          loggedOut: (reason) => ifMine(() => this.#fail(`logged out: ${reason}`)),
          alive: () => ifMine(() => this.#alive(now())),
          dong: () => ifMine(() => this.#answered(now())),
        },
        (reason) => ifMine(() => this.#fail(reason)),
      )
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error))
      return
    }
    this.#connection = mine
    this.#limitLogin(timings.loginLimitMs, NO_LOGIN)
  }

  #loggedIn(self: ChatContact): void {
    const { now, tell } = this.#options
    const at = now()
    this.#clearTimers()
    this.#failures = 0
    const from = this.#proof
    this.#state = { state: 'up', since: at, self }
    this.#proof = at
    if (from !== undefined) tell({ type: 'lost', from, to: at })
    tell({ type: 'up', self, at })
    this.#scheduleDing()
  }

  #showCode(qr: string): void {
    const { now, tell, timings } = this.#options
    const at = now()
    if (this.#state.state === 'up') tell({ type: 'down', reason: 'a new login is needed', at })
    this.#state = { state: 'waiting-for-scan', since: at, qr }
    tell({ type: 'qr', qr, at })
    this.#limitLogin(timings.scanLimitMs, 'nobody scanned the code')
  }

  /** Gives this connection up and tries again after a pause. */
  #fail(reason: string): void {
    const { now, tell, timings } = this.#options
    const connection = this.#connection
    this.#connection = undefined
    this.#clearTimers()
    const before = this.#state
    // Told once for each reason, not at every attempt.
    if (before.state !== 'down' || before.reason !== reason) {
      const at = now()
      this.#state = { state: 'down', since: before.state === 'down' ? before.since : at, reason }
      tell({ type: 'down', reason, at })
    }
    // Not awaited: Wechaty may take seconds to stop, and the next attempt has nothing to do with it.
    void connection?.close(new Error(`the link broke: ${reason}`))
    const pause = Math.min(timings.pauseMs * 2 ** this.#failures, timings.maxPauseMs)
    this.#failures += 1
    this.#limit = setTimeout(() => this.#attempt(), pause)
  }

  #alive(at: Instant): void {
    if (this.#state.state === 'up') this.#proof = at
  }

  #answered(at: Instant): void {
    this.#alive(at)
    if (this.#state.state === 'up') this.#scheduleDing()
  }

  #scheduleDing(): void {
    const { dingEveryMs, dingLimitMs } = this.#options.timings
    clearTimeout(this.#ding)
    if (dingEveryMs === 0) return
    this.#ding = setTimeout(() => {
      this.#ding = setTimeout(() => this.#fail(`no answer to a ding within ${dingLimitMs} ms`), dingLimitMs)
      this.#connection?.ding()
    }, dingEveryMs)
  }

  #limitLogin(limitMs: number, reason: string): void {
    clearTimeout(this.#limit)
    if (limitMs > 0) this.#limit = setTimeout(() => this.#fail(`${reason} within ${limitMs} ms`), limitMs)
  }

  #clearTimers(): void {
    clearTimeout(this.#limit)
    clearTimeout(this.#ding)
  }
}

const NO_LOGIN = 'no login (is another client on this gateway, or its account logged out?)'
