import type { House } from '../../house.ts'
import { copiesOf, mayHaveIt } from '../../notices/copies/copies.ts'
import { nextNoticeId } from '../../notices/next-notice-id.ts'
import type { Follows } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { newestOfMatter } from '../../notices/residents/group-notices.ts'
import { asksForReceipt } from '../../notices/residents/receipt-words.ts'
import { checkedText } from '../../notices/writing/check-text.ts'
import type { Reading } from '../../reading.ts'
import type { Actor, Command } from '../command.ts'
import type { Decided } from '../decided.ts'
import { followingText } from './following-text.ts'
import { assertMayRun, noticeIn } from './whose-notice.ts'
import { type Content, draft } from './write.ts'

type Follow = Command & { readonly type: 'notice.follow' }

/** 更正, 撤回: for exactly those who got the first one, wherever groups have been moved to since. */
export async function followNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  command: Follow,
): Promise<Decided> {
  const first = await noticeIn(reading, command.notice, [
    'sending',
    'paused',
    'finished',
    'stopped',
    'expired',
  ])
  await assertMayRun(house, reading, actor, first)
  const got = (await copiesOf(reading, first)).filter(mayHaveIt)
  const [one] = got
  if (!one)
    throw new NoticeRefusedError(
      { kind: 'nobody-got-it' },
      `notice ${first.id} has reached no group yet: stop it instead, and write another one`,
    )
  const { as } = command
  const plain = as === 'retraction' && command.text === undefined
  const follows: Follows = { notice: first.id, as, ...(plain && { plain }) }
  // people know what they read last: after a correction its words are what is void
  const known = await newestOfMatter(reading, one.group, first)
  const text = checkedText(followingText(house, known, follows, command.text), house.notices)
  const { id, put } = await nextNoticeId(reading)
  const targets = { places: [], tags: [], groups: got.map(({ group }) => group) }
  const content: Content = {
    ...{ text, targets, targetWords: first.targetWords },
    ...{ emergency: first.emergency, receipt: asksForReceipt(text), follows },
    // what needed a second person needs one when it is corrected
    ...(first.template !== undefined && { template: first.template }),
  }
  return draft(house, reading, actor, content, { id, puts: [put] })
}
