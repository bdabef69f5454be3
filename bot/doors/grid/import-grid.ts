import type { Person, PlaceNode } from '../../documents.ts'
import { roles } from '../../documents.ts'
import { type GridPlan, type GridState, isChanged, isNew, planGrid } from '../../grid/plan.ts'
import { changeLines, everywhereIn } from '../../grid/plan-words.ts'
import type { GridFault, GridRows } from '../../grid/rows.ts'
import type { House } from '../../house.ts'
import { both, type Outcome } from '../../outcome.ts'
import { newCode } from '../../people/codes.ts'
import { isStaff, shortHash } from '../../people/directory.ts'
import { handOver } from '../../people/hand-over.ts'
import type { Put, Reading } from '../../reading.ts'
import { departmentsIn } from '../../routing/departments.ts'
import { everyDocument } from '../../whole-collection.ts'
import { RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import { takeTurn } from './grid-turn.ts'

/** Thousands of people do not all find their way to the bot in a week. */
const importedCodeLifetime = 30 * 86_400_000

/** The whole file in one commit, or nothing of it. @throws RefusedError naming the first faults */
export async function importGrid(
  house: House,
  reading: Reading,
  by: string,
  rows: GridRows,
): Promise<Decided> {
  const turn = await takeTurn(reading)
  const plan = await planOf(house, reading, rows)
  const [first] = plan.faults
  if (first)
    throw new RefusedError(
      'incomplete',
      `nothing was imported, ${plan.faults.length} faults; the first: ${faultText(first)}`,
    )
  const counts = countsOf(plan)
  const changes = counts.new + counts.changed
  if (changes === 0) return { outcome: {}, result: counts, unchanged: true }
  const batch = `import-${shortHash(newCode(house.random))}`
  const outcome = both(await outcomeOf(house, reading, by, plan, batch), { puts: [turn] })
  const everywhere = everywhereIn(plan).slice(0, mostNames).join('、')
  return { outcome, result: { ...counts, import: batch, ...(everywhere !== '' && { everywhere }) } }
}

async function outcomeOf(
  house: House,
  reading: Reading,
  by: string,
  plan: GridPlan,
  batch: string,
): Promise<Outcome> {
  const puts: Put[] = []
  const expiresAt = house.now() + importedCodeLifetime
  let outcome: Outcome = {}
  for (const planned of plan.places)
    if (isNew(planned) || isChanged(planned)) puts.push({ collection: 'places', document: planned.after })
  for (const planned of plan.groups) {
    if (isNew(planned) || isChanged(planned)) puts.push({ collection: 'groups', document: planned.after })
    if (!isNew(planned)) continue
    const id = newCode(house.random)
    const document = { id, kind: 'group', group: planned.after.id, expiresAt, import: batch } as const
    puts.push({ collection: 'codes', document })
  }
  for (const planned of plan.people) {
    if (isNew(planned)) {
      const id = newCode(house.random)
      const person: Person = { ...planned.after, id: `p-${shortHash(`roster/${id}`)}` }
      const document = { id, kind: 'person', person: person.id, expiresAt, import: batch } as const
      puts.push({ collection: 'people', document: person }, { collection: 'codes', document })
    } else if (isChanged(planned)) puts.push({ collection: 'people', document: planned.after })
    if (planned.before && isStaff(planned.before) && !isStaff(planned.after))
      outcome = both(outcome, await handOver(house, reading, planned.before, by))
  }
  return both(outcome, { puts, why: `the grid was imported: ${puts.length} documents` })
}

export async function planOf(
  house: Pick<House, 'grid' | 'categories' | 'routing'>,
  reading: Reading,
  rows: GridRows,
): Promise<GridPlan> {
  return planGrid(rows, await stateOf(house, reading, rows))
}

async function stateOf(
  house: Pick<House, 'grid' | 'categories' | 'routing'>,
  reading: Reading,
  rows: GridRows,
): Promise<GridState> {
  const onRoster = { where: { role: { in: roles.filter((role) => role !== 'resident') } } }
  const roster = await everyDocument(reading, 'people', onRoster)
  const known = new Set(roster.map(({ id }) => id))
  const named = (rows.people ?? []).flatMap(({ cells: { id } }) => (id && !known.has(id) ? [id] : []))
  const residents = await Promise.all(named.map((id) => reading.get('people', id)))
  return {
    places: await everyDocument(reading, 'places'),
    groups: await everyDocument(reading, 'groups'),
    ...{ roster, residents: residents.filter((person) => person !== undefined) },
    ...{ departments: departmentsIn(house, roster), settings: house.grid },
  }
}

/** What `grid.plan` tells: plain data. */
export interface GridPlanRow {
  readonly faults: readonly GridFault[]
  readonly counts: ReturnType<typeof countsOf>
  /** Names, at most so many as a screen takes. */
  readonly newNames: readonly string[]
  readonly changedNames: readonly string[]
  readonly goneNames: readonly string[]
  /** Old → new, a line for each place, group and person. */
  readonly changes: readonly string[]
  /** All who answer for everything, as they name no place. */
  readonly everywhere: readonly string[]
}

const mostNames = 10

export function planRow(plan: GridPlan, places: readonly PlaceNode[]): GridPlanRow {
  const all = [...plan.places, ...plan.groups, ...plan.people]
  const names = (planned: readonly (typeof all)[number][]) =>
    planned.slice(0, mostNames).map(({ after }) => after.name)
  const gone = [...plan.gone.places, ...plan.gone.groups, ...plan.gone.people]
  return {
    ...{ faults: plan.faults, counts: countsOf(plan) },
    newNames: names(all.filter(isNew)),
    changedNames: names(all.filter((each) => isChanged<object>(each))),
    goneNames: gone.slice(0, mostNames).map(({ name }) => name),
    ...{ changes: changeLines(plan, places), everywhere: everywhereIn(plan) },
  }
}

function countsOf(plan: GridPlan) {
  const all = [...plan.places, ...plan.groups, ...plan.people]
  const [fresh, changed] = [all.filter(isNew).length, all.filter((each) => isChanged<object>(each)).length]
  const { places, groups, people } = plan.gone
  return {
    ...{ new: fresh, changed, unchanged: all.length - fresh - changed },
    gone: places.length + groups.length + people.length,
    ...{ places: plan.places.length, groups: plan.groups.length, people: plan.people.length },
    newPeople: plan.people.filter(isNew).length,
    newGroups: plan.groups.filter(isNew).length,
  }
}

function faultText({ sheet, line, field, came, expected }: GridFault): string {
  return `${sheet}, line ${line}, ${field}: ${expected}, but ${came === '' ? 'nothing' : came} came`
}
