/** What came up most often: places, things, categories. */
export interface Hot {
  readonly name: string
  readonly count: number
}

/** Counts names; memory grows with the names, not with the tickets. */
export interface HotTally {
  add(name: string): void
  /** Those with at least `least`, the most frequent first, equal ones by name. */
  top(least: number, most: number): readonly Hot[]
}

export function createHotTally(): HotTally {
  const counts = new Map<string, number>()
  return {
    add(name) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    top(least, most) {
      return [...counts]
        .map(([name, count]) => ({ name, count }))
        .filter(({ count }) => count >= least)
        .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))
        .slice(0, most)
    },
  }
}
