import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import type { Put, Reading } from '../reading.ts'
import type { Timer } from '../timer.ts'
import { stepped } from './step.ts'

/** Its time is over: what has not gone out by now is skipped. */
export async function endNotice(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'notice' | 'noticeExpiry' },
): Promise<Outcome> {
  const notice = await reading.get('notices', timer.notice)
  const isOpen = notice && ['scheduled', 'sending', 'paused', 'awaiting', 'draft'].includes(notice.state)
  if (!isOpen) return { cancelled: [timer.id] }
  const { documents } = await reading.find('outbox', {
    where: { notice: notice.id, state: 'queued' },
    order: 'rank',
    limit: 10_000,
  })
  const forgetAt = house.now() + house.settings.keep.chatter
  const puts = documents.map(
    (entry): Put => ({
      collection: 'outbox',
      document: { ...entry, state: 'skipped', error: 'expired', forgetAt },
    }),
  )
  const ended = stepped(
    notice,
    'expired',
    { at: house.now(), by: 'bot' },
    { state: 'expired', endedAt: house.now() },
  )
  return { cancelled: [timer.id, `notice/${notice.id}`], puts, notices: [ended] }
}
