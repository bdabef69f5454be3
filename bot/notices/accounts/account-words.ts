import type { House } from '../../house.ts'
import type { AccountState, Notice } from '../notice.ts'
import { numberOf } from '../notice-number.ts'

/** What the sender of a notice reads when one of its accounts rests. */
export function accountWords(
  house: House,
  notice: Pick<Notice, 'id'>,
  reason: NonNullable<AccountState['paused']>['reason'],
  { taken, left }: { readonly taken: number; readonly left: number },
): string {
  const { texts } = house
  const number = numberOf(notice)
  const why = {
    rate: texts.noticeAccountRate(),
    down: texts.noticeAccountDown(),
    failures: texts.noticeAccountFailures(),
    staff: texts.noticeAccountStaff(),
  }[reason]
  const groups = [
    ...(taken > 0 ? [texts.noticeGroupsTaken({ count: taken })] : []),
    ...(left > 0 ? [texts.noticeGroupsWait({ count: left })] : []),
  ].join('，')
  return texts.noticeAccountOut({ number, why, groups })
}
