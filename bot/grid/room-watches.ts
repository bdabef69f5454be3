import type { House } from '../house.ts'
import type { Hands } from '../leases/hands.ts'
import type { Chat, ChatEvent } from '../ports/chat.ts'
import { createRoomWatch, type RoomWatch } from './room-watch.ts'

/** The watches of the accounts that are this process's: a new one each time that an account is taken. */
export interface RoomWatches {
  note(chat: Chat, event: ChatEvent): void
  all(): readonly RoomWatch[]
}

export function createRoomWatches(house: House, hands: Hands): RoomWatches {
  const watches = new Map<Chat, { readonly own: House; readonly watch: RoomWatch }>()

  function watchOf(chat: Chat): RoomWatch | undefined {
    const own = hands.of(chat.account)
    if (!own) {
      watches.delete(chat)
      return undefined
    }
    const known = watches.get(chat)
    if (known?.own === own) return known.watch
    const watch = createRoomWatch(own, chat)
    watches.set(chat, { own, watch })
    return watch
  }
  return {
    note: (chat, event) => watchOf(chat)?.note(event),
    all: () => house.chats.flatMap((chat) => watchOf(chat) ?? []),
  }
}
