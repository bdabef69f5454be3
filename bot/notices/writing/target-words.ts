import type { Group } from '../../documents.ts'
import type { Targets } from '../notice.ts'
import type { PlaceTree } from './place-tree.ts'

/** Groups of our own people: what is written for residents does not go there, unless they are named. */
export const staffGroupTag = '网格员群'

/** To whom, as people say it: 幸福里社区·业主群，除3号楼 */
export function wordsOfTargets(targets: Targets, groups: readonly Group[], tree: PlaceTree): string {
  const groupNames = new Map(groups.map(({ id, name }) => [id, name]))
  const nameOfGroup = (id: string) => groupNames.get(id) ?? id
  const nameOfPlace = placeNames(tree)
  const { places, tags, everywhere = false, except } = targets
  const rule = ruleWords(places.map(nameOfPlace), tags, everywhere)
  const named = targets.groups.map(nameOfGroup)
  const meant = [rule, few(named, '个群')].filter((words) => words !== '').join('，加上')
  const isAll = everywhere && places.length === 0 && tags.length === 0
  const left = [
    ...(except?.places.map(nameOfPlace) ?? []),
    ...new Set([...(isAll ? [staffGroupTag] : []), ...(except?.tags ?? [])]),
    ...(except?.groups.map(nameOfGroup) ?? []),
  ]
  return left.length === 0 ? meant : `${meant}，除${few(left, '处')}`
}

function ruleWords(places: readonly string[], tags: readonly string[], everywhere: boolean): string {
  if (places.length > 0 && tags.length > 0) return `${few(places, '处')}·${tags.join('、')}`
  if (places.length > 0) return few(places, '处')
  if (tags.length > 0) return `全部${tags.join('、')}`
  return everywhere ? '全部群' : ''
}

const mostShown = 4

function few(names: readonly string[], unit: string): string {
  if (names.length <= mostShown) return names.join('、')
  return `${names.slice(0, mostShown - 1).join('、')}等${names.length}${unit}`
}

/** A name that several have is told with the nearest name above that makes the difference: 幸福里社区1号楼. */
function placeNames({ places }: PlaceTree): (id: string) => string {
  const byId = new Map(places.map((place) => [place.id, place]))
  const count = new Map<string, number>()
  for (const { name } of places) count.set(name, (count.get(name) ?? 0) + 1)
  return (id) => {
    const place = byId.get(id)
    if (!place) return id
    const upper = place.parent === null ? undefined : byId.get(place.parent)
    return (count.get(place.name) ?? 0) > 1 && upper ? `${upper.name}${place.name}` : place.name
  }
}
