import type { Group } from '../../documents.ts'
import { membersOf } from '../../grid/members-of.ts'
import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import { isStaffGroup } from '../../sending/alert-route.ts'
import { copiesOf, mayHaveIt } from '../copies/copies.ts'
import type { Notice } from '../notice.ts'

/** Who has said 收到 to a notice, group by group. */
export interface ReceiptRow {
  readonly group: string
  readonly name: string
  /** How many people are in the group, as it was seen last; absent: nobody has looked yet. */
  readonly members?: number
  /** How many of them have said 收到. */
  readonly read: number
  /** Names of those who have not: only of groups of volunteers and staff, and only for readers who may see names. */
  readonly missing?: readonly string[]
}

/** Every group that got it, by name. @param names whoever reads this may read names */
export async function receiptRows(
  house: House,
  reading: Reading,
  notice: Pick<Notice, 'id' | 'author'>,
  { names }: { readonly names: boolean },
): Promise<readonly ReceiptRow[]> {
  const rows: ReceiptRow[] = []
  for (const copy of await copiesOf(reading, notice)) {
    const group = mayHaveIt(copy) ? await reading.get('groups', copy.group) : undefined
    if (group) rows.push(await rowOf(house, reading, notice, group, names))
  }
  return rows.sort((one, other) => byName.compare(one.name, other.name))
}

const byName = new Intl.Collator('zh-CN', { numeric: true })

/** Where those who are missing are called by name: groups of people who work for the place. */
export function namesTheMissing({ notices }: Pick<House, 'notices'>, group: Pick<Group, 'tags'>): boolean {
  return group.tags.some((tag) => notices.receiptNames.includes(tag))
}

/** Names are personal data: in private, and where staff are among themselves. */
export function mayReadNames(group: Pick<Group, 'tags'> | undefined): boolean {
  return group === undefined || isStaffGroup(group)
}

async function rowOf(
  house: House,
  reading: Reading,
  notice: Pick<Notice, 'id' | 'author'>,
  group: Group,
  names: boolean,
): Promise<ReceiptRow> {
  const where = { notice: notice.id, group: group.id }
  const read = await reading.count('noticeReceipts', { where })
  const row = { group: group.id, name: group.name, read }
  if (!namesTheMissing(house, group)) {
    const members = await countOf(reading, group.id)
    return members === 0 ? row : { ...row, members: Math.max(members, read) }
  }
  const { count, members } = await membersOf(reading, group.id)
  if (count === 0) return row
  const { documents } = await reading.find('noticeReceipts', { where, limit: 10_000 })
  const readers = new Set(documents.map(({ person }) => person))
  // whoever wrote it has read it
  const missing = members.filter(
    ({ person }) => person === undefined || !(readers.has(person) || person === notice.author),
  )
  const total = { ...row, members: Math.max(count, read) }
  if (!names) return total
  const called = await Promise.all(missing.map((member) => nameOf(house, reading, member)))
  return { ...total, missing: called.sort(byName.compare) }
}

/** Of two of our accounts in one group the one that saw more. */
async function countOf(reading: Reading, group: string): Promise<number> {
  const { documents } = await reading.find('rooms', { where: { group }, limit: 1_000 })
  return Math.max(0, ...documents.map(({ members = 0 }) => members))
}

/** People on the roster as they were entered; others as they call themselves. */
async function nameOf(
  { texts }: House,
  reading: Reading,
  { name, person }: { readonly name: string; readonly person?: string },
): Promise<string> {
  const known = person === undefined ? undefined : await reading.get('people', person)
  const called = known?.name ?? name
  return called === '' ? texts.noticeReaderUnknown() : called
}
