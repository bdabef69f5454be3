import { seededRandom } from '../../bot/replay/seeded-random.ts'

/** Dice of the simulation: the same throws for the same seed. */
export interface Chance {
  /** True in so many of 100 cases. */
  percent(share: number): boolean
  /** From `from` up to, not including, `to`. */
  between(from: number, to: number): number
  one<T>(list: readonly T[]): T
}

export function chanceOf(seed: number): Chance {
  const random = seededRandom(seed)
  const between = (from: number, to: number) => from + random() * (to - from)
  return {
    percent: (share) => random() * 100 < share,
    between,
    one<T>(list: readonly T[]): T {
      const found = list[Math.floor(random() * list.length)]
      if (found === undefined) throw new Error('expected something to choose from, got an empty list')
      return found
    },
  }
}
