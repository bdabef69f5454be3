import type { Group, PlaceKind, PlaceNode } from '../../../bot/documents.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import type { Store } from '../../../bot/ports/store.ts'

/** One street, two communities, three buildings, and eight groups in them. */

export async function putPlaces(
  store: Store,
  ...places: readonly (readonly [id: string, name: string, kind: PlaceKind, parent?: string])[]
) {
  await store.commit(
    places.map(([id, name, kind, parent = null]) => ({
      collection: 'places',
      id,
      put: { id, name, kind, parent } as PlaceNode,
    })),
  )
}

export async function putGroups(
  store: Store,
  ...groups: readonly (readonly [
    id: string,
    name: string,
    places: readonly string[],
    tags: readonly string[],
  ])[]
) {
  await store.commit(
    groups.map(([id, name, places, tags]) => ({
      ...{ collection: 'groups', id },
      put: { id, name, places, tags, setting: 'answer', owner: 'main' } as Group,
    })),
  )
}

export async function smallDistrict(store: Store): Promise<void> {
  await putPlaces(
    store,
    ['s', '梧桐街道', 'street'],
    ['c1', '幸福里社区', 'community', 's'],
    ['c2', '和平社区', 'community', 's'],
    ['c1-1', '1号楼', 'building', 'c1'],
    ['c1-3', '3号楼', 'building', 'c1'],
    ['c2-1', '1号楼', 'building', 'c2'],
  )
  await putGroups(
    store,
    ['g1', '幸福里业主群', ['c1'], ['业主群']],
    ['g2', '幸福里1号楼群', ['c1-1'], ['业主群']],
    ['g3', '幸福里3号楼群', ['c1-3'], ['业主群']],
    ['g4', '幸福里商户群', ['c1'], ['商户群']],
    ['g5', '和平业主群', ['c2'], ['业主群']],
    ['g6', '街道网格员群', ['s'], ['网格员群']],
    ['g7', '太极拳队', [], []],
    ['g8', '幸福里网格员群', ['c1'], ['网格员群']],
  )
}

export const none: { places: string[]; tags: string[]; groups: string[] } = {
  places: [],
  tags: [],
  groups: [],
}

export async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    if (error instanceof NoticeRefusedError) return error.fault
    throw error
  }
  return undefined
}
