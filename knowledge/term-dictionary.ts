/**
 * Terms → 0, 1, 2, …: a hash table with open addressing, because a Map of a million numbers needs
 * four times the memory and three times the time.
 */
export class TermDictionary {
  size = 0
  #keys: Uint32Array
  /** -1: the slot is free. */
  #ids: Int32Array

  /** `slots`: a power of two; it grows by itself. */
  constructor(slots = 4096) {
    this.#keys = new Uint32Array(slots)
    this.#ids = new Int32Array(slots).fill(-1)
  }

  /** -1 when the term is unknown. */
  find(term: number): number {
    return this.#ids[this.#slot(term)] as number
  }

  findOrAdd(term: number): number {
    const slot = this.#slot(term)
    const known = this.#ids[slot] as number
    if (known !== -1) {
      return known
    }
    this.#keys[slot] = term
    this.#ids[slot] = this.size++
    if (this.size * 1.6 > this.#keys.length) {
      this.#grow()
    }
    return this.size - 1
  }

  get bytes(): number {
    return this.#keys.byteLength + this.#ids.byteLength
  }

  #slot(term: number): number {
    const mask = this.#keys.length - 1
    // Fibonacci hashing: the upper bits of the product are the well mixed ones.
    const product = Math.imul(term, 0x9e3779b1)
    let slot = (product ^ (product >>> 15)) & mask
    while (this.#ids[slot] !== -1 && this.#keys[slot] !== term) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  #grow(): void {
    const keys = this.#keys
    const ids = this.#ids
    this.#keys = new Uint32Array(keys.length * 2)
    this.#ids = new Int32Array(keys.length * 2).fill(-1)
    for (let old = 0; old < keys.length; old++) {
      if (ids[old] !== -1) {
        const slot = this.#slot(keys[old] as number)
        this.#keys[slot] = keys[old] as number
        this.#ids[slot] = ids[old] as number
      }
    }
  }
}
