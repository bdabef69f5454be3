import type { GridSettings } from '../../tickets/grid.ts'
import type { Group, Person, PlaceNode } from '../documents.ts'
import { hasSeparator } from './cells.ts'
import type { PlaceIndex } from './place-index.ts'
import { indexOf } from './plan-places.ts'
import { type GridField, type GridSheet, gridFields } from './rows.ts'
import { columnWords, kindWord, roleWords, settingWords, sheetWords } from './words.ts'

/** The grid as tables that an import reads back without a change. */
export interface WrittenTable {
  /** Of the sheet, or of the file. */
  readonly name: string
  /** The first is the head. */
  readonly rows: readonly (readonly string[])[]
}

export function writeTables(
  {
    places,
    groups,
    roster,
  }: { places: readonly PlaceNode[]; groups: readonly Group[]; roster: readonly Person[] },
  settings: GridSettings,
): readonly WrittenTable[] {
  const index = indexOf(places)
  const namesOf = (ids: readonly string[]) => ids.map((id) => nameOf(index, id)).join('、')
  return [
    table('places', inTree(places), (place) => ({
      ...{ name: place.name, kind: kindWord(place.kind), id: place.id },
      parent: place.parent === null ? '' : nameOf(index, place.parent),
    })),
    table('groups', byName(groups), (group) => ({
      ...{ name: group.name, places: namesOf(group.places), tags: group.tags.join('、'), id: group.id },
      setting: settingWords[group.setting][0] ?? group.setting,
    })),
    table('people', byName(roster), (person) => ({
      ...{ name: person.name, places: namesOf(person.places), id: person.id },
      role: person.role === 'resident' ? '' : (roleWords[person.role][0] ?? person.role),
      skills: (person.skills ?? []).map((skill) => settings.skills[skill][0] ?? skill).join('、'),
      department: person.department ?? '',
    })),
  ]
}

function table<T>(
  sheet: GridSheet,
  all: readonly T[],
  cellsOf: (each: T) => Partial<Record<GridField, string>>,
): WrittenTable {
  const fields: readonly GridField[] = gridFields[sheet]
  const head = fields.map((field) => columnWords[sheet][field]?.[0] ?? field)
  const rows = all.map((each) => {
    const cells = cellsOf(each)
    return fields.map((field) => plainCell(cells[field] ?? ''))
  })
  return { name: sheetWords[sheet][0] ?? sheet, rows: [head, ...rows] }
}

/** Whoever writes cells puts an apostrophe before what looks like a formula; one that was there gets another. */
function plainCell(text: string): string {
  return /^'+\s*[=+\-@＝＋－＠\t]/u.test(text) ? `'${text}` : text
}

/** By its name where only one has it, else by its path, else by its id: so that it is found again. */
function nameOf(index: PlaceIndex, id: string): string {
  const path = index.path(id)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const isClear = (text: string) => {
    const [only, ...others] = index.meant(text)
    return only?.key === id && others.length === 0 && !hasSeparator(text)
  }
  if (isClear(name)) return name
  return isClear(path) ? path : id
}

/** Parents before their parts, as people read it. */
function inTree(places: readonly PlaceNode[]): readonly PlaceNode[] {
  const index = indexOf(places)
  const paths = new Map(places.map(({ id }) => [id, index.path(id)]))
  const path = ({ id }: PlaceNode) => paths.get(id) ?? ''
  return [...places].sort((one, other) => path(one).localeCompare(path(other), 'zh-CN', { numeric: true }))
}

function byName<T extends { readonly id: string; readonly name: string }>(all: readonly T[]): readonly T[] {
  return [...all].sort(
    (one, other) =>
      one.name.localeCompare(other.name, 'zh-CN', { numeric: true }) || one.id.localeCompare(other.id),
  )
}
