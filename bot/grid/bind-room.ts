import type { Group, Room } from '../documents.ts'
import type { Outcome } from '../outcome.ts'
import type { Put, Reading, Removal } from '../reading.ts'

/**
 * The room is this group from now on. Rooms that were it before the new login, and that nobody can speak in any more,
 * go; a room of another account in the same group stays.
 */
export async function boundTo(
  reading: Reading,
  room: Room,
  group: Group,
): Promise<Required<Pick<Outcome, 'puts' | 'removals'>>> {
  const owner = group.owner === '' ? room.account : group.owner
  const puts: Put[] = [
    { collection: 'rooms', document: { ...room, group: group.id } },
    { collection: 'groups', document: { ...group, owner } },
  ]
  const snapshot = await reading.get('roomSnapshots', room.id)
  if (snapshot) puts.push({ collection: 'roomSnapshots', document: { ...snapshot, forgetAt: null } })
  return {
    puts,
    removals: [...(await deadRooms(reading, room, group)), ...(await settled(reading, room, group))],
  }
}

async function deadRooms(reading: Reading, room: Room, group: Group): Promise<readonly Removal[]> {
  const { documents } = await reading.find('rooms', { where: { group: group.id }, limit: 1_000 })
  const removals: Removal[] = []
  for (const { id, account } of documents) {
    if (id === room.id || account !== room.account) continue
    const before = await reading.get('roomSnapshots', id)
    if (before?.here !== false) continue
    removals.push({ collection: 'rooms', id }, { collection: 'roomSnapshots', id })
  }
  return removals
}

/** What was offered about this room, or this group, is settled. */
async function settled(reading: Reading, room: Room, group: Group): Promise<readonly Removal[]> {
  const { documents } = await reading.find('matches', { where: { account: room.account }, limit: 10_000 })
  return documents
    .filter((match) => match.kind === 'group' && (match.room === room.room || match.group === group.id))
    .map(({ id }) => ({ collection: 'matches', id }) as const)
}
