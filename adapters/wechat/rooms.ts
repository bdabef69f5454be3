/** All rooms of the account, read afresh: the puppet's own cache may be days old. */
import type { Puppet } from 'wechaty-puppet'
import type { ChatRoom } from '../../bot/ports/chat.ts'
import type { PuppetCall } from './puppet-call.ts'

const SIDE_BY_SIDE = 16

/** Rooms that cannot be read are left out. @throws when not even their list can be read */
export async function readRooms(
  call: PuppetCall,
  limitMs: number,
  debug: (text: string) => void,
): Promise<ChatRoom[]> {
  const ids = await call('list of rooms', limitMs, (puppet) => puppet.roomList())
  const rooms = new Map<string, ChatRoom>()
  const left = ids.values()
  const work = async () => {
    for (const id of left) {
      try {
        rooms.set(id, await call(`room ${id}`, limitMs, (puppet) => readRoom(puppet, id)))
      } catch (error) {
        debug(`room ${id} could not be read: ${error}`)
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return ids.flatMap((id) => rooms.get(id) ?? [])
}

async function readRoom(puppet: Puppet, id: string): Promise<ChatRoom> {
  const room = await puppet.roomRawPayloadParser(await puppet.roomRawPayload(id))
  const memberIds = room.memberIdList.length > 0 ? room.memberIdList : await puppet.roomMemberList(id)
  return { id, topic: room.topic, memberIds }
}
