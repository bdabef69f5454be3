import type { GridSettings } from '../../tickets/grid.ts'
import type { Group, Person, PlaceNode } from '../documents.ts'
import { CellReader } from './cells.ts'
import { type Planned, planGroups } from './plan-groups.ts'
import { planPeople } from './plan-people.ts'
import { planPlaces } from './plan-places.ts'
import { type GridFault, type GridRows, type GridSheet, gridFields } from './rows.ts'

/** What an import would do, checked as a whole; with one fault it does nothing. */
export interface GridPlan {
  readonly faults: readonly GridFault[]
  readonly places: readonly Planned<PlaceNode>[]
  readonly groups: readonly Planned<Group>[]
  readonly people: readonly Planned<Person>[]
  /** What is there and not in the file: it stays as it is. */
  readonly gone: Readonly<Record<GridSheet, readonly { readonly id: string; readonly name: string }[]>>
}

export interface GridState {
  readonly places: readonly PlaceNode[]
  readonly groups: readonly Group[]
  readonly roster: readonly Person[]
  /** Those whom the rows name by id. */
  readonly residents: readonly Person[]
  readonly departments: readonly string[]
  readonly settings: GridSettings
}

export function planGrid(rows: GridRows, state: GridState): GridPlan {
  const { settings, departments, residents } = state
  const readers = [new CellReader('places'), new CellReader('groups'), new CellReader('people')] as const
  const [ofPlaces, ofGroups, ofPeople] = readers
  const places = planPlaces(state.places, rows.places, ofPlaces)
  const groups = planGroups(state.groups, rows.groups ?? [], { places, settings, reader: ofGroups })
  const people = planPeople(state.roster, rows.people ?? [], {
    ...{ residents, places, settings, departments, reader: ofPeople },
  })
  return {
    faults: readers.flatMap((reader) => inOrder(reader.faults)),
    ...{ places: places.planned, groups, people },
    gone: {
      places: places.gone,
      groups: rows.groups ? missing(state.groups, groups) : [],
      people: rows.people ? missing(state.roster, people) : [],
    },
  }
}

function inOrder(faults: readonly GridFault[]): readonly GridFault[] {
  const column = ({ sheet, field }: GridFault) => (gridFields[sheet] as readonly string[]).indexOf(field)
  return [...faults].sort((one, other) => one.line - other.line || column(one) - column(other))
}

function missing<T extends { readonly id: string; readonly name: string }>(
  known: readonly T[],
  planned: readonly Planned<T>[],
): readonly T[] {
  const named = new Set(planned.map(({ before }) => before?.id))
  return known.filter(({ id }) => !named.has(id))
}

export function isNew({ before }: Planned<object>): boolean {
  return before === undefined
}

export function isChanged<T extends object>({ before, after }: Planned<T>): boolean {
  return before !== undefined && !isSame(before, after)
}

/** Field by field: `before` carries its version besides. */
function isSame<T extends object>(before: T, after: T): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  fields.delete('version')
  const text = (of: T, field: string) => JSON.stringify((of as Readonly<Record<string, unknown>>)[field])
  return [...fields].every((field) => text(before, field) === text(after, field))
}
