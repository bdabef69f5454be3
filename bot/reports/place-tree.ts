import type { Ticket } from '../../tickets/ticket.ts'
import type { Group, PlaceKind, PlaceNode } from '../documents.ts'
import type { Store } from '../ports/store.ts'
import { everyDocument } from './every-document.ts'

/** The places as a tree, and where in it a ticket belongs: once, so that the parts add up to the whole. */
export interface PlaceTree {
  get(id: string): PlaceNode | undefined
  /** By name or id; several when a name is not unique. */
  named(name: string): readonly PlaceNode[]
  /** The place itself, then everything above it. */
  chain(id: string): readonly PlaceNode[]
  /** Of this kind, at or below the place, or anywhere; by name. */
  below(id: string | null, kind: PlaceKind): readonly PlaceNode[]
  /**
   * The chain of the one place that a ticket belongs to: the lowest place of its group; of several, the one that has
   * the ticket's building, else what they have in common. Empty: nobody knows.
   */
  homeOf(ticket: Pick<Ticket, 'group' | 'place'>): readonly PlaceNode[]
  /** The chain of a group's home. */
  homeOfGroup(group: string): readonly PlaceNode[]
}

export async function readPlaceTree(store: Store): Promise<PlaceTree> {
  const places: PlaceNode[] = []
  for await (const place of everyDocument<PlaceNode>(store, 'places')) places.push(place)
  const groups: Pick<Group, 'id' | 'places'>[] = []
  for await (const { id, places: bound } of everyDocument<Group>(store, 'groups'))
    groups.push({ id, places: bound })
  return createPlaceTree(places, groups)
}

export function createPlaceTree(
  places: readonly PlaceNode[],
  groups: readonly Pick<Group, 'id' | 'places'>[],
): PlaceTree {
  const byId = new Map(places.map((place) => [place.id, place]))
  const placesOf = new Map(groups.map((group) => [group.id, group.places]))
  const chains = new Map(places.map(({ id }) => [id, climb(byId, id)]))
  const chain = (id: string) => chains.get(id) ?? []
  const buildings = places.filter(({ kind }) => kind === 'building')

  function homeOf(group: string | null, building: string | undefined): readonly PlaceNode[] {
    const bound = (group === null ? [] : (placesOf.get(group) ?? [])).filter((id) => byId.has(id))
    const exact = building === undefined ? [] : buildings.filter(({ name }) => numberOf(name) === building)
    const inside = exact.filter(({ id }) => chain(id).some((each) => bound.includes(each.id)))
    const [only] = inside
    return only && inside.length === 1 ? chain(only.id) : common(lowest(bound.map(chain)))
  }
  return {
    get: (id) => byId.get(id),
    named: (name) => places.filter((place) => place.name === name || place.id === name),
    chain,
    below: (id, kind) =>
      places
        .filter(
          (place) => place.kind === kind && (id === null || chain(place.id).some((each) => each.id === id)),
        )
        .sort((one, other) => one.name.localeCompare(other.name, 'zh-CN', { numeric: true })),
    homeOf: ({ group, place }) => homeOf(group, place?.building),
    homeOfGroup: (group) => homeOf(group, undefined),
  }
}

/** A ring of parents, which nobody should have made, ends where it began. */
function climb(byId: ReadonlyMap<string, PlaceNode>, start: string): readonly PlaceNode[] {
  const found: PlaceNode[] = []
  let current = byId.get(start)
  while (current && !found.includes(current)) {
    found.push(current)
    current = current.parent === null ? undefined : byId.get(current.parent)
  }
  return found
}

/** A group that is bound to a community and to its grid belongs to the grid. */
function lowest(chains: readonly (readonly PlaceNode[])[]): readonly (readonly PlaceNode[])[] {
  return chains.filter(
    ([place], at) =>
      !chains.some((other, elsewhere) => elsewhere !== at && other.slice(1).some((each) => each === place)),
  )
}

function common(chains: readonly (readonly PlaceNode[])[]): readonly PlaceNode[] {
  const [first = [], ...others] = chains
  const shared = first.find((place) => others.every((each) => each.includes(place)))
  return shared ? first.slice(first.indexOf(shared)) : []
}

/** 11号楼, 11栋 and 11 are the building that residents call 11号楼. */
function numberOf(name: string): string {
  return name.replace(/(?:号楼|号院|栋|幢|座|楼)$/u, '')
}
