import type { Group, Person } from '../documents.ts'
import { roles } from '../documents.ts'
import type { Send } from '../outcome.ts'
import { reachesPlace } from '../people/reaches-place.ts'
import type { Reading } from '../reading.ts'

/** Staff of a department who answer for the group's places; all of the department when none does. */
export async function staffOfDepartment(
  reading: Reading,
  department: string,
  group: Group | undefined,
): Promise<readonly Person[]> {
  const { documents } = await reading.find('people', {
    where: { role: { in: roles.filter((role) => role !== 'resident') } },
    limit: 10_000,
  })
  const names = department.split('/')
  const staff = documents.filter(
    (person) => person.department !== undefined && names.includes(person.department),
  )
  const local: Person[] = []
  for (const person of staff) if (await isLocal(reading, person, group)) local.push(person)
  return local.length > 0 ? local : staff
}

async function isLocal(reading: Reading, person: Person, group: Group | undefined): Promise<boolean> {
  for (const place of group?.places ?? []) if (await reachesPlace(reading, person.places, place)) return true
  return false
}

/** Each of them once. `urgent`: an emergency, no gaps. */
export function alertPeople(
  people: readonly string[],
  text: string,
  { urgent = false }: { readonly urgent?: boolean } = {},
): readonly Send[] {
  return [...new Set(people)].map((person) => ({ kind: 'alert', to: { person }, text, urgent }) as const)
}
