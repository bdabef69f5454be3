import type { Group, Person, PlaceNode, Role } from '../documents.ts'
import { atLeast } from '../people/directory.ts'
import { answersForAll } from './answers-for-all.ts'

/** The grid as a tree with what is bound to each place, and what is missing. */
export interface GridOverview {
  readonly places: readonly PlaceRow[]
  /** Of all, each once. */
  readonly groups: number
  readonly members: number
  readonly staff: number
  readonly gaps: readonly GridGap[]
}

export interface PlaceRow {
  readonly id: string
  readonly name: string
  readonly kind: PlaceNode['kind']
  /** 0 at the top. */
  readonly depth: number
  /** At the place or below it, each once. */
  readonly groups: number
  /** Of those groups: people in the rooms as last seen. */
  readonly members: number
  /** Names of those who answer for this very place, by role. */
  readonly staff: Readonly<Partial<Record<Role, readonly string[]>>>
}

/** What nobody looks after. `what` is told in words by whoever shows it. */
export interface GridGap {
  readonly what: 'no-worker' | 'no-place' | 'no-tag' | 'no-room' | 'no-contact' | 'everywhere'
  readonly id: string
  readonly name: string
}

export interface GridParts {
  readonly places: readonly PlaceNode[]
  readonly groups: readonly Group[]
  readonly roster: readonly Person[]
  /** Group id → people in it. */
  readonly members: ReadonlyMap<string, number>
  /** Ids of those on the roster whom the bot knows by a contact. */
  readonly known: ReadonlySet<string>
}

/** @param root only what lies at or below this place */
export function overviewOf(parts: GridParts, root?: string): GridOverview {
  const tree = createTree(parts.places)
  const inside = root === undefined ? undefined : new Set(tree.below(root))
  const isInside = (places: readonly string[]) => inside === undefined || places.some((id) => inside.has(id))
  const groups = parts.groups.filter((group) => isInside(group.places))
  const roster = parts.roster.filter((person) => isInside(person.places))
  const ofGroups = groupsBelow(groups, tree)
  const rows = tree.rows(root).map(({ place, depth }): PlaceRow => {
    const here = ofGroups.get(place.id) ?? new Set<Group>()
    return {
      ...{ id: place.id, name: place.name, kind: place.kind, depth },
      ...{ groups: here.size, members: countOf(here, parts.members), staff: staffAt(place.id, roster) },
    }
  })
  const places = rows.map(({ id }) => id)
  return {
    ...{ places: rows, groups: groups.length, members: countOf(groups, parts.members) },
    ...{ staff: roster.length, gaps: gapsIn(parts, { tree, groups, roster, places }) },
  }
}

function countOf(groups: Iterable<Group>, members: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const { id } of groups) sum += members.get(id) ?? 0
  return sum
}

function staffAt(place: string, roster: readonly Person[]): PlaceRow['staff'] {
  const found: Partial<Record<Role, string[]>> = {}
  for (const { role, name, places } of roster)
    if (places.includes(place)) found[role] = [...(found[role] ?? []), name]
  return found
}

function groupsBelow(groups: readonly Group[], tree: Tree): ReadonlyMap<string, ReadonlySet<Group>> {
  const found = new Map<string, Set<Group>>()
  for (const group of groups)
    for (const place of new Set(group.places.flatMap((id) => tree.above(id))))
      found.set(place, (found.get(place) ?? new Set()).add(group))
  return found
}

interface Shown {
  readonly tree: Tree
  readonly groups: readonly Group[]
  readonly roster: readonly Person[]
  /** Ids, parents before their parts. */
  readonly places: readonly string[]
}

function gapsIn(parts: GridParts, { tree, groups, roster, places }: Shown): readonly GridGap[] {
  const workers = parts.roster.filter(({ role }) => role === 'grid_worker' || role === 'grid_leader')
  // whoever is bound to no place answers for all
  const everywhere = workers.some((worker) => worker.places.length === 0)
  const held = new Set(workers.flatMap((worker) => worker.places))
  const isCovered = (place: string) => everywhere || tree.above(place).some((id) => held.has(id))
  const used = new Set(groups.flatMap((group) => group.places))
  const bare = places.filter((id) => !isCovered(id) && (used.has(id) || tree.parts(id).length === 0))
  const gap = (what: GridGap['what']) => (each: { readonly id: string; readonly name: string }) => ({
    ...{ what, id: each.id, name: each.name },
  })
  return [
    ...bare.flatMap((id) => tree.get(id) ?? []).map(gap('no-worker')),
    ...groups.filter((group) => group.places.length === 0).map(gap('no-place')),
    ...groups.filter((group) => group.tags.length === 0).map(gap('no-tag')),
    ...groups.filter((group) => group.owner === '').map(gap('no-room')),
    ...roster
      .filter((person) => atLeast(person, 'volunteer') && !parts.known.has(person.id))
      .map(gap('no-contact')),
    ...parts.roster.filter(answersForAll).map(gap('everywhere')),
  ]
}

interface Tree {
  get(id: string): PlaceNode | undefined
  /** The place itself, then all above it. */
  above(id: string): readonly string[]
  /** The place itself, then all below it. */
  below(id: string): readonly string[]
  parts(id: string): readonly PlaceNode[]
  rows(root?: string): readonly { readonly place: PlaceNode; readonly depth: number }[]
}

function createTree(places: readonly PlaceNode[]): Tree {
  const byId = new Map(places.map((place) => [place.id, place]))
  const byParent = new Map<string | null, PlaceNode[]>()
  for (const place of places) {
    // a part whose parent is gone stands at the top, so that nothing is hidden
    const parent = place.parent !== null && byId.has(place.parent) ? place.parent : null
    byParent.set(parent, [...(byParent.get(parent) ?? []), place])
  }
  for (const parts of byParent.values())
    parts.sort((one, other) => one.name.localeCompare(other.name, 'zh-CN', { numeric: true }))
  function under(parent: string | null, depth: number): { place: PlaceNode; depth: number }[] {
    return (byParent.get(parent) ?? []).flatMap((place) => [{ place, depth }, ...under(place.id, depth + 1)])
  }
  return {
    get: (id) => byId.get(id),
    above(id) {
      const found: string[] = []
      for (let at: string | null = id; at !== null && !found.includes(at); at = byId.get(at)?.parent ?? null)
        found.push(at)
      return found
    },
    below: (id) => [id, ...under(id, 0).map(({ place }) => place.id)],
    parts: (id) => byParent.get(id) ?? [],
    rows(root) {
      const top = root === undefined ? undefined : byId.get(root)
      return top ? [{ place: top, depth: 0 }, ...under(top.id, 1)] : under(null, 0)
    },
  }
}
