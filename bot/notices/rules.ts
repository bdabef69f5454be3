import type { Role } from '../documents.ts'

/** How notices are written, approved and timed: tickets/notices.yaml is what admins edit. */
export interface NoticeRules {
  /** Characters of a notice, template and all. */
  readonly longest: number
  /** How long one may still go out and answers questions when its words name no time, ms from its beginning. */
  readonly lasts: number
  /** So many days ahead one may be scheduled. */
  readonly farthest: number
  readonly approval: ApprovalRules
  /** Nearly the same words for some of the same groups within so many ms are a duplicate. */
  readonly alikeWithin: number
  /** 0 to 1: from this likeness on. */
  readonly alikeFrom: number
  /** 收到 counts for so long after the end of sending, ms. */
  readonly receiptWithin: number
  /** Tags of the groups in which those who have not said it are called by name to staff. */
  readonly receiptNames: readonly string[]
  /** What 上午 and 晚上 mean. */
  readonly partsOfDay: readonly PartOfDay[]
}

/** When a second person has to look at a notice. */
export interface ApprovalRules {
  readonly moreGroupsThan: number
  /** Whatever would begin outside these hours, ms since midnight; an emergency has its own rule. */
  readonly outside: { readonly from: number; readonly to: number }
  /** Names of templates. */
  readonly templates: readonly string[]
  readonly emergency: boolean
  readonly repeated: boolean
  /** The least role of whoever approves. */
  readonly by: Role
  /** Whoever has this role needs nobody. */
  readonly freeFrom: Role
}

export interface PartOfDay {
  readonly words: readonly string[]
  /** ms since midnight; an end of more than a day lies on the next one. */
  readonly from: number
  readonly to: number
}
