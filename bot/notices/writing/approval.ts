import { timeOfDay } from '../../../tickets/shanghai-time.ts'
import type { Role } from '../../documents.ts'
import { atLeast } from '../../people/directory.ts'
import type { Instant } from '../../ports/chat.ts'
import type { ApprovalReason } from '../notice.ts'
import type { NoticeRules } from '../rules.ts'

export interface ToApprove {
  /** Of its author; the operator counts as admin. */
  readonly role: Role
  readonly groups: number
  readonly template?: string | undefined
  readonly emergency: boolean
  readonly repeated: boolean
  /** When it will begin. */
  readonly sendAt: Instant
}

/** Why a second person has to look at it; empty: nobody has to. */
export function approvalReasons(
  { approval }: Pick<NoticeRules, 'approval'>,
  notice: ToApprove,
): readonly ApprovalReason[] {
  if (atLeast(notice, approval.freeFrom)) return []
  const reasons: ApprovalReason[] = []
  if (notice.groups > approval.moreGroupsThan) reasons.push('groups')
  if (notice.template !== undefined && approval.templates.includes(notice.template)) reasons.push('template')
  // an emergency is there to go out at any hour: its own rule says whether it may
  if (!notice.emergency && isOutside(timeOfDay(notice.sendAt), approval.outside)) reasons.push('hours')
  if (notice.emergency && approval.emergency) reasons.push('emergency')
  if (notice.repeated && approval.repeated) reasons.push('repeated')
  return reasons
}

function isOutside(time: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from <= to ? time < from || time >= to : time < from && time >= to
}
