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

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** Names come from outside: when there are more, full buckets are forgotten, and then the oldest, down to so many. */
const mostNames = 10_000
const leftNames = 9_000

export function createTokenBuckets({ perSecond, burst }: Rate, now: () => number): TokenBuckets {
  // in the order in which they were last used
  const buckets = new Map<string, Bucket>()

  function filled(name: string, at: number): number {
    const bucket = buckets.get(name)
    if (!bucket) return burst
    const since = Math.max(0, at - bucket.at)
    return Math.min(burst, bucket.tokens + (since / 1000) * perSecond)
  }
  function lacking(tokens: number): number {
    return tokens >= 1 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
  }
  function forget(at: number): void {
    for (const name of buckets.keys()) if (filled(name, at) >= burst) buckets.delete(name)
    for (const name of buckets.keys()) {
      if (buckets.size <= leftNames) return
      buckets.delete(name)
    }
  }
  return {
    take(name) {
      const at = now()
      const tokens = filled(name, at)
      const wait = lacking(tokens)
      buckets.delete(name)
      if (buckets.size >= mostNames) forget(at)
      buckets.set(name, { tokens: wait === 0 ? tokens - 1 : tokens, at })
      return wait
    },
    wait: (name) => lacking(filled(name, now())),
  }
}
