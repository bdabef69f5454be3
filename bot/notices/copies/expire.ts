import type { House } from '../../house.ts'
import { both, type Outcome, type Send } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { Timer } from '../../timer.ts'
import type { Notice } from '../notice.ts'
import { numberOf } from '../notice-number.ts'
import { stepped } from '../step.ts'
import { tellAuthor } from '../tell-author.ts'
import { entriesOf } from './copies.ts'
import { skipped } from './copy-entries.ts'
import { finishWords } from './finish-words.ts'
import { earlyRecord } from './record.ts'

const open: readonly Notice['state'][] = ['draft', 'awaiting', 'scheduled', 'sending', 'paused']

/** Its time is over: what has not gone out by now is skipped. */
export async function endNotice(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'notice' | 'noticeExpiry' },
): Promise<Outcome> {
  const notice = await reading.get('notices', timer.notice)
  if (!notice || !open.includes(notice.state)) return { cancelled: [timer.id] }
  const over = (await entriesOf(reading, notice.id, ['queued', 'held'])).map((entry) =>
    skipped(house, entry, 'expired'),
  )
  const now = house.now()
  const ended = stepped(notice, 'expired', { at: now, by: 'bot' }, { state: 'expired', endedAt: now })
  const outcome: Outcome = {
    cancelled: [timer.id, `notice/${notice.id}`, `noticeExpiry/${notice.id}`],
    notices: [ended],
  }
  if (notice.startedAt === undefined) return both(outcome, { sends: neverSent(house, notice) })
  const { record, puts } = await earlyRecord(reading, notice.id, over)
  return both(outcome, { puts, sends: await finishWords(house, reading, notice, record.copies) })
}

/** Nobody approved it in time, or it was held back: whoever wrote it waits to hear of it. */
function neverSent({ texts }: House, notice: Notice): readonly Send[] {
  if (notice.state === 'draft') return []
  return tellAuthor(notice, texts.noticeRanOut({ number: numberOf(notice) }))
}
