/** What people have in mind to do, the soonest first; among equals what was planned first. */
export interface Plan {
  /** ms since 1970. */
  readonly at: number
  act(): Promise<void>
}

interface Entry extends Plan {
  readonly order: number
}

export class Agenda {
  /** A binary heap: the parent of i is (i - 1) >> 1. */
  readonly #heap: Entry[] = []
  #planned = 0

  add(at: number, act: () => Promise<void>): void {
    const heap = this.#heap
    heap.push({ at, act, order: ++this.#planned })
    for (let child = heap.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1
      if (!isBefore(heap[child], heap[parent])) break
      swap(heap, child, parent)
      child = parent
    }
  }

  nextAt(): number | undefined {
    return this.#heap[0]?.at
  }

  take(): Plan | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || first === last) return first
    heap[0] = last
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1
      const sooner = isBefore(heap[left + 1], heap[left]) ? left + 1 : left
      if (!isBefore(heap[sooner], heap[parent])) return first
      swap(heap, parent, sooner)
      parent = sooner
    }
  }
}

function isBefore(one: Entry | undefined, other: Entry | undefined): boolean {
  if (!one || !other) return one !== undefined
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

function swap(heap: Entry[], one: number, other: number): void {
  const kept = heap[one] as Entry
  heap[one] = heap[other] as Entry
  heap[other] = kept
}
