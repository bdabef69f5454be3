import { decideAndCommit } from '../commit.ts'
import type { Room } from '../documents.ts'
import type { House } from '../house.ts'
import type { Chat } from '../ports/chat.ts'
import type { Put, Removal } from '../reading.ts'
import { everyDocument } from '../reports/every-document.ts'
import type { RoomSnapshot } from './room-snapshot.ts'
import { keepSnapshot } from './see-room.ts'

/** All rooms of one account: which are there, which are not any more, who is in them. */
export interface Looked {
  readonly rooms: ReadonlySet<string>
  /** The messenger names the same rooms as at the last look: what is missing is gone. */
  readonly settled: boolean
}

/** @param before the ids of the last look since the login */
export async function lookAtRooms(
  house: House,
  chat: Chat,
  before: ReadonlySet<string> | undefined,
): Promise<Looked> {
  const rooms = await chat.rooms()
  const ids = new Set(rooms.map(({ id }) => id))
  const known = new Map<string, Room>()
  for await (const room of everyDocument<Room>(house.store, 'rooms'))
    if (room.account === chat.account) known.set(room.room, room)
  for (const room of rooms)
    if (known.get(room.id)?.group) await keepSnapshot(house, chat, room, { bound: true })
  // right after a login, and when it has trouble, the messenger names only some
  const settled = ids.size > 0 && before?.size === ids.size && [...ids].every((id) => before.has(id))
  if (!settled) return { rooms: ids, settled }
  const lost = [...known.values()].filter(({ group, room }) => group !== null && !ids.has(room))
  await markLost(
    house,
    lost,
    [...known.values()].filter(({ room }) => ids.has(room)),
  )
  if (lost.length === 0) return { rooms: ids, settled }
  // who is in a room that is nobody's is asked for only while there is something to compare with
  const comparable = await haveMembers(house, lost)
  for (const room of rooms.filter(({ id }) => !known.get(id)?.group))
    await keepSnapshot(house, chat, comparable ? room : { ...room, memberIds: [] }, { bound: false })
  return { rooms: ids, settled }
}

async function haveMembers(house: House, rooms: readonly Room[]): Promise<boolean> {
  for (const { id } of rooms) {
    const last = await house.store.get<RoomSnapshot>('roomSnapshots', id)
    if (last && last.members.length > 0) return true
  }
  return false
}

/** Kept for a while, to find the room again under its new id. */
async function markLost(house: House, lost: readonly Room[], living: readonly Room[]): Promise<void> {
  if (lost.length === 0) return
  // bound again already, with a code: nothing is to be found
  const bound = new Set(living.map(({ group }) => group))
  await decideAndCommit(house, async (reading) => {
    const forgetAt = house.now() + house.settings.keep.chatter
    const puts: Put[] = []
    const removals: Removal[] = []
    for (const { id, account, topic, group } of lost) {
      if (bound.has(group)) {
        removals.push({ collection: 'rooms', id }, { collection: 'roomSnapshots', id })
        continue
      }
      const last = await reading.get('roomSnapshots', id)
      if (last?.here === false) continue
      const never = { id, account, topic, members: [], at: house.now() }
      puts.push({ collection: 'roomSnapshots', document: { ...(last ?? never), here: false, forgetAt } })
    }
    return { cause: { id: `lost/${lost[0]?.account}`, group: null, lines: [] }, outcome: { puts, removals } }
  })
}
