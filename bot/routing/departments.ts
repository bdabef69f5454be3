import { type Person, roles } from '../documents.ts'
import type { Lore } from '../house.ts'
import type { Reading } from '../reading.ts'

/** Every department that a ticket can go to: of the categories, the routing rules, and the people on the roster. */
export async function knownDepartments(
  reading: Reading,
  lore: Pick<Lore, 'categories' | 'routing'>,
): Promise<readonly string[]> {
  const staff = await reading.find('people', {
    where: { role: { in: roles.filter((role) => role !== 'resident') } },
    limit: 10_000,
  })
  return departmentsIn(lore, staff.documents)
}

/** @param staff of any role but resident */
export function departmentsIn(
  { categories, routing }: Pick<Lore, 'categories' | 'routing'>,
  staff: readonly Pick<Person, 'department'>[],
): readonly string[] {
  return [
    ...new Set([
      ...Object.values(categories).flatMap(({ department }) => department.split('/')),
      ...routing.rules.flatMap(({ department }) => department?.split('/') ?? []),
      ...routing.departments,
      routing.fallback.department,
      ...staff.flatMap(({ department }) => (department === undefined ? [] : [department])),
    ]),
  ]
}

/** 城管局, 城管大队 and 城管执法 are 城管; undefined when nobody is meant, or two could be. */
export function departmentNamed(said: string, known: readonly string[]): string | undefined {
  const name = said.trim()
  if (known.includes(name)) return name
  const parts = known.filter((each) => name.startsWith(each) || (name.length >= 2 && each.startsWith(name)))
  const longest = parts.sort((one, other) => other.length - one.length)[0]
  const rivals = parts.filter((each) => each.length === longest?.length)
  return rivals.length === 1 ? longest : undefined
}
