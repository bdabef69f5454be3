import { normalize } from '../../intents/normalize.ts'
import { formatPlace } from '../../intents/places.ts'
import type { Place } from '../../intents/understanding.ts'
import type { Reading } from '../reading.ts'

/**
 * Building against building. A building counts the points of its best five: so a tower of two hundred homes has
 * no advantage over a house of thirty, one good head alone does not win, and nobody who joins does any harm.
 */
export const bestOf = 5

/** The one building on the roster that somebody answers for. */
export async function rosterTeam(reading: Reading, person: string): Promise<string | undefined> {
  const { places = [] } = (await reading.get('people', person)) ?? {}
  const found = await Promise.all(places.map((place) => reading.get('places', place)))
  const buildings = found.filter((place) => place?.kind === 'building')
  return buildings.length === 1 ? buildings[0]?.name : undefined
}

const says =
  /^(?:我们?|俺们?|咱们?|本人)?(?:家)?(?:是|住|来自|代表)(?:在)?[a-z\d零一二两三四五六七八九十]{1,3}(?:号楼|栋|幢|座)(?:[a-d\d一二两三四五六七八九十]{1,2}单元)?(?:的|队|人|住户|业主)?[\s,.。!~]*$/u

/** 我是3号楼的 → 3号楼; undefined when the line says something else. */
export function teamIn(line: string, place: Place | undefined): string | undefined {
  if (!says.test(normalize(line)) || place?.building === undefined) return undefined
  return formatPlace({ building: place.building }, { withRoom: false })
}

export interface TeamPoints {
  readonly team: string
  readonly points: number
  /** How many have points. */
  readonly players: number
}

/** The best building first; those without points are left out. */
export function teamTable(
  players: Iterable<{ readonly team?: string | undefined; readonly points: number }>,
): readonly TeamPoints[] {
  const byTeam = new Map<string, number[]>()
  for (const { team, points } of players)
    if (team !== undefined && points > 0) byTeam.set(team, [...(byTeam.get(team) ?? []), points])
  return [...byTeam]
    .map(([team, points]) => ({
      ...{ team, players: points.length },
      points: points
        .sort((one, other) => other - one)
        .slice(0, bestOf)
        .reduce((sum, each) => sum + each, 0),
    }))
    .sort((one, other) => other.points - one.points || (one.team < other.team ? -1 : 1))
}
