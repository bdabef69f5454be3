import type { ReportKind } from '../tickets/reports/period.ts'
import type { LocalDate } from '../tickets/shanghai-time.ts'
import type { Instant } from './ports/chat.ts'

/** What is to happen at an instant: durable, and found again after a restart. bot/duties/duties.ts fires them. */
export type Timer = {
  readonly id: string
  readonly dueAt: Instant
} & (
  | {
      readonly kind: 'burst'
      readonly conversation: string
      readonly firstAt: Instant
      readonly mentioned: boolean
      /** Inbox ids in the order in which they came. */
      readonly lines: readonly string[]
    }
  | { readonly kind: 'light'; readonly ticket: string; readonly light: 'yellow' | 'red' }
  /** `told`: person ids of all who have been alerted; absent: not known any more. */
  | {
      readonly kind: 'ladder'
      readonly ticket: string
      readonly step: number
      readonly firstAt: Instant
      readonly told?: readonly string[]
    }
  /**
   * Reported to these people (ids), and nobody of them has said yet that they have seen it; due: one level higher.
   * `level`: of the ladder, from 1.
   */
  | {
      readonly kind: 'supervision'
      readonly ticket: string
      readonly level: number
      readonly people: readonly string[]
    }
  /** The summaries of a morning or an evening; `since`: when the one before was due. */
  | { readonly kind: 'summary'; readonly since: Instant }
  /** 挂起 ends, 回访 stays unanswered, 吹哨 is overdue, 小事不出栋 finds nobody: duties/ticket-timers.ts. */
  | { readonly kind: 'hold' | 'followUp' | 'whistle' | 'firstHands'; readonly ticket: string }
  /** An alarm that ended has been quiet for long enough. `alarm`: its id. */
  | { readonly kind: 'alarm'; readonly alarm: string }
  /** A question's time is up. `group`: id of the round. */
  | { readonly kind: 'quiz'; readonly group: string }
  | { readonly kind: 'quizNext'; readonly group: string }
  | { readonly kind: 'quizDaily'; readonly group: string }
  /** Those who asked what was answered are told. */
  | { readonly kind: 'tell'; readonly topic: string }
  /** A notice begins, or its time is over: notices/begin.ts, notices/expire.ts. */
  | { readonly kind: 'notice' | 'noticeExpiry'; readonly notice: string }
  /** The rest of an account is over, or its link has been gone for long enough: notices/health.ts. */
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'anchor' }
  /** A report that makes itself. `day`: on which it is due by its rule, see tickets/reports/schedule.ts. */
  | { readonly kind: 'report'; readonly report: ReportKind; readonly day: LocalDate }
)
