import type { Reading } from '../reading.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** Who is in a group, as its rooms were seen last: for previews, receipts, and the tree of the grid. */
export interface GroupMember {
  readonly account: string
  readonly contact: string
  /** As they call themselves; '' when the messenger did not tell. */
  readonly name: string
  /** Person id, of those who have spoken, or are on the roster. */
  readonly person?: string
}

export interface GroupMembers {
  /** Without our own account. */
  readonly count: number
  /** Of one room: two of our accounts in one group see the same people under other ids. */
  readonly members: readonly GroupMember[]
}

/** Nobody while no room of the group was ever looked into. */
export async function membersOf(reading: Reading, group: string): Promise<GroupMembers> {
  const { documents: rooms } = await reading.find('rooms', { where: { group }, limit: 1_000 })
  let fullest: RoomSnapshot | undefined
  for (const { id } of rooms) {
    const snapshot = await reading.get('roomSnapshots', id)
    if (snapshot?.here && snapshot.members.length > (fullest?.members.length ?? -1)) fullest = snapshot
  }
  if (!fullest) return { count: 0, members: [] }
  const { account, members } = fullest
  const known = await Promise.all(
    members.map(async ({ contact, name }): Promise<GroupMember> => {
      const link = await reading.get('contacts', `${account}/${contact}`)
      return { account, contact, name, ...(link && { person: link.person }) }
    }),
  )
  return { count: known.length, members: known }
}
