import type { PlaceNode } from '../documents.ts'
import { answersForAll } from './answers-for-all.ts'
import { type GridPlan, isChanged } from './plan.ts'
import type { Planned } from './plan-groups.ts'

/** What an import would change, for whoever looks at it before. */

const mostChanges = 20

/** 赵敏: role grid_worker → grid_leader, places 第一网格 → none; the last line says how many more there are. */
export function changeLines(plan: GridPlan, places: readonly PlaceNode[]): readonly string[] {
  const nodes = [...places, ...plan.places.map(({ after }) => after)]
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  const all: readonly Planned<{ readonly name: string }>[] = [...plan.places, ...plan.groups, ...plan.people]
  const lines = all.filter((each) => isChanged(each)).map((each) => changeLine(each, names))
  const more = lines.length - mostChanges
  return more > 0 ? [...lines.slice(0, mostChanges - 1), `and ${more + 1} more`] : lines
}

function changeLine(
  { before = { name: '' }, after }: Planned<{ readonly name: string }>,
  names: ReadonlyMap<string, string>,
): string {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((f) => f !== 'version')
  const changes = fields.flatMap((field) => {
    const [was, is] = [before, after].map((of) => shownValue(field, of, names))
    return was === is ? [] : [`${field} ${was} → ${is}`]
  })
  return `${before.name}: ${changes.join(', ')}`
}

function shownValue(field: string, of: object, names: ReadonlyMap<string, string>): string {
  const value = (of as Readonly<Record<string, unknown>>)[field]
  const shown = (Array.isArray(value) ? value : [value ?? '']).map(
    (each) => names.get(String(each)) ?? String(each),
  )
  return shown.join('、') || 'none'
}

/** Names of those who answer for everything when this is imported. */
export function everywhereIn(plan: GridPlan): readonly string[] {
  return plan.people.filter(({ after }) => answersForAll(after)).map(({ after }) => after.name)
}
