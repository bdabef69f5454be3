import type { Group } from '../../documents.ts'
import type { Reading } from '../../reading.ts'

const together = 500

/** About how many people read there, as rooms were last seen; whoever is in two groups counts twice. */
export async function peopleIn(reading: Reading, groups: readonly Group[]): Promise<number> {
  const members = new Map<string, number>()
  for (let from = 0; from < groups.length; from += together) {
    const ids = groups.slice(from, from + together).map(({ id }) => id)
    const { documents } = await reading.find('rooms', { where: { group: { in: ids } }, limit: 10_000 })
    // two of our accounts in one group see the same people
    for (const room of documents)
      members.set(room.group ?? '', Math.max(members.get(room.group ?? '') ?? 0, room.members ?? 0))
  }
  return [...members.values()].reduce((sum, each) => sum + each, 0)
}
