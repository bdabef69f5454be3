import type { Person } from '../documents.ts'
import { roles } from '../documents.ts'
import type { Reading } from '../reading.ts'

const onRoster = roles.filter((role) => role !== 'resident')

/** Whom a settings file or a command means: a person id, or a name that only one on the roster has. */
export async function personNamed(reading: Reading, name: string): Promise<Person | undefined> {
  const known = await reading.get('people', name)
  if (known) return known.role === 'resident' ? undefined : known
  const { documents } = await reading.find('people', { where: { role: { in: onRoster } }, limit: 10_000 })
  const fitting = documents.filter((person) => person.name === name)
  return fitting.length === 1 ? fitting[0] : undefined
}
