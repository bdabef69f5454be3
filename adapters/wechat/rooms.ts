/** All rooms of the account and who is in them, read afresh: the puppet's own cache may be days old. */
import type { Puppet } from 'wechaty-puppet'
import type { ChatContact, ChatRoom } from '../../bot/ports/chat.ts'
import type { PuppetCall } from './puppet-call.ts'

const SIDE_BY_SIDE = 16

/** Rooms that cannot be read are left out. @throws when not even their list can be read */
export async function readRooms(
  call: PuppetCall,
  only: readonly string[] | undefined,
  limitMs: number,
  debug: (text: string) => void,
): Promise<ChatRoom[]> {
  const ids = only ?? (await call('list of rooms', limitMs, (puppet) => puppet.roomList()))
  const rooms = await each(ids, debug, (id) => call(`room ${id}`, limitMs, (puppet) => readRoom(puppet, id)))
  return ids.flatMap((id) => rooms.get(id) ?? [])
}

/**
 * The names that people have everywhere, not those that they bear in this room alone. Asked of the room, because
 * wechat4u knows no stranger but through a room.
 */
export async function readMembers(
  call: PuppetCall,
  room: string,
  ids: readonly string[],
  limitMs: number,
  debug: (text: string) => void,
): Promise<ChatContact[]> {
  const names = await each(ids, debug, (id) =>
    call(`member ${id} of ${room}`, limitMs, async (puppet) => {
      return (await puppet.roomMemberRawPayloadParser(await puppet.roomMemberRawPayload(room, id))).name
    }),
  )
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }))
}

/** A few at a time. What cannot be read is left out. */
async function each<Value>(
  ids: readonly string[],
  debug: (text: string) => void,
  read: (id: string) => Promise<Value>,
): Promise<ReadonlyMap<string, Value>> {
  const found = new Map<string, Value>()
  const left = ids.values()
  const work = async () => {
    for (const id of left) {
      try {
        found.set(id, await read(id))
      } catch (error) {
        debug(`${id} could not be read: ${error}`)
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return found
}

async function readRoom(puppet: Puppet, id: string): Promise<ChatRoom> {
  const room = await puppet.roomRawPayloadParser(await puppet.roomRawPayload(id))
  const memberIds = room.memberIdList.length > 0 ? room.memberIdList : await puppet.roomMemberList(id)
  return { id, topic: room.topic, memberIds }
}
