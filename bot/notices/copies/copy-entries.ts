import type { House } from '../../house.ts'
import type { Instant } from '../../ports/chat.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import { rankOf } from '../../sending/outbox-order.ts'
import type { CopyReason, Notice } from '../notice.ts'

/** One group's copy: its words, and behind them the attachment, which waits until the words have arrived. */
export function copyEntries(
  house: House,
  notice: Notice,
  group: string,
  /** The account that sends it; undefined: none of ours is in the group. */
  account: string | undefined,
  /** Its place in the queue, from 0. */
  place: number,
): readonly OutboxEntry[] {
  const now = house.now()
  const kind = notice.emergency ? 'emergencyNotice' : 'notice'
  // every copy has a place of its own, so that an attachment comes right behind its words
  const rank = rankOf(kind, false, now + 2 * place)
  const id = `notice/${notice.id}/${group}`
  const words: OutboxEntry = {
    ...{ id, account: account ?? '', to: { group }, kind: 'notice', text: notice.text },
    ...{ state: 'queued', urgent: false, notice: notice.id, expiresAt: notice.expiresAt, rank },
    ...{ queuedAt: now, dueAt: now, attempts: 0, forgetAt: null },
  }
  const { attachment } = notice
  const file: OutboxEntry[] = attachment
    ? [
        {
          ...words,
          id: `${id}/2`,
          text: `[附件] ${attachment.name}`,
          attachment,
          state: 'held',
          rank: rank + 1,
        },
      ]
    : []
  const copy = [words, ...file]
  return account === undefined ? copy.map((entry) => skipped(house, entry, 'no-account')) : copy
}

export function skipped(house: House, entry: OutboxEntry, error: CopyReason): OutboxEntry {
  return { ...entry, ...ended(house, entry), state: 'skipped', error }
}

/** What every entry has at its end. It is kept until the notice has its record, whatever happens in between. */
export function ended(
  house: House,
  { expiresAt = 0 }: Pick<OutboxEntry, 'expiresAt'>,
): { readonly endedAt: Instant; readonly forgetAt: Instant } {
  const now = house.now()
  return { endedAt: now, forgetAt: Math.max(now, expiresAt) + house.settings.keep.chatter }
}

/** The words of this copy have their end: what becomes of the attachment behind them. */
export function afterWords(house: House, words: OutboxEntry, attachment: OutboxEntry): OutboxEntry {
  const arrived = words.state === 'sent' || words.state === 'confirmed'
  if (arrived)
    return { ...attachment, account: words.account, state: 'queued', attempts: 0, dueAt: house.now() }
  return skipped(house, attachment, 'failed')
}
