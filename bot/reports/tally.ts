import { maskPersonalData } from '../../intents/personal-data.ts'
import { formatPlace } from '../../intents/places.ts'
import { type Figures, figuresOf, noFigures, sumOf } from '../../tickets/reports/figures.ts'
import { createHotTally } from '../../tickets/reports/hot.ts'
import { type Period, periodBefore } from '../../tickets/reports/period.ts'
import { rank } from '../../tickets/reports/score.ts'
import { mentions } from '../../tickets/same-problem.ts'
import { ownerOf, type Ticket } from '../../tickets/ticket.ts'
import type { PlaceNode } from '../documents.ts'
import type { Lore } from '../house.ts'
import { isPrivateMatter } from '../private-matters.ts'
import type { PlaceTree } from './place-tree.ts'
import type { Report, ReportPlace } from './report.ts'
import { asOf, type LiveTicket } from './ticket-histories.ts'

/** Counts the tickets of one place. Memory grows with grids, staff and names of spots, not with tickets. */
export interface Tally {
  add(counted: Counted): void
  result(): Pick<Report, 'figures' | 'before' | 'rest' | 'grids' | 'hotPlaces' | 'hotThings' | 'categories'>
  /** By person id; '' for nobody. */
  staff(): ReadonlyMap<string, Figures>
}

/** What one ticket counts for, worked out once for all places that it belongs to. */
export interface Counted {
  readonly ticket: Ticket | undefined
  readonly home: readonly PlaceNode[]
  readonly figures: Figures
  readonly before: Figures
}

export type ReportLore = Pick<Lore, 'things' | 'categories' | 'reports'>

export function count(tree: PlaceTree, live: LiveTicket, period: Period, now: number): Counted {
  const earlier = periodBefore(period)
  const figuresAt = (of: Period, end: number) => {
    const ticket = asOf(live, end)
    const events = live.events.filter(({ at }) => at < end)
    return { ticket, figures: ticket ? figuresOf({ ticket, events }, of, end) : noFigures }
  }
  const { ticket, figures } = figuresAt(period, endOf(period, now))
  return { ticket, figures, home: tree.homeOf(live.ticket), before: figuresAt(earlier, earlier.to).figures }
}

/** Everything up to this very instant belongs to it. */
export function endOf(period: Period, now: number): number {
  return Math.min(period.to, now + 1)
}

export function createTally(tree: PlaceTree, scope: PlaceNode | undefined, lore: ReportLore): Tally {
  const grids = new Map(tree.below(scope?.id ?? null, 'grid').map((grid) => [grid.id, grid]))
  const sums = new Map<string, Figures>()
  const staff = new Map<string, Figures>()
  const hot = { places: createHotTally(), things: createHotTally(), categories: createHotTally() }

  function addHot(ticket: Ticket, home: readonly PlaceNode[]): void {
    const { category, place, text } = ticket
    const name = lore.categories[category].name
    // that somebody complained about a person is no topic, and a quarrel in one building names the households
    if (category !== 'conduct') hot.categories.add(name)
    if (isPrivateMatter(ticket)) return
    hot.things.add(lore.things.find((each) => mentions(text, each))?.name ?? name)
    const spot = spotOf(place, home, scope)
    if (spot !== undefined) hot.places.add(spot)
  }
  return {
    add({ ticket, home, figures, before }) {
      addTo(sums, 'before', before)
      if (!ticket) return
      addTo(sums, 'all', figures)
      // a grid's own report has no grids to compare
      addTo(sums, home.find(({ id }) => grids.has(id))?.id ?? 'rest', figures)
      addTo(staff, ownerOf(ticket) ?? '', figures)
      if (figures.opened > 0) addHot(ticket, home)
    },
    result() {
      const of = (key: string) => sums.get(key) ?? noFigures
      const entries = [...grids.values()].map((grid) => {
        const name = nameWithin(tree.chain(grid.id), scope)
        return { of: { ...shownPlace(grid), name }, figures: of(grid.id) }
      })
      const { hot: limits, score } = lore.reports
      return {
        ...{ figures: of('all'), before: of('before'), rest: of('rest') },
        grids: scope?.kind === 'grid' ? [] : rank(entries, score),
        hotPlaces: hot.places.top(limits.least, limits.most),
        hotThings: hot.things.top(limits.least, limits.most),
        categories: hot.categories.top(1, 100),
      }
    },
    staff: () => staff,
  }
}

export function shownPlace({ id, name, kind }: PlaceNode): ReportPlace {
  return { id, name, kind }
}

function addTo(sums: Map<string, Figures>, key: string, figures: Figures): void {
  sums.set(key, sumOf(sums.get(key) ?? noFigures, figures))
}

/** A building, a road or a spot outside; never a unit, a floor or a room. */
function spotOf(
  place: Ticket['place'],
  home: readonly PlaceNode[],
  scope: PlaceNode | undefined,
): string | undefined {
  const { building, road, landmark } = place ?? {}
  const outside = { ...(road !== undefined && { road }), ...(landmark !== undefined && { landmark }) }
  const spot = formatPlace(building === undefined ? outside : { building }, { withRoom: false })
  if (spot === '') return undefined
  const area = nameWithin(
    home.filter(({ kind }) => kind !== 'building'),
    scope,
  )
  return maskPersonalData([area, spot].filter(Boolean).join(' '))
}

/** Many communities have a first grid: 槐荫社区第一网格, but in the community's own report 第一网格. '' for the place itself. */
function nameWithin(chain: readonly PlaceNode[], scope: PlaceNode | undefined): string {
  const above = chain.findIndex(({ id, kind }) => id === scope?.id || kind === 'street')
  const names = (above < 0 ? chain : chain.slice(0, above)).map(({ name }) => name)
  return names.reverse().join('')
}
