import { minute } from '../../../tickets/shanghai-time.ts'
import { accountStates, carriersOf } from '../../notices/accounts/accounts.ts'
import { waitingCopies } from '../../notices/copies/respread.ts'
import type { Notice } from '../../notices/notice.ts'
import { estimate, estimateWords } from '../../notices/writing/estimate.ts'
import { groupsOf } from '../../notices/writing/targets.ts'
import { isQuiet } from '../../sending/quiet-hours.ts'
import type { Situation } from '../../situation.ts'

/**
 * What holds a notice up now, in words for its author: all accounts of its groups rest; it is night; others are before
 * it. '' when nothing does.
 */
export async function heldUp(
  { house, reading, now }: Pick<Situation, 'house' | 'reading' | 'now'>,
  notice: Notice,
): Promise<string> {
  const { texts } = house
  const groups = notice.follows
    ? notice.targets.groups
    : (await groupsOf(reading, notice.targets)).map(({ id }) => id)
  const carriers = await carriersOf(house, reading)
  const own = [...new Set(groups.flatMap(carriers))]
  const states = await accountStates(house, reading)
  if (own.length > 0 && own.every((account) => states.get(account)?.paused)) return texts.noticeResting()
  if (notice.emergency) return ''
  if (notice.state === 'sending' && isQuiet(now)) return texts.noticeNight()
  return waitsBehind({ house, reading }, notice, own)
}

/** Copies of others that its accounts send first. */
async function waitsBehind(
  { house, reading }: Pick<Situation, 'house' | 'reading'>,
  notice: Notice,
  own: readonly string[],
): Promise<string> {
  if (notice.state === 'sending' || (notice.sendAt ?? 0) > house.now() || notice.repeat) return ''
  const before = new Map<string, number>()
  for (const { account, notice: other } of await waitingCopies(house, reading))
    if (other !== notice.id && own.includes(account)) before.set(account, (before.get(account) ?? 0) + 1)
  const length = estimate(house.settings.pace, before)
  return length < minute ? '' : house.texts.noticeBehindOthers({ length: estimateWords(length) })
}
