/**
 * Leaves a failing model server alone for a while, so that residents do not wait for its timeouts.
 *
 *   closed ──5 failures in a row, or a Retry-After──▶ open ──rest over──▶ one trial ──good──▶ closed
 *                                                      ▲                      └──bad──▶ open
 */
export interface BreakerOptions {
  /** Failures in a row that open it. Default 5. */
  readonly failures: number
  /** How long it stays open, in ms, when the server names no time. Default 60,000. */
  readonly restMs: number
}

/** One of the two is called, once, when the request has ended. */
export interface Permit {
  succeeded(): void
  /** `retryAfterMs` when the server named a time: then it rests at once, and that long. */
  failed(retryAfterMs?: number): void
}

/** A server that asks for more is asked again after this long, lest one odd header silence it for days. */
export const longestRestMs = 3_600_000

export class Breaker {
  readonly #options: BreakerOptions
  readonly #now: () => number
  #failures = 0
  #openUntil: number | undefined
  #trial = false
  /** Grows whenever it opens or closes: permits given before that speak of the past. */
  #era = 0

  constructor(options: BreakerOptions, now: () => number) {
    this.#options = options
    this.#now = now
  }

  /** The instant until which nothing is sent; undefined when something may be sent now. */
  restsUntil(): number | undefined {
    if (this.#openUntil === undefined) return undefined
    return this.#trial || this.#now() < this.#openUntil ? this.#openUntil : undefined
  }

  /** undefined: leave the server alone. */
  admit(): Permit | undefined {
    if (this.restsUntil() !== undefined) return undefined
    const era = this.#era
    if (this.#openUntil !== undefined) this.#trial = true
    return {
      succeeded: () => {
        if (era === this.#era) this.#close()
      },
      failed: (retryAfterMs) => {
        if (retryAfterMs !== undefined) this.#open(Math.min(retryAfterMs, longestRestMs))
        else if (era === this.#era) this.#countFailure()
      },
    }
  }

  #countFailure(): void {
    this.#failures++
    if (this.#trial || this.#failures >= this.#options.failures) this.#open(this.#options.restMs)
  }

  #open(restMs: number): void {
    this.#era++
    this.#trial = false
    this.#openUntil = Math.max(this.#openUntil ?? 0, this.#now() + restMs)
  }

  #close(): void {
    if (this.#openUntil !== undefined) this.#era++
    this.#failures = 0
    this.#trial = false
    this.#openUntil = undefined
  }
}
