import type { Group } from '../documents.ts'
import { groupsLately } from '../questions/whereabouts.ts'
import type { Reading } from '../reading.ts'

/**
 * Whose staff answer for what somebody says in private: those of the group in which they spoke last. In a district
 * nobody else could know which 3号楼 is meant. Undefined for machines, and for whoever was never heard in a group.
 */
export async function homeGroup(reading: Reading, reporter: string): Promise<Group | undefined> {
  if (reporter.startsWith('system/')) return undefined
  const [last] = await groupsLately(reading, reporter)
  return last === undefined ? undefined : reading.get('groups', last)
}
