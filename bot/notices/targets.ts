import type { Group } from '../documents.ts'
import { ancestorsOf } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import type { Targets } from './notice.ts'

/** The groups that are meant, each once, by name. */
export async function groupsOf(reading: Reading, targets: Targets): Promise<readonly Group[]> {
  const { documents } = await reading.find('groups', { limit: 10_000 })
  const meant: Group[] = []
  for (const group of documents) if (await isMeant(reading, group, targets)) meant.push(group)
  return meant.sort((one, other) => one.name.localeCompare(other.name, 'zh-CN'))
}

async function isMeant(reading: Reading, group: Group, targets: Targets): Promise<boolean> {
  const { except } = targets
  const above = await ancestorsOf(reading, group.places)
  const isUnder = (places: readonly string[]) => places.some((place) => above.has(place))
  const hasTag = (tags: readonly string[]) => tags.some((tag) => group.tags.includes(tag))
  if (except && (isUnder(except.places) || hasTag(except.tags) || except.groups.includes(group.id)))
    return false
  if (targets.groups.includes(group.id)) return true
  if (targets.places.length === 0 && targets.tags.length === 0) return targets.everywhere === true
  return (
    (targets.places.length === 0 || isUnder(targets.places)) &&
    (targets.tags.length === 0 || hasTag(targets.tags))
  )
}
