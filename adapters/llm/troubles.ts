/** One line for people about each kind of trouble, and then quiet about that kind for a while. */
interface Troubles {
  tell(kind: string, text: string): void
}

const quietMs = 600_000

export function createTroubles(onTrouble: (text: string) => void, now: () => number): Troubles {
  const told = new Map<string, { at: number; untold: number }>()
  return {
    tell(kind, text) {
      const last = told.get(kind)
      if (last && now() - last.at < quietMs) {
        last.untold++
        return
      }
      told.set(kind, { at: now(), untold: 0 })
      onTrouble(last && last.untold > 0 ? `${text} (${last.untold} more like it since the last line)` : text)
    },
  }
}
