import type { Figures } from '../../tickets/reports/figures.ts'
import type { Hot } from '../../tickets/reports/hot.ts'
import type { ReportKind } from '../../tickets/reports/period.ts'
import type { Ranked } from '../../tickets/reports/score.ts'
import type { ScoreSettings } from '../../tickets/reports/settings.ts'
import type { LocalDate } from '../../tickets/shanghai-time.ts'
import type { PlaceKind } from '../documents.ts'

/** A report as plain data. Nothing in it is personal, but `staff`, which only admins are given. */
export interface Report {
  readonly kind: ReportKind
  /** First and last day, both inside. */
  readonly first: LocalDate
  readonly last: LocalDate
  /** When it was made, and whether the period was over by then; ms since 1970. */
  readonly madeAt: number
  readonly complete: boolean
  /** null: everything there is. */
  readonly place: ReportPlace | null
  readonly figures: Figures
  /** The same of the period before. */
  readonly before: Figures
  /** The grids of the place, the best first; empty for a place that has none. */
  readonly grids: readonly Ranked<ReportPlace>[]
  /** What belongs to the place and to none of its grids: with it the grids add up to `figures`. */
  readonly rest: Figures
  readonly hotPlaces: readonly Hot[]
  readonly hotThings: readonly Hot[]
  readonly categories: readonly Hot[]
  readonly questions: {
    readonly open: number
    /** As they were asked, without personal data. */
    readonly most: readonly { readonly text: string; readonly askers: number }[]
  }
  /** How points were given. */
  readonly score: ScoreSettings
  /** Only where it was asked for. */
  readonly staff?: readonly StaffRow[]
}

export interface ReportPlace {
  readonly id: string
  readonly name: string
  readonly kind: PlaceKind
}

export interface StaffRow {
  readonly name: string
  readonly department: string
  readonly figures: Figures
}
