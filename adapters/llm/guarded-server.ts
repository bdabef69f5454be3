/**
 * Every request to the model server goes through here:
 * breaker → queue (Bottleneck) → budget → breaker again → request, all within one deadline.
 */
import Bottleneck from 'bottleneck'
import type { z } from 'zod'
import { type Breaker, longestRestMs, type Permit } from './breaker.ts'
import type { Budget, Reservation } from './budget.ts'
import { type Failure, failureOf, isServerFault, ProtocolError } from './failure.ts'

export interface ServerRequest<T> {
  /** Tokens in and out, rather too many than too few. */
  readonly estimatedTokens: number
  send(signal: AbortSignal): Promise<unknown>
  /** What the server's answer must look like. The SDK's types are promises that no server has signed. */
  readonly answer: z.ZodType<T>
  /** Tokens that the server says it took. */
  tokensOf(answer: T): number | undefined
}

export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

interface GuardedServerOptions {
  readonly timeoutMs: number
  readonly minTimeMs: number
  readonly maxConcurrent: number
  readonly breaker: Breaker
  readonly budget: Budget
  readonly now: () => number
}

/** More than this waiting means that the answers would come too late anyway. */
const longestQueue = 32

export class GuardedServer {
  readonly #options: GuardedServerOptions
  readonly #limiter: Bottleneck

  constructor(options: GuardedServerOptions) {
    this.#options = options
    this.#limiter = new Bottleneck({
      maxConcurrent: options.maxConcurrent,
      minTime: options.minTimeMs,
    })
  }

  /** Never throws. */
  async ask<T>(request: ServerRequest<T>): Promise<Reply<T>> {
    if (this.#options.breaker.restsUntil() !== undefined) return failed({ code: 'resting' })
    if (this.#waiting() >= longestQueue) return failed({ code: 'busy' })
    const deadline = startDeadline(this.#options.timeoutMs)
    let begun = false
    const running = this.#limiter.schedule(() => {
      begun = !deadline.signal.aborted
      return begun ? this.#askNow(request, deadline) : Promise.resolve(failed<T>({ code: 'busy' }))
    })
    try {
      return await Promise.race([
        running,
        // A request that is on its way sees the deadline itself; one that still waits is given up.
        deadline.passed.then(() => (begun ? running : failed<T>({ code: 'busy' }))),
      ])
    } finally {
      deadline.clear()
    }
  }

  /** Past breaker, budget and queue: for people who want to know whether the server is well. */
  async askUnguarded<T>(request: ServerRequest<T>): Promise<Reply<T>> {
    const deadline = startDeadline(this.#options.timeoutMs)
    try {
      return await this.#send(request, deadline)
    } finally {
      deadline.clear()
    }
  }

  /** Counted here, because Bottleneck's own highWater sees a burst only as fast as it admits it. */
  #waiting(): number {
    const { RECEIVED, QUEUED } = this.#limiter.counts()
    return RECEIVED + QUEUED
  }

  async #askNow<T>(request: ServerRequest<T>, deadline: Deadline): Promise<Reply<T>> {
    const reservation = this.#options.budget.reserve(request.estimatedTokens)
    if (!reservation) return failed({ code: 'budget' })
    const permit = this.#options.breaker.admit()
    if (!permit) {
      reservation.refund(false)
      return failed({ code: 'resting' })
    }
    const reply = await this.#send(request, deadline)
    tellBreaker(permit, reply)
    tellBudget(reservation, request, reply)
    return reply
  }

  async #send<T>(request: ServerRequest<T>, deadline: Deadline): Promise<Reply<T>> {
    try {
      // The SDK's timeout ends with the headers; ours covers a body that trickles as well.
      const raw = await Promise.race([
        request.send(deadline.signal),
        deadline.passed.then(() => passedDeadline),
      ])
      if (raw === passedDeadline) return failed({ code: 'timeout' })
      const parsed = request.answer.safeParse(raw)
      if (!parsed.success) throw new ProtocolError(typeof raw === 'string' ? 'no JSON' : 'other fields')
      return { ok: true, value: parsed.data }
    } catch (error) {
      return failed(failureOf(error, this.#options.now()))
    }
  }
}

const passedDeadline = Symbol('the deadline has passed')

function failed<T>(failure: Failure): Reply<T> {
  return { ok: false, failure }
}

function tellBreaker(permit: Permit, reply: Reply<unknown>): void {
  if (reply.ok || !isServerFault(reply.failure)) permit.succeeded()
  // An empty account is not filled within a minute.
  else permit.failed(reply.failure.code === 'balance' ? longestRestMs : reply.failure.retryAfterMs)
}

function tellBudget<T>(reservation: Reservation, request: ServerRequest<T>, reply: Reply<T>): void {
  if (reply.ok) {
    const tokens = request.tokensOf(reply.value)
    if (tokens !== undefined) reservation.settle(tokens)
  } else if (reply.failure.code !== 'timeout' && reply.failure.code !== 'protocol') reservation.refund(true)
}

interface Deadline {
  readonly signal: AbortSignal
  readonly passed: Promise<void>
  clear(): void
}

function startDeadline(ms: number): Deadline {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      controller.abort()
      resolve()
    }, ms)
  })
  return { signal: controller.signal, passed, clear: () => clearTimeout(timer) }
}
