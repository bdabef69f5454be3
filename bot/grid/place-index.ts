/** Places by id, name, or path (槐荫社区/第一网格), as people name them in a cell. */
export interface Placed {
  readonly key: string
  readonly name: string
  /** Key of the place that it is part of; null at the top. */
  parent(): string | null | undefined
}

export interface PlaceIndex {
  /** All that can be meant. */
  meant(text: string): readonly Placed[]
  /** From the top down: 槐荫街道/槐荫社区/第一网格 */
  path(key: string): string
  names(): Iterable<string>
}

const step = /[/／>＞]/u

export function createPlaceIndex(places: Iterable<Placed>): PlaceIndex {
  const byKey = new Map<string, Placed>()
  const byName = new Map<string, Placed[]>()
  for (const place of places) {
    byKey.set(place.key, place)
    byName.set(place.name, [...(byName.get(place.name) ?? []), place])
  }

  /** Nearest first. A ring ends where it began. */
  function above(place: Placed): readonly Placed[] {
    const found: Placed[] = []
    let current = byKey.get(place.parent() ?? '')
    while (current && current !== place && !found.includes(current)) {
      found.push(current)
      current = byKey.get(current.parent() ?? '')
    }
    return found
  }

  /** Each part stands somewhere above the next. */
  function isUnder(place: Placed, parts: readonly string[]): boolean {
    const left = [...parts]
    for (const { name } of above(place)) if (name === left.at(-1)) left.pop()
    return left.length === 0
  }
  return {
    meant(text) {
      const exact = byKey.get(text)
      if (exact) return [exact]
      const named = byName.get(text)
      if (named) return named
      const parts = text.split(step).map((part) => part.trim())
      const last = parts.pop() ?? ''
      return parts.length === 0 ? [] : (byName.get(last) ?? []).filter((place) => isUnder(place, parts))
    },
    path(key) {
      const place = byKey.get(key)
      return place === undefined
        ? key
        : [place, ...above(place)]
            .map(({ name }) => name)
            .reverse()
            .join('/')
    },
    names: () => byName.keys(),
  }
}
