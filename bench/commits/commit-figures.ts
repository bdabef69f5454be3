import { percentile } from '../statistics.ts'

/** One store, one size, as its process tells it. All in ms. */
export interface CommitFigures {
  /** One caller, one change after the other: the mean, because a bill that comes later is a bill. */
  readonly aloneMs: number
  readonly aloneSlowMs: number
  /** The same when 64 callers commit side by side; null when not tried. */
  readonly crowdMs: number | null
}

export const crowd = 64

export interface CommitBench {
  readonly changes: number
  /** How many times 64 callers go together; 0 where that would take minutes. */
  readonly crowdRounds: number
  /** Resolves when the nth change is on disk. */
  commit(change: number): Promise<void>
}

export async function measureCommitting({
  changes,
  crowdRounds,
  commit,
}: CommitBench): Promise<CommitFigures> {
  for (let change = 0; change < changes / 10; change++) await commit(change)
  const spent: number[] = []
  const began = performance.now()
  for (let change = 0; change < changes; change++) {
    const start = performance.now()
    await commit(change)
    spent.push(performance.now() - start)
  }
  const aloneMs = (performance.now() - began) / changes
  const crowdBegan = performance.now()
  for (let round = 0; round < crowdRounds; round++)
    await Promise.all(Array.from({ length: crowd }, (_, caller) => commit(round * crowd + caller)))
  const crowdMs = crowdRounds === 0 ? null : (performance.now() - crowdBegan) / (crowdRounds * crowd)
  return { aloneMs, aloneSlowMs: percentile(spent, 0.99), crowdMs }
}
