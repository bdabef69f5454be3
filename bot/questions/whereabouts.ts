import { ancestorsOf } from '../people/directory.ts'
import type { Reading } from '../reading.ts'

/** Where somebody asks, so that an answer for one community is not given in another. */
export interface Whereabouts {
  /** The one community this is; null when there is none, or more than one. */
  readonly community: string | null
  /** The places and everything above them. */
  readonly near: ReadonlySet<string>
}

const lastLines = 50

/** In private: where this person spoke lately, else the only community that there is. */
export async function whereaboutsOf(
  reading: Reading,
  said: { readonly group: string | null; readonly person: string },
): Promise<Whereabouts> {
  const near = await ancestorsOf(reading, await placesOf(reading, said))
  const places = await Promise.all([...near].map((id) => reading.get('places', id)))
  const communities = places.filter((place) => place?.kind === 'community')
  return { near, community: communities.length === 1 ? (communities[0]?.id ?? null) : null }
}

/** Ids of the places that the group is bound to; in private those of the groups in which this person spoke lately. */
export async function placesOf(
  reading: Reading,
  { group, person }: { readonly group: string | null; readonly person: string },
): Promise<readonly string[]> {
  const groups = group === null ? await groupsLately(reading, person) : [group]
  if (groups.length === 0) return onlyCommunity(reading)
  const bound = await Promise.all(groups.map((id) => reading.get('groups', id)))
  return bound.flatMap((each) => each?.places ?? [])
}

async function onlyCommunity(reading: Reading): Promise<readonly string[]> {
  const { documents } = await reading.find('places', { limit: 10_000 })
  const communities = documents.filter(({ kind }) => kind === 'community')
  return communities.length === 1 ? communities.map(({ id }) => id) : []
}

/** Ids of the groups in which somebody spoke lately, the newest first. */
export async function groupsLately(reading: Reading, person: string): Promise<readonly string[]> {
  const { documents } = await reading.find('inbox', {
    where: { person },
    order: 'at',
    descending: true,
    limit: lastLines,
  })
  return [...new Set(documents.flatMap((line) => (line.group === null ? [] : [line.group])))]
}
