import { day } from '../../tickets/shanghai-time.ts'
import { decideAndCommit } from '../commit.ts'
import type { Room } from '../documents.ts'
import type { House } from '../house.ts'
import type { Chat, ChatRoom } from '../ports/chat.ts'
import type { Put } from '../reading.ts'
import type { RoomSnapshot } from './room-snapshot.ts'

/** Who is in one room, kept as a snapshot. Only the names of those who came since are asked for. */

/** People change their names: after this all are asked for again. */
const namesAge = 7 * day

export async function seeRoom(house: House, chat: Chat, id: string): Promise<void> {
  const known = await house.store.get<Room>('rooms', `${chat.account}/${id}`)
  // who is in a room that is nobody's is nobody's business
  if (!known?.group) return
  const [room] = await chat.rooms([id])
  if (room) await keepSnapshot(house, chat, room, { bound: true })
}

/** @param bound otherwise it is forgotten after a while */
export async function keepSnapshot(
  house: House,
  chat: Chat,
  { id, topic, memberIds }: ChatRoom,
  { bound }: { readonly bound: boolean },
): Promise<void> {
  const key = `${chat.account}/${id}`
  const before = await house.store.get<RoomSnapshot>('roomSnapshots', key)
  const link = chat.state()
  const own = link.state === 'up' ? link.self.id : ''
  const ids = memberIds.filter((each) => each !== own)
  if (before && isStill(before, { ids, topic, bound, now: house.now() })) return
  const members = await membersOf(chat, id, ids, isFresh(before, house.now()) ? before : undefined)
  await decideAndCommit(house, async (reading) => {
    const [room, last] = [await reading.get('rooms', key), await reading.get('roomSnapshots', key)]
    const forgetAt = bound ? null : (last?.forgetAt ?? house.now() + house.settings.keep.chatter)
    const at = isFresh(last, house.now()) ? last.at : house.now()
    const document = { id: key, account: chat.account, topic, members, at, here: true, forgetAt }
    const puts: Put[] = [{ collection: 'roomSnapshots', document }]
    const counted: Room = {
      ...(room ?? { id: key, account: chat.account, room: id, group: null }),
      topic,
      members: members.length,
    }
    puts.push({ collection: 'rooms', document: counted })
    return { cause: { id: `room/${key}`, group: null, lines: [] }, outcome: { puts } }
  })
}

function isFresh(before: RoomSnapshot | undefined, now: number): before is RoomSnapshot {
  return before !== undefined && now - before.at < namesAge
}

interface Seen {
  readonly ids: readonly string[]
  readonly topic: string
  readonly bound: boolean
  readonly now: number
}

function isStill(before: RoomSnapshot, { ids, topic, bound, now }: Seen): boolean {
  const same = new Set(before.members.map(({ contact }) => contact))
  const people = same.size === ids.length && ids.every((id) => same.has(id))
  const kept = before.here && (before.forgetAt === null) === bound
  return people && kept && before.topic === topic && isFresh(before, now)
}

async function membersOf(
  chat: Chat,
  room: string,
  ids: readonly string[],
  before: RoomSnapshot | undefined,
): Promise<RoomSnapshot['members']> {
  const names = new Map(before?.members.map(({ contact, name }) => [contact, name]))
  const unknown = ids.filter((id) => (names.get(id) ?? '') === '')
  for (const { id, name } of unknown.length > 0 ? await chat.members(room, unknown) : []) names.set(id, name)
  return ids.map((contact) => ({ contact, name: names.get(contact) ?? '' }))
}
