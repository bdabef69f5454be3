/** Least recently used values, each for a limited time; a value that many ask for at once is loaded once. */
import type { Instant } from '../../bot/ports/chat.ts'

export interface BoundedCacheOptions {
  readonly maxEntries: number
  readonly maxAgeMs: number
  now(): Instant
}

interface Entry<Value> {
  readonly value: Promise<Value>
  readonly until: Instant
}

export class BoundedCache<Value> {
  readonly #options: BoundedCacheOptions
  readonly #entries = new Map<string, Entry<Value>>()

  constructor(options: BoundedCacheOptions) {
    this.#options = options
  }

  /** @throws what `load` throws; a failure is not kept */
  get(key: string, load: () => Promise<Value>): Promise<Value> {
    const found = this.#entries.get(key)
    this.#entries.delete(key)
    if (found && found.until > this.#options.now()) {
      this.#entries.set(key, found)
      return found.value
    }
    const value = load()
    this.#put(key, value)
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key)
    })
    return value
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#put(key, Promise.resolve(value))
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }

  #put(key: string, value: Promise<Value>): void {
    this.#entries.set(key, { value, until: this.#options.now() + this.#options.maxAgeMs })
    if (this.#entries.size <= this.#options.maxEntries) return
    const oldest = this.#entries.keys().next().value
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
