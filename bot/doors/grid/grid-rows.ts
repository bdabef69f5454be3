import { roles } from '../../documents.ts'
import type { Match } from '../../grid/match.ts'
import { type GridOverview, overviewOf } from '../../grid/overview.ts'
import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'
import type { GridQuery } from './grid-commands.ts'
import { planOf, planRow } from './import-grid.ts'
import { placesNamed } from './places.ts'

const types: ReadonlySet<string> = new Set<GridQuery['type']>(['grid.plan', 'grid.codes', 'grid', 'matches'])

export function isGridQuery(query: { readonly type: string }): query is GridQuery {
  return types.has(query.type)
}

/** What is asked about the grid. @throws RefusedError */
export async function gridRows(house: House, reading: Reading, query: GridQuery): Promise<readonly object[]> {
  switch (query.type) {
    case 'grid.plan':
      return [planRow(await planOf(house, reading, query.rows), await everyDocument(reading, 'places'))]
    case 'grid.codes':
      return openCodes(reading, query.import, house.now())
    case 'grid':
      return [await overview(reading, query.place)]
    case 'matches':
      return (await everyDocument(reading, 'matches'))
        .filter(({ state }) => state === 'offered')
        .sort((one: Match, other: Match) => one.number - other.number)
  }
}

/** A code that nobody has said yet. */
export interface CodeRow {
  readonly code: string
  readonly kind: 'person' | 'group'
  /** Of the person, or the group. */
  readonly id: string
  readonly name: string
  readonly role?: string
  readonly expiresAt: number
}

async function openCodes(
  reading: Reading,
  batch: string | undefined,
  now: number,
): Promise<readonly CodeRow[]> {
  const codes = (await everyDocument(reading, 'codes')).filter(
    (code) => code.expiresAt > now && (batch === undefined || code.import === batch),
  )
  const rows = await Promise.all(
    codes.map(async (code): Promise<CodeRow | undefined> => {
      const { id, kind, expiresAt } = code
      if (kind === 'group') {
        const group = await reading.get('groups', code.group)
        return group && { code: id, kind, id: group.id, name: group.name, expiresAt }
      }
      const person = await reading.get('people', code.person)
      return person && { code: id, kind, id: person.id, name: person.name, role: person.role, expiresAt }
    }),
  )
  return rows.filter((row) => row !== undefined)
}

async function overview(reading: Reading, place: string | undefined): Promise<GridOverview> {
  const [root] = place === undefined ? [] : await placesNamed(reading, [place])
  const onRoster = { where: { role: { in: roles.filter((role) => role !== 'resident') } } }
  const groups = await everyDocument(reading, 'groups')
  const bound = new Set(groups.map(({ id }) => id))
  const members = new Map<string, number>()
  // two of our accounts in one group see the same people
  for (const { group, members: count = 0 } of await everyDocument(reading, 'rooms'))
    if (group !== null && bound.has(group)) members.set(group, Math.max(members.get(group) ?? 0, count))
  const known = new Set((await everyDocument(reading, 'contacts')).map(({ person }) => person))
  const parts = {
    ...{ places: await everyDocument(reading, 'places'), groups, members, known },
    roster: await everyDocument(reading, 'people', onRoster),
  }
  return overviewOf(parts, root)
}
