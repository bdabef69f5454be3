import { type GridSettings, tagNamed } from '../../../tickets/grid.ts'
import type { Group } from '../../documents.ts'
import { likeliest } from '../../grid/likeliest.ts'
import type { House } from '../../house.ts'
import { codeLifetime, newCode } from '../../people/codes.ts'
import { shortHash } from '../../people/directory.ts'
import type { Reading } from '../../reading.ts'
import { RefusedError } from '../command.ts'
import type { Decided } from '../decided.ts'
import type { GridCommand } from './grid-commands.ts'
import { placeNames, placesNamed } from './places.ts'

export async function bindGroup(
  house: House,
  reading: Reading,
  { name, places, tags }: GridCommand & { type: 'group.bind' },
): Promise<Decided> {
  const id = `g-${shortHash(`group/${name}`)}`
  const known = await reading.get('groups', id)
  const placeIds = await placesNamed(reading, places)
  const code = newCode(house.random)
  const expiresAt = house.now() + codeLifetime
  const before = known ?? { id, name, places: [], tags: [], setting: 'answer' as const, owner: '' }
  // entered again, only what is given changes
  const group = {
    ...before,
    places: places.length > 0 ? placeIds : before.places,
    tags: tags.length > 0 ? tagsNamed(house.grid, tags) : before.tags,
  }
  return {
    outcome: {
      puts: [
        { collection: 'groups', document: group },
        { collection: 'codes', document: { id: code, kind: 'group', group: id, expiresAt } },
      ],
    },
    result: { group: id, code, places: await placeNames(reading, group.places), tags: group.tags.join(', ') },
  }
}

export async function tagGroup(
  house: House,
  reading: Reading,
  { group: said, add, remove }: GridCommand & { type: 'group.tag' },
): Promise<Decided> {
  if (add.length + remove.length === 0)
    throw new RefusedError('incomplete', 'expected tags to add or to take away: +业主群 -商户群')
  const group = await groupNamed(reading, said)
  const wanted = tagsNamed(house.grid, add)
  // a tag of before that the settings do not know any more can still be taken away
  const unwanted = remove.map((tag) => (group.tags.includes(tag) ? tag : tagsNamed(house.grid, [tag])[0]))
  const tags = [...new Set([...group.tags.filter((tag) => !unwanted.includes(tag)), ...wanted])]
  return {
    outcome: { puts: [{ collection: 'groups', document: { ...group, tags } }] },
    result: { group: group.id, tags: tags.join(', ') },
  }
}

/** @throws RefusedError with the tags that are known, and the one that was likely meant */
function tagsNamed(settings: Pick<GridSettings, 'tags'>, said: readonly string[]): readonly string[] {
  return said.map((word) => {
    const tag = tagNamed(settings, word)
    if (tag !== undefined) return tag
    throw new RefusedError('unknown', `no tag ${word}: ${knownTags(settings, word)}`)
  })
}

/** For whoever said a tag that is not there. */
export function knownTags({ tags }: Pick<GridSettings, 'tags'>, said: string): string {
  const words = tags.flatMap(({ name, also }) => [name, ...also])
  const meant = tagNamed({ tags }, likeliest(said, words) ?? '')
  const known = tags.map(({ name }) => name).join(', ')
  return `${meant === undefined ? '' : `likely ${meant}; `}known are ${known}; others are added in settings/grid.yaml`
}

/** By id, or by a name that only one has. @throws RefusedError */
export async function groupNamed(reading: Reading, said: string): Promise<Group> {
  const byId = await reading.get('groups', said)
  if (byId) return byId
  const { documents } = await reading.find('groups', { limit: 10_000 })
  const fitting = documents.filter(({ name }) => name === said)
  const [only] = fitting
  if (only && fitting.length === 1) return only
  if (only)
    throw new RefusedError('unknown', `${fitting.length} groups are called ${said}: name it by its id`)
  const meant = likeliest(
    said,
    documents.map(({ name }) => name),
  )
  const hint = meant === undefined ? '' : ` (likely ${meant})`
  throw new RefusedError('unknown', `no group ${said}${hint}: see linli group list`)
}
