/**
 * Brings events to the one listener in the order in which the messenger told them.
 *
 *   puppet event ─ accept(read) ─▶ [reading][reading][read]   read side by side, left in the order of arrival
 *                                        │
 *                                        ▼
 *                     a queue for each room or private contact; the next event when the listener is done
 *
 * Reading in place keeps the order: Wechaty's own Message waits for the member list of a room it meets for the
 * first time, while later messages overtake it. Against a puppet that itself tells late, a waiting message is
 * put before waiting messages of the same queue that were sent after it, within `lateWindowMs`.
 * A puppet cannot be told to wait. So when `maxWaiting` events are waiting, newer ones are dropped unread and
 * the gap is told as `lost`.
 */
import type { ChatEvent, Instant } from '../../bot/ports/chat.ts'

export interface OrderedDeliveryOptions {
  readonly maxWaiting: number
  readonly maxReading: number
  readonly lateWindowMs: number
  deliver(event: ChatEvent): Promise<void>
  /** Events between the two were dropped. */
  overflowed(from: Instant, to: Instant): void
  now(): Instant
}

/** What an event turned out to be, and whose turn it waits for. Undefined: nothing to tell. */
export type Read = { readonly queue: string; readonly event: ChatEvent } | undefined

interface Slot {
  readonly read: () => Promise<Read>
  done: boolean
  result: Read
}

export class OrderedDelivery {
  readonly #options: OrderedDeliveryOptions
  /** By order of arrival: #head is released next, #next is read next, #tail is free. */
  readonly #slots = new Map<number, Slot>()
  #head = 0
  #next = 0
  #tail = 0
  #reading = 0
  #waiting = 0
  #overflowFrom: Instant | undefined
  readonly #queues = new Map<string, ChatEvent[]>()

  constructor(options: OrderedDeliveryOptions) {
    this.#options = options
  }

  /** @param read must not reject */
  accept(read: () => Promise<Read>): void {
    if (this.#slots.size + this.#waiting >= this.#options.maxWaiting) {
      this.#overflowFrom ??= this.#options.now()
      return
    }
    this.#slots.set(this.#tail, { read, done: false, result: undefined })
    this.#tail += 1
    this.#startReading()
  }

  /** For events that need no reading. */
  push(queue: string, event: ChatEvent): void {
    this.#enqueue(queue, event)
  }

  /** Resolves when all that was told so far has been delivered, and what the listener's sends echoed as well. */
  async settled(): Promise<void> {
    // The simulated puppet echoes one turn of the event loop after a send: idle means idle twice.
    for (let idleTurns = 0; idleTurns < 2; ) {
      await new Promise((resolve) => setImmediate(resolve))
      idleTurns = this.#slots.size === 0 && this.#queues.size === 0 ? idleTurns + 1 : 0
    }
  }

  #startReading(): void {
    while (this.#reading < this.#options.maxReading && this.#next < this.#tail) {
      const slot = this.#slots.get(this.#next)
      this.#next += 1
      if (slot) void this.#read(slot)
    }
  }

  async #read(slot: Slot): Promise<void> {
    this.#reading += 1
    slot.result = await slot.read()
    slot.done = true
    this.#reading -= 1
    this.#release()
    this.#startReading()
  }

  #release(): void {
    for (let slot = this.#slots.get(this.#head); slot?.done; slot = this.#slots.get(this.#head)) {
      this.#slots.delete(this.#head)
      this.#head += 1
      if (slot.result) this.#enqueue(slot.result.queue, slot.result.event)
    }
    this.#endOverflow()
  }

  #enqueue(key: string, event: ChatEvent): void {
    this.#waiting += 1
    const queue = this.#queues.get(key)
    if (queue) {
      queue.splice(this.#placeOf(event, queue), 0, event)
      return
    }
    const fresh = [event]
    this.#queues.set(key, fresh)
    void this.#work(key, fresh)
  }

  /** Where a message belongs among those that wait: after all that were not sent later than it. */
  #placeOf(event: ChatEvent, queue: readonly ChatEvent[]): number {
    if (event.type !== 'message') return queue.length
    let place = queue.length
    while (place > 0) {
      const before = queue[place - 1]
      if (before?.type !== 'message') break
      const late = before.message.at - event.message.at
      if (late <= 0 || late > this.#options.lateWindowMs) break
      place -= 1
    }
    return place
  }

  async #work(key: string, queue: ChatEvent[]): Promise<void> {
    for (let event = queue.shift(); event; event = queue.shift()) {
      await this.#options.deliver(event)
      this.#waiting -= 1
    }
    this.#queues.delete(key)
    this.#endOverflow()
  }

  #endOverflow(): void {
    if (this.#overflowFrom === undefined || this.#slots.size + this.#waiting > this.#options.maxWaiting / 2)
      return
    const from = this.#overflowFrom
    this.#overflowFrom = undefined
    this.#options.overflowed(from, this.#options.now())
  }
}
