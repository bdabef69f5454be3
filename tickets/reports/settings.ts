import type { ReportKind } from './period.ts'
import type { RateName } from './rates.ts'

/** tickets/reports.yaml: how grids are scored, what is hot, and who gets which report when. */
export interface ReportSettings {
  readonly score: ScoreSettings
  readonly hot: {
    /** From so many tickets on a place or a thing is hot, and so many are listed at most. */
    readonly least: number
    readonly most: number
  }
  readonly schedule: Readonly<Record<ReportKind, Scheduled>>
}

export interface ScoreSettings {
  /** 0 to 100 each; only what they are to each other matters. */
  readonly weights: Readonly<Record<RateName, number>>
  /** Points off for each overdue and each recurred ticket, and the most that is taken off. */
  readonly overdue: number
  readonly recurred: number
  readonly mostOff: number
  /** With fewer tickets (opened or done) a grid is shown, but not ranked. */
  readonly fewest: number
}

/** Roles that may be sent figures of a place; a resident never. */
export const reportReceivers = ['grid_worker', 'grid_leader', 'department', 'admin'] as const

export interface Scheduled {
  /** Time of day in ms since local midnight. */
  readonly at: number
  /** working: on working days only. */
  readonly days: 'working' | 'all'
  readonly to: readonly (typeof reportReceivers)[number][]
  readonly picture: boolean
}
