import type { z } from 'zod'
import { toDigits } from '../../../intents/numerals.ts'
import type { Group, Person } from '../../documents.ts'
import type { targetsSchema } from '../../doors/notices/notice-commands.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'
import type { Targets } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { targetFinder } from './find-targets.ts'
import { type PlaceTree, readPlaceTree } from './place-tree.ts'
import { staffGroupTag, wordsOfTargets } from './target-words.ts'

/** Which groups a notice goes to, and who may write to them. */

/**
 * The ids of what was named: 幸福里社区, 幸福里社区1号楼, 业主群. A name that several have is not guessed.
 *
 * @param named places, tags and groups by name or id
 * @throws NoticeRefusedError unknown-place, unknown-group, unknown-tag, ambiguous; no-groups when nothing is named
 */
export async function readTargets(
  reading: Reading,
  { everywhere = false, except, ...named }: z.infer<typeof targetsSchema>,
): Promise<Targets> {
  if (!everywhere && named.places.length + named.tags.length + named.groups.length === 0)
    throw new NoticeRefusedError(
      { kind: 'no-groups' },
      'nothing was named: name places, tags or groups, or say everywhere',
    )
  const find = targetFinder(...(await groupsAndPlaces(reading)))
  return { ...(everywhere && { everywhere }), ...find(named), ...(except && { except: find(except) }) }
}

/** To whom, as people say it: 幸福里社区·业主群，除3号楼 */
export async function targetWords(reading: Reading, targets: Targets): Promise<string> {
  return wordsOfTargets(targets, ...(await groupsAndPlaces(reading)))
}

function groupsAndPlaces(reading: Reading): Promise<[readonly Group[], PlaceTree]> {
  return Promise.all([everyDocument(reading, 'groups'), readPlaceTree(reading)])
}

/** The groups that are meant, each once, by name. */
export async function groupsOf(reading: Reading, targets: Targets): Promise<readonly Group[]> {
  const [groups, tree] = await groupsAndPlaces(reading)
  const isMeant = meaning(targets, tree)
  return groups
    .filter(isMeant)
    .map((group) => ({ group, key: sortKey(group.name) }))
    .sort((one, other) => byKey.compare(one.key, other.key) || (one.group.id < other.group.id ? -1 : 1))
    .map(({ group }) => group)
}

const byKey = new Intl.Collator('zh-CN', { numeric: true })

/** 一期 before 二期, 2号楼 before 10号楼. */
function sortKey(name: string): string {
  return name.replace(/[一二三四五六七八九十]+/gu, toDigits)
}

/** The rule of `Targets`, for one group after the other. */
function meaning(targets: Targets, tree: PlaceTree): (group: Group) => boolean {
  const { everywhere = false, except } = targets
  const named = new Set(targets.groups)
  const left = new Set(except?.groups)
  const hasNoRule = targets.places.length === 0 && targets.tags.length === 0
  return (group) => {
    const above = tree.above(group.places)
    const isUnder = (places: readonly string[]) => places.some((place) => above.has(place))
    const hasTag = (tags: readonly string[]) => tags.some((tag) => group.tags.includes(tag))
    if (left.has(group.id) || (except && (isUnder(except.places) || hasTag(except.tags)))) return false
    if (named.has(group.id)) return true
    if (group.tags.includes(staffGroupTag) && !targets.tags.includes(staffGroupTag)) return false
    if (hasNoRule) return everywhere
    return (
      (targets.places.length === 0 || isUnder(targets.places)) &&
      (targets.tags.length === 0 || hasTag(targets.tags))
    )
  }
}

/**
 * Grid workers and their leaders write to groups within their places; who is bound to no place, to all.
 *
 * @throws NoticeRefusedError not-theirs
 */
export async function assertTheirs(
  reading: Reading,
  person: Pick<Person, 'places'>,
  groups: readonly Group[],
): Promise<void> {
  if (person.places.length === 0) return
  const tree = await readPlaceTree(reading)
  const foreign = groups.filter(({ places }) => {
    const above = tree.above(places)
    return !person.places.some((place) => above.has(place))
  })
  if (foreign.length === 0) return
  const names = foreign.map(({ name }) => name)
  const shown = names.slice(0, 5).join(', ')
  throw new NoticeRefusedError(
    { kind: 'not-theirs', groups: names },
    `${foreign.length} of ${groups.length} groups lie outside this person's places: ${shown}${names.length > 5 ? ', …' : ''}; name places of their own, or let somebody write it who answers for all of them`,
  )
}
