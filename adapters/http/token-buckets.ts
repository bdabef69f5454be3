/** Token buckets in memory: each name may take `burst` at once and `perSecond` in the long run. */
export interface TokenBuckets {
  /** 0 when one was taken, else the ms until there is one again. */
  take(name: string): number
  /** As `take`, and nothing is taken. */
  wait(name: string): number
}

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** Names come from outside: when there are more, full buckets are forgotten, and then the oldest, down to so many. */
const mostNames = 10_000
const leftNames = 9_000

export function createTokenBuckets({ perSecond, burst }: Rate, now: () => number): TokenBuckets {
  const interval = 1000 / perSecond
  // when each bucket is full again, in the order in which they were last used: no fractions of tokens to add up
  const fullAt = new Map<string, number>()

  /** Never emptier than empty, also when the clock was set back. */
  function fullAgain(name: string, at: number): number {
    return Math.min(Math.max(fullAt.get(name) ?? at, at), at + burst * interval)
  }
  function lacking(full: number, at: number): number {
    return Math.max(0, Math.ceil(full - at - (burst - 1) * interval))
  }
  function forget(at: number): void {
    for (const [name, full] of fullAt) if (full <= at) fullAt.delete(name)
    for (const name of fullAt.keys()) {
      if (fullAt.size <= leftNames) return
      fullAt.delete(name)
    }
  }
  return {
    take(name) {
      const at = now()
      const full = fullAgain(name, at)
      const wait = lacking(full, at)
      fullAt.delete(name)
      if (fullAt.size >= mostNames) forget(at)
      fullAt.set(name, wait === 0 ? full + interval : full)
      return wait
    },
    wait(name) {
      const at = now()
      return lacking(fullAgain(name, at), at)
    },
  }
}
