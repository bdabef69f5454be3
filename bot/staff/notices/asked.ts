import type { NoticeOrder } from '../../../intents/notice-commands.ts'
import type { Instant } from '../../ports/chat.ts'

/** What a notice still lacks: the next line of whoever writes it may be the answer, and nothing else has to be said again. */
export type NoticeAsked =
  | {
      /** To whom; which field of its template; its words; or its time. */
      readonly asks: 'whom' | 'field' | 'text' | 'time'
      readonly written: Written
      /** The name that was probably meant: 是 is enough. */
      readonly offer?: string
      /** Of the template, when only one is missing. */
      readonly field?: string
      readonly at: Instant
    }
  | {
      /** Whom it must not reach: a name that is not known, as it was said. */
      readonly asks: 'except'
      readonly written: Written
      readonly name: string
      readonly phrase: string
      readonly at: Instant
    }
  | {
      /** Nothing: a field of its template may still follow its preview. */
      readonly asks: 'more'
      readonly notice: string
      readonly template: string
      readonly fields: Readonly<Record<string, string>>
      readonly text?: string
      /** Said without the name of its field. */
      readonly pending?: string
      readonly at: Instant
    }
  | {
      /** Why it was refused: the next line is the reason. */
      readonly asks: 'reason'
      readonly notice: string
      readonly at: Instant
    }
  | {
      readonly asks: 'which'
      readonly order: NoticeOrder
      /** Ids, in the order in which they were shown. */
      readonly notices: readonly string[]
      readonly at: Instant
    }

/** A new notice as it was said so far. */
export interface Written {
  readonly words: string
  readonly emergency: boolean
  readonly template?: string
}

const remembered = 10 * 60_000

/** Undefined when nothing was asked lately. */
export function stillAsked(asked: NoticeAsked | null | undefined, now: Instant): NoticeAsked | undefined {
  return asked && now - asked.at <= remembered ? asked : undefined
}
