import type { House } from '../../house.ts'
import type { Notice } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import type { Send } from '../../outcome.ts'
import { nameOf } from '../../people/name-of.ts'
import type { Reading } from '../../reading.ts'
import { alertPeople } from '../../sending/alert-department.ts'
import { whyApproval } from '../../staff/notices/preview.ts'
import { approversOf } from './whose-notice.ts'

/** The word to everybody who may approve; to the role itself when nobody may, so that it is on record. */
export async function askApproval(
  house: House,
  reading: Reading,
  notice: Notice,
  /** `by`: who submits it. */
  { begins, by }: { readonly begins: string; readonly by: string },
): Promise<{ readonly sends: readonly Send[]; readonly approvers: number }> {
  const approvers = await approversOf(house, reading, notice, by)
  const text = house.texts.noticeApprovalAsked({
    ...{ number: numberOf(notice), name: await nameOf(house, reading, notice.author) },
    ...{ targets: notice.targetWords, groups: notice.groups, begins },
    ...{ why: whyApproval(house.texts, notice.approval), text: notice.text },
  })
  const people = approvers.map(({ id }) => id)
  const nobody: Send = { kind: 'alert', to: { role: house.notices.approval.by }, text }
  return { sends: people.length > 0 ? alertPeople(people, text) : [nobody], approvers: people.length }
}
