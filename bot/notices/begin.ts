import type { Group, OutboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import type { Put, Reading } from '../reading.ts'
import { rankOf } from '../sending/outbox-order.ts'
import type { Timer } from '../timer.ts'
import type { Notice } from './notice.ts'
import { stepped } from './step.ts'
import { groupsOf } from './targets.ts'

/** Its time has come: each group's copy goes into the outbox, and the notice is being sent. */
export async function beginNotice(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'notice' | 'noticeExpiry' },
): Promise<Outcome> {
  const notice = await reading.get('notices', timer.notice)
  if (notice?.state !== 'scheduled') return { cancelled: [timer.id] }
  const now = house.now()
  const groups = await groupsOf(reading, notice.targets)
  const puts = groups.map((group): Put => ({ collection: 'outbox', document: copyFor(notice, group, now) }))
  const begun = stepped(
    notice,
    'started',
    { at: now, by: 'bot' },
    { state: 'sending', startedAt: now, groups: groups.length },
  )
  const expiry = { id: `noticeExpiry/${notice.id}`, kind: 'noticeExpiry', notice: notice.id } as const
  return {
    cancelled: [timer.id],
    puts,
    notices: [begun],
    timers: [{ ...expiry, dueAt: notice.expiresAt }],
  }
}

function copyFor(notice: Notice, group: Group, now: number): OutboxEntry {
  return {
    ...{ id: `notice/${notice.id}/${group.id}`, account: group.owner, to: { group: group.id } },
    ...{ kind: 'notice', text: notice.text, state: 'queued', urgent: false },
    ...{ notice: notice.id, expiresAt: notice.expiresAt, rank: rankOf('notice', false, now) },
    ...{ queuedAt: now, dueAt: now, attempts: 0, forgetAt: null },
  }
}
