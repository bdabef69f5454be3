import type { GridGap, GridOverview, PlaceRow } from '../grid/overview.ts'
import { kindWord, roleWords } from '../grid/words.ts'
import { type OperatorOptions, queryRows } from './operator-door.ts'

/** `linli grid show`: the tree, then what nobody looks after. */
export async function showGrid(
  options: OperatorOptions,
  { place, json = false }: { readonly place?: string; readonly json?: boolean },
): Promise<void> {
  const { print } = options
  const [grid] = await queryRows<GridOverview>(options, {
    type: 'grid',
    ...(place !== undefined && { place }),
  })
  if (!grid) throw new Error('the running bot is of another version: restart it')
  if (json) return print(JSON.stringify(grid))
  if (grid.places.length === 0) print('no place yet: linli place add NAME KIND, or linli grid import FILE')
  for (const row of grid.places) print(placeLine(row))
  print(
    `altogether ${grid.groups} ${grid.groups === 1 ? 'group' : 'groups'} with ${grid.members} people, and ${grid.staff} on the roster`,
  )
  for (const line of gapLines(grid.gaps)) print(line)
}

function placeLine({ depth, name, kind, groups, members, staff }: PlaceRow): string {
  const people = Object.entries(staff)
    .filter(([role]) => role in roleWords)
    .map(([role, names]) => `${roleWords[role as keyof typeof roleWords][0]} ${shortly(names)}`)
  const bound =
    groups === 0 ? 'no group' : `${groups} ${groups === 1 ? 'group' : 'groups'}, ${members} people`
  return `${'  '.repeat(depth)}${name} (${kindWord(kind)})  ${[bound, ...people].join('; ')}`
}

const gapWords: Readonly<Record<GridGap['what'], string>> = {
  'no-worker': 'places without a grid worker, there or above',
  'no-place': 'groups without a place',
  'no-tag': 'groups without a tag',
  'no-room': 'groups that wait for their code',
  'no-contact': 'people on the roster who have not said their code yet',
  everywhere: 'grid workers and leaders without a place, who answer for everything',
}

/** One line for each kind of gap. */
export function gapLines(gaps: readonly GridGap[]): readonly string[] {
  return (Object.keys(gapWords) as GridGap['what'][]).flatMap((what) => {
    const found = gaps.filter((gap) => gap.what === what)
    const names = shortly(found.map(({ name }) => name))
    return found.length === 0 ? [] : [`${gapWords[what]}: ${found.length} (${names})`]
  })
}

const mostNamed = 8

export function shortly(names: readonly string[]): string {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
  return `${names.slice(0, mostNamed).join('、')}${more}`
}
