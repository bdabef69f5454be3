import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import type { Reading } from '../reading.ts'
import { dutyNext, dutyNow, type StaffedWatch } from './duty-roster.ts'

/** Who is on duty now and who comes next, for the console and other programs. @param group ours; undefined: anywhere */
export async function dutyRows(
  house: House,
  reading: Reading,
  groupId: string | undefined,
): Promise<readonly object[]> {
  const group = groupId === undefined ? undefined : await reading.get('groups', groupId)
  const rows = (watches: readonly StaffedWatch[], when: 'now' | 'next') =>
    watches.map(({ watch, people, unknown }) => ({
      ...{ when, shift: watch.shift.name, from: isoShanghai(watch.from), to: isoShanghai(watch.to) },
      people: people.map(({ id, name }) => ({ id, name })),
      unknown,
    }))
  return [
    ...rows(await dutyNow(house, reading, group), 'now'),
    ...rows(await dutyNext(house, reading, group), 'next'),
  ]
}
