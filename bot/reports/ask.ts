import { type Period, periodOfDay, type ReportKind } from '../../tickets/reports/period.ts'
import { type LocalDate, localDate } from '../../tickets/shanghai-time.ts'
import type { PlaceNode } from '../documents.ts'
import { type Actor, RefusedError } from '../doors/command.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import { gatherReports } from './gather.ts'
import { type PlaceTree, readPlaceTree } from './place-tree.ts'
import type { Report } from './report.ts'

/** A report that somebody asks for, of a place that they answer for. */
export interface ReportQuery {
  readonly kind: ReportKind
  /** Name or id; absent: what the person answers for. */
  readonly place?: string | undefined
  /** A day of the period; absent: today. */
  readonly at?: LocalDate | undefined
  /** With the names of those who are responsible: for admins. */
  readonly staff?: boolean | undefined
}

/** @throws RefusedError */
export async function reportAsked(
  house: House,
  reading: Reading,
  actor: Actor,
  { kind, place, at, staff = false }: ReportQuery,
): Promise<Report> {
  const now = house.now()
  const period = periodOfDay(kind, at ?? localDate(now))
  assertBegun(period, now)
  const tree = await readPlaceTree(house.store)
  const scope = await scopeOf(reading, tree, actor, place)
  if (staff) await assertAdmin(reading, actor)
  const [report] = await gatherReports(house, { period, now, staff }, [scope])
  if (!report) throw new Error(`no report came of ${scope}`)
  return report
}

function assertBegun(period: Period, now: number): void {
  if (period.from <= now) return
  throw new RefusedError('unlawful', `${period.first} has not come yet: name a day until ${localDate(now)}`)
}

async function assertAdmin(reading: Reading, actor: Actor): Promise<void> {
  if (actor.kind === 'operator') return
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  if (person?.role !== 'admin')
    throw new RefusedError('authority', 'figures of single people are for admins: leave them out')
}

/** Staff who are bound to places see these and what lies in them; staff who are bound to none see everything. */
export async function scopeOf(
  reading: Reading,
  tree: PlaceTree,
  actor: Actor,
  name: string | undefined,
): Promise<string | null> {
  const person = actor.kind === 'person' ? await reading.get('people', actor.id) : undefined
  const own = (person?.places ?? []).filter((id) => tree.get(id))
  if (name === undefined) return own[0] ?? null
  const place = onePlace(tree, name)
  if (own.length === 0) return place.id
  if (tree.chain(place.id).some(({ id }) => own.includes(id))) return place.id
  throw new RefusedError('elsewhere', `${place.name} is none of this person's places`)
}

function onePlace(tree: PlaceTree, name: string): PlaceNode {
  const fitting = tree.named(name)
  const [only] = fitting
  if (only && fitting.length === 1) return only
  throw new RefusedError(
    'unknown',
    only
      ? `${fitting.length} places are called ${name}: name it by its id (linli place list)`
      : `no place ${name}: see linli place list`,
  )
}

/** In a group the report is about where the group is, for those who may see that. */
export async function placeOfGroup(house: House, group: string): Promise<string | undefined> {
  return (await readPlaceTree(house.store)).homeOfGroup(group)[0]?.id
}
