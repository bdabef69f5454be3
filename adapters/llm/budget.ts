import { type LocalDate, localDate } from '../../tickets/shanghai-time.ts'

/** What may be spent on the model server in one day of Asia/Shanghai. */
export interface DailyBudget {
  /** Requests, failed ones too. Default 2,000. */
  readonly calls: number
  /** Tokens in and out. Default 2,000,000. */
  readonly tokens: number
}

export interface Spend {
  readonly day: LocalDate
  readonly calls: number
  readonly tokens: number
}

export interface Reservation {
  /** What the server says it took. */
  settle(tokens: number): void
  /** The request never left, or was refused unread: its tokens come back; a call that left stays counted. */
  refund(left: boolean): void
}

/**
 * Tokens are taken by estimate before a request, and put right after it: requests at the same time cannot
 * together overdraw, and a timeout stays paid, because the server may have worked.
 */
export class Budget {
  readonly #limit: DailyBudget
  readonly #now: () => number
  #spend: Spend

  constructor(limit: DailyBudget, now: () => number, spent?: Spend) {
    this.#limit = limit
    this.#now = now
    this.#spend = spent ?? { day: localDate(now()), calls: 0, tokens: 0 }
  }

  spend(): Spend {
    const day = localDate(this.#now())
    if (day !== this.#spend.day) this.#spend = { day, calls: 0, tokens: 0 }
    return this.#spend
  }

  /** undefined: the day's budget does not allow it. */
  reserve(tokens: number): Reservation | undefined {
    const { day, calls, tokens: spent } = this.spend()
    if (calls + 1 > this.#limit.calls || spent + tokens > this.#limit.tokens) return undefined
    this.#change(day, 1, tokens)
    return {
      settle: (actual) => this.#change(day, 0, actual - tokens),
      refund: (left) => this.#change(day, left ? 0 : -1, -tokens),
    }
  }

  /** A request that ends after midnight is yesterday's. */
  #change(day: LocalDate, calls: number, tokens: number): void {
    const spend = this.spend()
    if (spend.day === day)
      this.#spend = { day, calls: spend.calls + calls, tokens: Math.max(0, spend.tokens + tokens) }
  }
}
