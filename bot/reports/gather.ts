import type { Figures } from '../../tickets/reports/figures.ts'
import { type Period, periodBefore } from '../../tickets/reports/period.ts'
import type { Person } from '../documents.ts'
import type { Store } from '../ports/store.ts'
import { openQuestions } from './open-questions.ts'
import { readPlaceTree } from './place-tree.ts'
import type { Report, StaffRow } from './report.ts'
import { count, createTally, endOf, type ReportLore, shownPlace } from './tally.ts'
import { liveTickets } from './ticket-histories.ts'

/** Reads the ledger once, page by page, and counts for all the places that want a report. */
export interface ReportRequest {
  readonly period: Period
  readonly now: number
  /** With the figures of each who is responsible: for admins. */
  readonly staff?: boolean
}

/** @param places ids; null for everything. @returns a report for each, in this order */
export async function gatherReports(
  house: ReportLore & { readonly store: Store },
  { period, now, staff = false }: ReportRequest,
  places: readonly (string | null)[],
): Promise<readonly Report[]> {
  const { store } = house
  const tree = await readPlaceTree(store)
  const tallies = new Map(
    places.map((id) => [id, createTally(tree, id === null ? undefined : tree.get(id), house)]),
  )
  const end = endOf(period, now)
  for await (const live of liveTickets(store, periodBefore(period).from, end)) {
    const counted = count(tree, live, period, now)
    for (const { id } of counted.home) tallies.get(id)?.add(counted)
    tallies.get(null)?.add(counted)
  }
  const reports: Report[] = []
  for (const id of places) {
    const tally = tallies.get(id)
    const place = id === null ? undefined : tree.get(id)
    if (!tally) continue
    reports.push({
      ...{
        kind: period.kind,
        first: period.first,
        last: period.last,
        madeAt: now,
        complete: now >= period.to,
      },
      ...{ place: place ? shownPlace(place) : null, ...tally.result(), score: house.reports.score },
      questions: await openQuestions(store, tree, place),
      ...(staff && { staff: await staffRows(store, tally.staff()) }),
    })
  }
  return reports
}

async function staffRows(store: Store, figures: ReadonlyMap<string, Figures>): Promise<readonly StaffRow[]> {
  const rows: StaffRow[] = []
  for (const [id, each] of figures) {
    const person = id === '' ? undefined : await store.get<Person>('people', id)
    rows.push({ name: person?.name ?? '', department: person?.department ?? '', figures: each })
  }
  return rows.sort((one, other) => other.figures.done - one.figures.done)
}
