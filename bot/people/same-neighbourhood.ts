import { placesOf } from '../questions/whereabouts.ts'
import type { Reading } from '../reading.ts'
import { reachesPlace } from './reaches-place.ts'

interface Said {
  /** Our group id, null in private. */
  readonly group: string | null
  /** Person id, or `system/NAME`. */
  readonly reporter: string
}

/**
 * Could 3号楼 here be 3号楼 there? Every estate of a district has one. Said in one group, or in groups of which one's
 * place holds the other's, it is; in a house that knows no places, or one community only, too.
 */
export async function isSameNeighbourhood(reading: Reading, one: Said, other: Said): Promise<boolean> {
  if (one.group !== null && one.group === other.group) return true
  if (one.group === null && other.group === null && one.reporter === other.reporter) return true
  const here = await placesOf(reading, { group: one.group, person: one.reporter })
  const there = await placesOf(reading, { group: other.group, person: other.reporter })
  if (here.length === 0 || there.length === 0) return isOneCommunity(reading)
  for (const place of here) if (await reachesPlace(reading, there, place)) return true
  return false
}

async function isOneCommunity(reading: Reading): Promise<boolean> {
  const { documents } = await reading.find('places', { limit: 10_000 })
  return documents.filter(({ kind }) => kind === 'community').length <= 1
}
