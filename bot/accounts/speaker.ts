import type { Group, Room } from '../documents.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import type { AccountLink } from './account-documents.ts'
import { hasSeveralAccounts, linksOf } from './links.ts'

/**
 * Which account speaks in a group: its owner. While the owner cannot (its link has been down for a while, or it
 * was removed from the group), the first other account that is in the group and up stands in, and the owner has
 * the group again as soon as it is up. Nothing is stored for that: it follows from the links.
 */
export async function speakerOf(
  house: House,
  reading: Reading,
  group: Pick<Group, 'id' | 'owner'>,
): Promise<string> {
  if (!hasSeveralAccounts(house)) return group.owner
  const away = house.now() - house.settings.standInAfter
  const isAway = (link: AccountLink) => link.state === 'down' && link.since <= away
  return (await standInOf(reading, group, isAway)) ?? group.owner
}

/**
 * Undefined while the owner is there, and when nobody else is. An account of which nothing is known is there.
 * @param canStandIn of those that are up
 */
export async function standInOf(
  reading: Reading,
  { id, owner }: Pick<Group, 'id' | 'owner'>,
  isAway: (owner: AccountLink) => boolean,
  canStandIn: (other: AccountLink) => boolean = () => true,
): Promise<string | undefined> {
  const links = new Map((await linksOf(reading)).map((link) => [link.id, link]))
  const rooms = await roomsOf(reading, id)
  const link = links.get(owner)
  const wasRemoved = rooms.some(({ account, left }) => account === owner && left === true)
  if (!wasRemoved && !(link && isAway(link))) return undefined
  const others = rooms.filter(({ account, left }) => account !== owner && left !== true)
  return others
    .map(({ account }) => account)
    .filter((account) => {
      const other = links.get(account)
      return other?.state === 'up' && canStandIn(other)
    })
    .sort()[0]
}

/** The rooms that are this group, one or more for each account that is or was in it. */
export async function roomsOf(reading: Reading, group: string): Promise<readonly Room[]> {
  return (await reading.find('rooms', { where: { group }, limit: 1_000 })).documents
}
