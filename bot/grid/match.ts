import type { Instant } from '../ports/chat.ts'

/**
 * After a new login all ids of rooms and people are others. What is likely the same as before is worked out and offered;
 * it counts only when somebody with the right to it has confirmed it.
 */
export type Match = {
  /** `room/${account}/${room id}`, or `contact/${account}/${contact id}` */
  readonly id: string
  /** As people say it: 确认绑定 3. Never given twice. */
  readonly number: number
  readonly account: string
  /** 0 to 1. */
  readonly score: number
  /** Nothing else comes near it. */
  readonly sure: boolean
  /** How many who were there before are there again, and how many there were: 0 of 0 when nobody was known. */
  readonly shared: number
  readonly of: number
  /** refused: somebody said that it is not so; it is not offered again. */
  readonly state: 'offered' | 'refused'
  readonly at: Instant
  readonly forgetAt: Instant
} & (
  | {
      readonly kind: 'group'
      readonly room: string
      readonly topic: string
      /** Group id. */
      readonly group: string
      readonly name: string
    }
  | {
      readonly kind: 'person'
      readonly contact: string
      /** How they call themselves. */
      readonly alias: string
      /** Person id. */
      readonly person: string
      readonly name: string
    }
)
