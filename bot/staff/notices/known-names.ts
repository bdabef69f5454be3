import type { KnownName } from '../../../intents/notice-words/whom.ts'
import type { Group, Person, PlaceNode } from '../../documents.ts'
import { type PlaceTree, readPlaceTree } from '../../notices/writing/place-tree.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'

/** Everything that a notice can be addressed to, as people may call it. */
export interface Addressees {
  readonly names: readonly KnownName[]
  readonly groups: readonly Group[]
  readonly tags: readonly string[]
  readonly tree: PlaceTree
}

export async function addressees(reading: Reading): Promise<Addressees> {
  const [groups, tree] = await Promise.all([everyDocument(reading, 'groups'), readPlaceTree(reading)])
  const tags = [...new Set(groups.flatMap((group) => group.tags))].sort()
  const names: readonly KnownName[] = [
    ...groups.map(({ id, name }): KnownName => ({ kind: 'group', name, means: id })),
    ...tree.places.flatMap(namesOfPlace),
    ...tags.flatMap(namesOfTag),
  ]
  return { names, groups, tags, tree }
}

/** 幸福里 is 幸福里社区 */
function namesOfPlace({ id, name }: PlaceNode): readonly KnownName[] {
  const short = name.replace(/(?:街道|社区|微网格|网格|小区|居委会)$/u, '')
  const whole: KnownName = { kind: 'place', name, means: id }
  return short === name || [...short].length < 2 ? [whole] : [whole, { ...whole, name: short, short: true }]
}

/** 业主 is 业主群 */
function namesOfTag(tag: string): readonly KnownName[] {
  const whole: KnownName = { kind: 'tag', name: tag, means: tag }
  const short = tag.replace(/群$/u, '')
  return short === tag || [...short].length < 2 ? [whole] : [whole, { ...whole, name: short, short: true }]
}

/** Names of places that they may choose, their own first; without any, the communities. */
export function placesOf(person: Pick<Person, 'places'>, { tree }: Addressees): readonly string[] {
  const own = tree.places.filter(({ id }) => person.places.includes(id))
  const shown = own.length > 0 ? own : tree.places.filter(({ kind }) => kind === 'community')
  return shown.map(({ name }) => name)
}

/** The groups that lie in the places of this person. */
export function groupsOfPerson(
  person: Pick<Person, 'places'>,
  { groups, tree }: Addressees,
): readonly Group[] {
  if (person.places.length === 0) return groups
  return groups.filter(({ places }) => {
    const above = tree.above(places)
    return person.places.some((place) => above.has(place))
  })
}
