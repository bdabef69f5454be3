import type { Group } from '../../documents.ts'
import type { Targets } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { alikeNames, plainName } from './alike-names.ts'
import type { PlaceTree } from './place-tree.ts'

type Names = Pick<Targets, 'places' | 'tags' | 'groups'>

/** Gives the ids of names. @throws NoticeRefusedError unknown-place, unknown-group, unknown-tag, ambiguous */
export function targetFinder(groups: readonly Group[], tree: PlaceTree): (names: Names) => Names {
  const placeOf = placeFinder(tree)
  const groupOf = groupFinder(groups)
  const tagOf = tagFinder(groups)
  const once = (found: readonly string[]) => [...new Set(found)]
  return ({ places, tags, groups: named }) => ({
    places: once(places.map(placeOf)),
    tags: once(tags.map(tagOf)),
    groups: once(named.map(groupOf)),
  })
}

function placeFinder(tree: PlaceTree): (name: string) => string {
  const byId = new Map(tree.places.map((place) => [place.id, place]))
  const named = tree.places.map(({ id, name, parent }) => ({ id, name: plainName(name), parent }))
  const byPlainId = new Map(named.map((place) => [place.id, place]))
  /** 幸福里社区1号楼: the end is its own name, what stands before it names places above, from far to near. */
  const isCalled = (place: (typeof named)[number], words: string): boolean => {
    if (place.name === '' || !words.endsWith(place.name)) return false
    const rest = words.slice(0, words.length - place.name.length)
    if (rest === '') return true
    return [...tree.above([place.id])]
      .filter((id) => id !== place.id)
      .some((id) => {
        const upper = byPlainId.get(id)
        return upper !== undefined && isCalled(upper, rest)
      })
  }
  return (name) => {
    if (byId.has(name)) return name
    const words = plainName(name)
    const exact = named.filter((place) => isCalled(place, words))
    const found = exact.length > 0 ? exact : named.filter((place) => withoutKind(place.name) === words)
    const [first] = found
    if (found.length === 1 && first) return first.id
    if (found.length > 1) throw ambiguous(name, found)
    throw unknown('unknown-place', name, 'place', tree.places)
  }
}

/** 幸福里 is 幸福里社区, as long as nothing else is called so. */
function withoutKind(name: string): string {
  return name.replace(/(?:街道|社区|微网格|网格|小区)$/u, '')
}

function groupFinder(groups: readonly Group[]): (name: string) => string {
  const byId = new Set(groups.map(({ id }) => id))
  const byName = new Map<string, Group[]>()
  for (const group of groups) {
    const plain = plainName(group.name)
    byName.set(plain, [...(byName.get(plain) ?? []), group])
  }
  return (name) => {
    if (byId.has(name)) return name
    const found = byName.get(plainName(name)) ?? []
    const [first] = found
    if (found.length === 1 && first) return first.id
    if (found.length > 1) throw ambiguous(name, found)
    throw unknown('unknown-group', name, 'group', groups)
  }
}

function tagFinder(groups: readonly Group[]): (name: string) => string {
  const known = [...new Set(groups.flatMap(({ tags }) => tags))].sort()
  return (name) => {
    const words = plainName(name)
    const found =
      known.find((tag) => plainName(tag) === words) ?? known.find((tag) => plainName(tag) === `${words}群`)
    if (found !== undefined) return found
    throw new NoticeRefusedError(
      { kind: 'unknown-tag', name, known },
      `no group has the tag ${JSON.stringify(name)}; the tags are: ${known.join(', ') || 'none yet'}`,
    )
  }
}

function ambiguous(name: string, found: readonly { readonly id: string }[]): NoticeRefusedError {
  const ids = found.map(({ id }) => id)
  return new NoticeRefusedError(
    { kind: 'ambiguous', name, ids },
    `${ids.length} are called ${JSON.stringify(name)}: write what it belongs to before it, or one of these ids: ${ids.join(', ')}`,
  )
}

function unknown(
  kind: 'unknown-place' | 'unknown-group',
  name: string,
  word: string,
  known: readonly { readonly name: string }[],
): NoticeRefusedError {
  const alike = alikeNames(
    name,
    known.map((each) => each.name),
  )
  const hint = alike.length > 0 ? `perhaps ${alike.join(', ')}` : `see linli ${word} list`
  return new NoticeRefusedError(
    { kind, name, alike },
    `no ${word} is called ${JSON.stringify(name)}: ${hint}`,
  )
}
