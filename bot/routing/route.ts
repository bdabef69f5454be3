import { routeTicket } from '../../tickets/routing.ts'
import type { Group, Person } from '../documents.ts'
import type { Lore } from '../house.ts'
import type { Report } from '../open-ticket.ts'
import { ancestorsOf, staffFor } from '../people/directory.ts'
import { personNamed } from '../people/person-named.ts'
import type { Reading } from '../reading.ts'

/** The department, and the person who has to answer for it. */
export interface Assignment {
  readonly department: string
  /** Person id; absent only when the roster has nobody at all. */
  readonly assigned?: string
}

/** @param turn counts the day's tickets, so that several grid workers of one place share them */
export async function routeOf(
  reading: Reading,
  lore: Pick<Lore, 'routing' | 'categories'>,
  report: Pick<Report, 'category' | 'urgency' | 'text'>,
  group: Group | undefined,
  turn: number,
): Promise<Assignment> {
  const places = await placeNames(reading, group)
  const { department } = lore.categories[report.category]
  const routed = routeTicket(lore.routing, { ...report, places }, department)
  const named = routed.responsible && (await personNamed(reading, routed.responsible))
  // whoever may be complained about does not get the complaint
  const worker = report.category === 'conduct' ? undefined : await inTurn(reading, group, turn)
  const person = named || worker || (await fallbackOwner(reading, lore, group))
  return { department: routed.department, ...(person && { assigned: person.id }) }
}

/** Has whatever nobody else has: the person named, else somebody of the place with the role, else an admin. */
export async function fallbackOwner(
  reading: Reading,
  { routing }: Pick<Lore, 'routing'>,
  group: Group | undefined,
): Promise<Person | undefined> {
  const { responsible, role } = routing.fallback
  const named = responsible === undefined ? undefined : await personNamed(reading, responsible)
  if (named) return named
  const [leader] = await staffFor(reading, role, group)
  return leader ?? (await staffFor(reading, 'admin', group))[0]
}

async function inTurn(reading: Reading, group: Group | undefined, turn: number): Promise<Person | undefined> {
  const workers = await staffFor(reading, 'grid_worker', group)
  return workers[turn % Math.max(1, workers.length)]
}

async function placeNames(reading: Reading, group: Group | undefined): Promise<ReadonlySet<string>> {
  const near = await ancestorsOf(reading, group?.places ?? [])
  const places = await Promise.all([...near].map((id) => reading.get('places', id)))
  return new Set(places.flatMap((place) => (place ? [place.name] : [])))
}
