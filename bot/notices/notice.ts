import type { Instant } from '../ports/chat.ts'

/**
 * 通知: words for many groups. It is written (draft), approved where the rules ask for a second person, waits for its
 * time, and goes out: each group's copy is an entry of the outbox, made when sending begins. A repeated notice stays
 * `scheduled` and makes a notice of its own each time (`series`), so that progress, receipts and corrections always
 * speak of one sending.
 */
export const noticeStates = [
  ...['draft', 'awaiting', 'scheduled', 'sending', 'paused'],
  ...['finished', 'stopped', 'expired', 'refused', 'discarded'],
] as const satisfies readonly string[]
export type NoticeState =
  /** Written and previewed; nothing happens until its author says so. */
  | 'draft'
  /** A second person has to approve. */
  | 'awaiting'
  /** Approved, or in need of nobody; its time has not come. */
  | 'scheduled'
  /** Each group's copy is in the outbox. */
  | 'sending'
  /** What is queued stays queued. */
  | 'paused'
  /** Every copy has its end: confirmed, sent, unconfirmed, failed or skipped. */
  | 'finished'
  /** What was still queued is skipped. */
  | 'stopped'
  /** Its time was over before all of it had gone out. */
  | 'expired'
  | 'refused'
  | 'discarded'

/** To whom: groups at or below `places` that have one of `tags` (empty: any), and `groups`; without those of `except`. */
export interface Targets {
  /** All groups of the district, when nothing else narrows it down. */
  readonly everywhere?: boolean
  /** Place ids. */
  readonly places: readonly string[]
  readonly tags: readonly string[]
  /** Group ids. */
  readonly groups: readonly string[]
  readonly except?: {
    readonly places: readonly string[]
    readonly tags: readonly string[]
    readonly groups: readonly string[]
  }
}

/** A file in the folder of attachments; it is durable before a notice names it. */
export interface Attachment {
  /** As whoever gets it sees it: 停水通知.pdf */
  readonly name: string
  /** Its name in the folder. */
  readonly file: string
  readonly kind: 'picture' | 'file'
}

/** When a notice goes out again and again. Times are Asia/Shanghai. */
export interface Repeat {
  /** cron: minute, hour, day of month, month, day of week. */
  readonly cron: string
  /** In people's words: 每周一 08:30 */
  readonly words: string
  /** A day that is no working day is left out. */
  readonly workingDaysOnly: boolean
  /** The last instant at which it may begin. */
  readonly until?: Instant
}

/** Why a second person has to look at it. */
export type ApprovalReason =
  | 'groups'
  | 'template'
  | 'hours'
  | 'emergency'
  | 'repeated'
  /** Whoever wrote it has left the roster since, or answers for other places. */
  | 'author'

export type NoticeEvent =
  | 'written'
  | 'submitted'
  | 'approved'
  | 'refused'
  | 'discarded'
  | 'started'
  | 'paused'
  | 'resumed'
  | 'stopped'
  | 'expired'
  | 'finished'
  | 'settled'
  /** Those who have not said 收到. */
  | 'reminded'

export interface NoticeStep {
  readonly at: Instant
  /** Person id, `operator`, `system/NAME`, or `bot`. */
  readonly by: string
  readonly event: NoticeEvent
  readonly note?: string
  /** Who decided in the system `by`, as that system calls them. */
  readonly person?: string
}

export interface Follows {
  readonly notice: string
  readonly as: 'correction' | 'retraction'
  /** A retraction without a word of anybody's own. */
  readonly plain?: true
}

export interface Notice {
  /** N12: said 通知12 */
  readonly id: string
  readonly state: NoticeState
  /** Exactly as the groups read it. */
  readonly text: string
  readonly attachment?: Attachment
  /** Name of the template it was made from: 停水 */
  readonly template?: string
  readonly targets: Targets
  /** In people's words: 幸福里社区·业主群 */
  readonly targetWords: string
  /** For the groups that got another notice, instead of `targets`. */
  readonly follows?: Follows
  /** Passes quiet hours, goes before other notices. */
  readonly emergency: boolean
  /** 收到请回复: who has read it is counted. */
  readonly receipt: boolean
  /** Not before this instant; absent: at once. */
  readonly sendAt?: Instant
  /** Not after it; what has not gone out by then is skipped. Until then it answers questions. */
  readonly expiresAt: Instant
  readonly repeat?: Repeat
  /** The repeated notice it was made by. */
  readonly series?: string
  /** Person id, `operator` or `system/NAME`. */
  readonly author: string
  readonly writtenAt: Instant
  readonly approval: readonly ApprovalReason[]
  readonly approvedBy?: string
  /** To how many groups, as whoever approved it was told. */
  readonly approvedFor?: number
  readonly startedAt?: Instant
  readonly endedAt?: Instant
  /** How many groups it goes to: as counted when it was written, then as it was begun. */
  readonly groups: number
  /** Who wrote, approved, sent, stopped it: few, oldest first. */
  readonly history: readonly NoticeStep[]
}

/** What became of one group's copy. */
export type CopyState = 'queued' | 'sending' | 'sent' | 'confirmed' | 'unconfirmed' | 'failed' | 'skipped'

/** Why a copy was not sent. */
export type CopyReason =
  | 'expired'
  | 'stopped'
  /** None of our accounts is in the group. */
  | 'no-account'
  /** The messenger knows no such room. */
  | 'gone'
  | 'failed'
  /** Staff looked and decided. */
  | 'left'

/**
 * Who got it, kept as long as the notice, when the outbox has forgotten its entries: written when the notice ends, and
 * again when staff settle what was unconfirmed.
 */
export interface NoticeRecord {
  /** The notice's id. */
  readonly id: string
  readonly copies: readonly {
    readonly group: string
    readonly account?: string
    readonly state: CopyState
    readonly reason?: CopyReason
    readonly at?: Instant
    /** What became of the attachment, which comes after the words. */
    readonly attachment?: CopyState
  }[]
}

/** Whether an account may send notices; absent: it may. */
export interface AccountState {
  /** The account. */
  readonly id: string
  /** `rate`: 操作过于频繁; `down`: the link is gone; `failures`: several in a row; `staff`: somebody said so. */
  readonly paused?: {
    readonly reason: 'rate' | 'down' | 'failures' | 'staff'
    readonly since: Instant
    /** It goes on by itself then; absent: when somebody says so, or the link is back. */
    readonly until?: Instant
  }
  readonly failuresInRow: number
  /** The newest rest: the next one, within an hour of its end, is longer. */
  readonly lastRest?: {
    /** After a rate warning answers rest as well. */
    readonly reason: 'rate' | 'failures'
    readonly until: Instant
    readonly length: number
  }
  /** The link is gone since then. */
  readonly downSince?: Instant
}

/** 收到: one person in one group has read one notice. */
export interface NoticeReceipt {
  /** `${notice}/${group}/${person}` */
  readonly id: string
  readonly notice: string
  readonly group: string
  readonly person: string
  readonly at: Instant
}
