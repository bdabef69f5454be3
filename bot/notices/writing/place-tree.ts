import type { PlaceNode } from '../../documents.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'

/** All places of the district in memory: whoever looks at hundreds of groups asks the store once. */
export interface PlaceTree {
  readonly places: readonly PlaceNode[]
  /** These places and everything above them. */
  above(places: readonly string[]): ReadonlySet<string>
}

export async function readPlaceTree(reading: Reading): Promise<PlaceTree> {
  const places = await everyDocument(reading, 'places')
  const parents = new Map(places.map(({ id, parent }) => [id, parent]))
  const known = new Map<string, ReadonlySet<string>>()
  const aboveOne = (place: string): ReadonlySet<string> => {
    const before = known.get(place)
    if (before) return before
    const found = new Set<string>()
    for (let at: string | null = place; at !== null && !found.has(at); at = parents.get(at) ?? null)
      found.add(at)
    known.set(place, found)
    return found
  }
  return {
    places,
    above: (ids) =>
      ids.length === 1 ? aboveOne(ids[0] ?? '') : new Set(ids.flatMap((id) => [...aboveOne(id)])),
  }
}
