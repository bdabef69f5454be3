import type { Group, Role } from '../../documents.ts'
import type { House } from '../../house.ts'
import { atLeast } from '../../people/directory.ts'
import type { Instant } from '../../ports/chat.ts'
import type { Reading } from '../../reading.ts'
import type { ApprovalReason, Notice } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { hasAddress } from '../tell-author.ts'
import { approvalReasons } from './approval.ts'
import { assertTheirs } from './targets.ts'

/** Hours or days lie between a preview, 发送 and the time of a notice: what is asked is asked of what is true then. */

/** Why a second person has to look at it, as things stand now. */
export async function reasonsNow(
  house: House,
  reading: Reading,
  notice: Notice,
  { groups, begins }: { readonly groups: readonly Group[]; readonly begins: Instant },
): Promise<readonly ApprovalReason[]> {
  const { author, follows, emergency, template, series, repeat } = notice
  // nothing but that the first one is not to be heeded: no word of it is anybody's own
  if (follows?.plain) return []
  const person = await reading.get('people', author)
  const role = roleOf(author, person?.role)
  const isAway = person !== undefined && !follows && !(await isTheirs(reading, person, groups))
  if (!atLeast({ role }, 'grid_worker') || isAway) return ['author']
  return approvalReasons(house.notices, {
    ...{ role, groups: notice.follows ? notice.groups : groups.length, emergency, sendAt: begins },
    repeated: series !== undefined || repeat !== undefined,
    ...(template !== undefined && { template }),
  })
}

/** The same at its time: what was approved stays so, unless it goes to many more, or both who answered for it have left. */
export async function reasonsAtBegin(
  house: House,
  reading: Reading,
  notice: Notice,
  when: { readonly groups: readonly Group[]; readonly begins: Instant },
): Promise<readonly ApprovalReason[]> {
  const reasons = await reasonsNow(house, reading, notice, when)
  const { approvedBy, approvedFor = notice.groups, follows } = notice
  if (reasons.length === 0 || approvedBy === undefined) return reasons
  if (!follows && when.groups.length > mostGroups(approvedFor)) return ['groups']
  return reasons.includes('author') && !(await isThere(house, reading, approvedBy)) ? ['author'] : []
}

/** A new group or two is what happens; the tenth part more is another notice. */
function mostGroups(approved: number): number {
  return Math.max(approved + 2, Math.floor(approved * 1.1))
}

async function isThere(house: House, reading: Reading, approver: string): Promise<boolean> {
  if (!hasAddress(approver)) return true
  const person = await reading.get('people', approver)
  return person !== undefined && atLeast(person, house.notices.approval.by)
}

function roleOf(author: string, role: Role | undefined): Role {
  if (author === 'operator') return 'admin'
  return author.startsWith('system/') ? 'grid_worker' : (role ?? 'resident')
}

async function isTheirs(
  reading: Reading,
  person: { readonly places: readonly string[] },
  groups: readonly Group[],
): Promise<boolean> {
  try {
    await assertTheirs(reading, person, groups)
    return true
  } catch (error) {
    if (error instanceof NoticeRefusedError) return false
    throw error
  }
}
