import type { Instant } from '../ports/chat.ts'

/** Who is in a room, as it was seen last: finds a group again after a new login, counts readers. */
export interface RoomSnapshot {
  /** `${account}/${room id}` */
  readonly id: string
  readonly account: string
  readonly topic: string
  /** Without ourselves. */
  readonly members: readonly { readonly contact: string; readonly name: string }[]
  readonly at: Instant
  /** The messenger named this room when it was asked last; after a new login it names others. */
  readonly here: boolean
  /** null while the bot is in the room and it is bound. */
  readonly forgetAt: Instant | null
}
