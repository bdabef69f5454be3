import { maskPersonalData } from '../../intents/personal-data.ts'
import type { Group } from '../documents.ts'
import type { Reading } from '../reading.ts'

/** The tag of the group in which staff talk among themselves. */
const staffGroupTag = '网格员群'

export type AlertRoute =
  | { readonly to: { readonly person: string } | { readonly group: string }; readonly text: string }
  /** No friendship and no staff group, or no longer on the roster: there is no way to reach this person. */
  | undefined

/**
 * A private message can be assumed to arrive only among friends; otherwise staff are told in their group, where
 * more people read along, so that phones and rooms are taken out.
 */
export async function routeAlert(reading: Reading, personId: string, text: string): Promise<AlertRoute> {
  const person = await reading.get('people', personId)
  // whoever has left the roster reads nothing of staff's any more
  if (person?.role === 'resident') return undefined
  if (person?.friend) return { to: { person: personId }, text }
  const { documents } = await reading.find('groups', { limit: 10_000 })
  const staffGroup = documents.find(isStaffGroup)
  if (!staffGroup) return undefined
  return { to: { group: staffGroup.id }, text: maskPersonalData(`@${person?.name ?? ''} ${text}`) }
}

/** Staff talk among themselves there. */
export function isStaffGroup(group: Pick<Group, 'tags'> | undefined): boolean {
  return group?.tags.includes(staffGroupTag) ?? false
}
