import { localDate } from '../../../tickets/shanghai-time.ts'
import type { House } from '../../house.ts'
import { copiesOf, mayHaveIt } from '../../notices/copies/copies.ts'
import type { Notice } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { namesTheMissing, receiptRows } from '../../notices/residents/receipt-report.ts'
import { wantsReceipt } from '../../notices/residents/receipts.ts'
import { stepped } from '../../notices/step.ts'
import type { Send } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf } from '../command.ts'
import type { Decided } from '../decided.ts'
import { assertMayRun, noticeIn } from './whose-notice.ts'

/** Of one notice, in one group: more than that is nagging. */
const mostADay = 2
const quoted = 20

/**
 * 催回执 12: one line in the groups of volunteers and staff where some have not said 收到. It says how many, and calls
 * nobody by name.
 *
 * @throws NoticeRefusedError state, no-reminder
 */
export async function remindReaders(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<Decided> {
  const notice = await noticeIn(reading, id, ['sending', 'paused', 'finished', 'stopped', 'expired'])
  await assertMayRun(house, reading, actor, notice)
  if (!wantsReceipt(notice)) throw none('asks-none', `notice ${id} does not ask for 收到`)
  const now = house.now()
  if (now > (notice.endedAt ?? now) + house.notices.receiptWithin || (await isTakenBack(reading, notice)))
    throw none('over', `nobody waits for receipts of notice ${id} any more`)
  const today = notice.history.filter(
    ({ event, at }) => event === 'reminded' && localDate(at) === localDate(now),
  )
  if (today.length >= mostADay)
    throw none(
      'twice-today',
      `readers of notice ${id} were reminded ${mostADay} times today: wait for tomorrow`,
    )
  const sends = await reminders(house, reading, notice)
  if (sends.length === 0) throw none('nobody-missing', `nobody is known to be missing for notice ${id}`)
  const reminded = stepped(notice, 'reminded', { at: now, by: byOf(actor), note: `${sends.length}` })
  return { outcome: { notices: [reminded], sends }, result: { notice: id, groups: sends.length } }
}

function none(why: 'asks-none' | 'over' | 'twice-today' | 'nobody-missing', message: string) {
  return new NoticeRefusedError({ kind: 'no-reminder', why }, message)
}

/** As the groups remember it: all that got it got the retraction as well. */
async function isTakenBack(reading: Reading, notice: Notice): Promise<boolean> {
  const { id } = notice
  const copy = (await copiesOf(reading, notice)).find(mayHaveIt)
  const known = copy && (await reading.get('groupNotices', copy.group))
  const own = known?.notices.find(({ notice }) => notice === id)
  return known?.notices.some(({ as, matter }) => as === 'retraction' && matter === own?.matter) ?? false
}

async function reminders(house: House, reading: Reading, notice: Notice): Promise<readonly Send[]> {
  const begin = [...notice.text.replace(/\s+/gu, ' ')].slice(0, quoted).join('')
  const sends: Send[] = []
  for (const row of await receiptRows(house, reading, notice, { names: true })) {
    const group = await reading.get('groups', row.group)
    const count = row.missing?.length ?? 0
    if (!group || count === 0 || !namesTheMissing(house, group)) continue
    const text = house.texts.noticeReminder({ begin, count })
    sends.push({ kind: 'reply', to: { group: row.group }, text, canWait: true })
  }
  return sends
}
