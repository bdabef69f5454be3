import type { Group, Role } from '../documents.ts'
import type { Send } from '../outcome.ts'
import { staffFor } from '../people/directory.ts'
import type { Reading } from '../reading.ts'
import { alertPeople } from './alert-department.ts'

export interface AlertOptions {
  /** Emergencies: no gaps. */
  readonly urgent?: boolean
  /** Told in any case: whoever took the ticket. */
  readonly also?: string | undefined
}

/** An alert to all who hold this role here; to the role itself when nobody is told, so that it is on record. */
export async function alertRole(
  reading: Reading,
  role: Role,
  group: Group | undefined,
  text: string,
  { urgent = false, also }: AlertOptions = {},
): Promise<readonly Send[]> {
  const staff = await staffFor(reading, role, group)
  const people = [...staff.map(({ id }) => id), ...(also === undefined ? [] : [also])]
  if (people.length === 0) return [{ kind: 'alert', to: { role }, text, urgent }]
  return alertPeople(people, text, { urgent })
}
