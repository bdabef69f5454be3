/**
 * Calls to the puppet in use, with an end: gRPC calls have no time limit of their own, and on a half-open link
 * they would wait for ever.
 */
import type { Puppet } from 'wechaty-puppet'

/** @param limitMs 0 for none. @throws what the puppet throws; an Error after the limit or when the link breaks */
export type PuppetCall = <Value>(
  what: string,
  limitMs: number,
  work: (puppet: Puppet) => Promise<Value>,
) => Promise<Value>

/** Ends calls early when their link breaks. Not a promise to race with: that would keep every result alive. */
export class Breaker {
  readonly #waiting = new Set<(reason: Error) => void>()
  #broken: Error | undefined

  break(reason: Error): void {
    this.#broken ??= reason
    for (const reject of this.#waiting) reject(reason)
    this.#waiting.clear()
  }

  run<Value>(what: string, limitMs: number, work: () => Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.#broken) {
        reject(this.#broken)
        return
      }
      const timer =
        limitMs > 0 ? setTimeout(() => finish(() => reject(tooLate(what, limitMs))), limitMs) : undefined
      const onBreak = (reason: Error) => finish(() => reject(reason))
      const finish = (settle: () => void) => {
        clearTimeout(timer)
        this.#waiting.delete(onBreak)
        settle()
      }
      this.#waiting.add(onBreak)
      work().then(
        (value) => finish(() => resolve(value)),
        (error) => finish(() => reject(error)),
      )
    })
  }
}

function tooLate(what: string, limitMs: number): Error {
  return new Error(`${what}: no answer within ${limitMs} ms`)
}
