import type { House } from '../house.ts'
import { type Chat, type ChatEvent, SendError } from '../ports/chat.ts'
import { lookAtRooms } from './look-at-rooms.ts'
import { offerMatches } from './offer-matches.ts'
import { seeRoom } from './see-room.ts'

/**
 * Looks now and then who is in the rooms of one account: a while after a login, when somebody came or went, and every
 * half hour. Beside the way of messages: nothing waits for it, and when it fails it looks again later.
 */
export interface RoomWatch {
  /** An event of the chat, which may be a reason to look. Reads nothing. */
  note(event: ChatEvent): void
  pump(): Promise<void>
  isBusy(): boolean
  nextAt(): number | undefined
}

/** After a login the messenger still finds rooms for a while: three looks, ms after it. */
const afterLogin = [20_000, 90_000, 5 * 60_000]
const often = 30 * 60_000
/** Whoever comes brings others. */
const afterChange = 30_000
const afterFailure = 2 * 60_000

export function createRoomWatch(house: House, chat: Chat): RoomWatch {
  const { account } = chat
  let lookAt: number | undefined
  let looks = 0
  let since = 0
  let before: ReadonlySet<string> | undefined
  const changed = new Map<string, number>()
  let pumping: Promise<void> | undefined

  const isUp = () => chat.state().state === 'up'
  const sooner = (at: number) => {
    lookAt = Math.min(lookAt ?? at, at)
  }

  async function look(): Promise<void> {
    const seen = await lookAtRooms(house, chat, before)
    before = seen.rooms
    looks++
    const next = afterLogin[looks]
    lookAt = next === undefined ? house.now() + often : Math.max(since + next, house.now())
    if (seen.settled) await offerMatches(house, account)
  }

  async function work(): Promise<void> {
    try {
      const now = house.now()
      if (lookAt !== undefined && lookAt <= now) await look()
      for (const [room, at] of changed) {
        if (at > now) continue
        changed.delete(room)
        await seeRoom(house, chat, room)
      }
    } catch (error) {
      // the messenger did not answer; rooms are looked at again, and nothing else waits for them
      if (!(error instanceof Error)) throw error
      lookAt = house.now() + afterFailure
      if (error instanceof SendError) return
      const text = `account ${account}: its rooms could not be looked at: ${error.message}; it is tried again in 2 minutes`
      house.observe({ type: 'trouble', at: house.now(), text })
    }
  }
  return {
    note(event) {
      if (!house.settings.scheduledDuties) return
      if (event.type === 'up') {
        ;[looks, since, before] = [0, event.at, undefined]
        lookAt = house.now() + (afterLogin[0] ?? 0)
      } else if (event.type === 'joined' || event.type === 'left') {
        if (event.self) sooner(house.now() + afterChange)
        else changed.set(event.room.id, house.now() + afterChange)
      } else if (
        event.type === 'message' &&
        event.message.room &&
        before?.has(event.message.room.id) === false
      )
        sooner(house.now() + afterChange)
    },
    pump() {
      pumping ??= work().finally(() => {
        pumping = undefined
      })
      return pumping
    },
    isBusy: () => pumping !== undefined,
    nextAt() {
      if (!isUp() || pumping !== undefined) return undefined
      const all = [...changed.values(), ...(lookAt === undefined ? [] : [lookAt])]
      return all.length > 0 ? Math.min(...all) : undefined
    },
  }
}
