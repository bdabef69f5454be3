/**
 * A sorted list that stays fast at any length: chunks of at most 256 entries, found by binary search.
 * Inserting at the end (growing times and numbers) and anywhere (hashes) both touch one chunk only.
 *
 *   chunks   [ a b c ] [ f g ] [ m p q z ]
 *   seek(≥g)             ↑ chunk 1, index 1
 */

export type OrderValue = string | number

export interface Entry {
  readonly order: OrderValue
  readonly id: string
}

/** Between two entries: before the entry `index` of chunk `chunk`. */
export interface Position {
  readonly chunk: number
  readonly index: number
}

const MAXIMUM = 256

/** Numbers before strings; strings by UTF-16 code units, as JavaScript compares them. */
export function compareValues(a: OrderValue, b: OrderValue): number {
  if (typeof a !== typeof b) {
    return typeof a === 'number' ? -1 : 1
  }
  return a < b ? -1 : a > b ? 1 : 0
}

export function compareEntries(a: Entry, b: Entry): number {
  return compareValues(a.order, b.order) || compareValues(a.id, b.id)
}

/** Invariant: no chunk is empty, entries are unique and ascending within and across chunks. */
export class OrderedList {
  readonly #chunks: Entry[][] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  insert(entry: Entry): void {
    const { chunk, index } = this.#placeOf(entry)
    const target = this.#chunks[chunk]
    this.#length += 1
    if (target === undefined) {
      this.#chunks.push([entry])
      return
    }
    // Growing keys would leave every chunk half empty behind them if a full last chunk were split.
    if (target.length === MAXIMUM && index === MAXIMUM && chunk === this.#chunks.length - 1) {
      this.#chunks.push([entry])
      return
    }
    target.splice(index, 0, entry)
    if (target.length > MAXIMUM) {
      this.#chunks.splice(chunk + 1, 0, target.splice(target.length >> 1))
    }
  }

  /** Does nothing when the entry is not there. */
  remove(entry: Entry): void {
    const { chunk, index } = this.seek((other) => compareEntries(other, entry) >= 0)
    const target = this.#chunks[chunk]
    const found = target?.[index]
    if (target === undefined || found === undefined || compareEntries(found, entry) !== 0) {
      return
    }
    target.splice(index, 1)
    this.#length -= 1
    const following = this.#chunks[chunk + 1]
    if (target.length === 0) {
      this.#chunks.splice(chunk, 1)
    } else if (following !== undefined && target.length + following.length <= MAXIMUM >> 1) {
      target.push(...following)
      this.#chunks.splice(chunk + 1, 1)
    }
  }

  /** The place before the first entry that is past. `isPast` must be false, then true, along the list. */
  seek(isPast: (entry: Entry) => boolean): Position {
    const chunk = firstIndex(this.#chunks.length, (at) => isPast(lastOf(this.#chunks[at])))
    const entries = this.#chunks[chunk]
    if (entries === undefined) {
      return { chunk, index: 0 }
    }
    return { chunk, index: firstIndex(entries.length, (at) => isPast(entries[at] as Entry)) }
  }

  /** How many entries stand before this place. */
  rank(position: Position): number {
    let rank = position.index
    for (let at = 0; at < position.chunk; at += 1) {
      rank += this.#chunks[at]?.length ?? 0
    }
    return rank
  }

  /** At most `limit` entries from `start` up to, not including, `end`; the last ones first when descending. */
  slice(start: Position, end: Position, limit: number, descending: boolean): Entry[] {
    const found: Entry[] = []
    const step = descending ? -1 : 1
    const last = descending ? start.chunk : end.chunk
    for (let chunk = descending ? end.chunk : start.chunk; chunk * step <= last * step; chunk += step) {
      const from = chunk === start.chunk ? start.index : 0
      const to = chunk === end.chunk ? end.index : MAXIMUM
      const entries = this.#chunks[chunk]?.slice(from, to) ?? []
      found.push(...(descending ? entries.reverse() : entries).slice(0, limit - found.length))
      if (found.length === limit) {
        break
      }
    }
    return found
  }

  /** Past the end of a full list, the place is the end of the last chunk. */
  #placeOf(entry: Entry): Position {
    const position = this.seek((other) => compareEntries(other, entry) >= 0)
    const last = this.#chunks.length - 1
    return position.chunk > last && last >= 0
      ? { chunk: last, index: this.#chunks[last]?.length ?? 0 }
      : position
  }
}

function lastOf(entries: Entry[] | undefined): Entry {
  return entries?.at(-1) as Entry
}

/** The first index for which `holds` is true, or `length`. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) {
      high = middle
    } else {
      low = middle + 1
    }
  }
  return low
}
