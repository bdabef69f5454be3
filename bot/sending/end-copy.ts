import { type Cause, decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { afterWords, skipped } from '../notices/copies/copy-entries.ts'
import { copyEnded } from '../notices/copies/finish.ts'
import { outboxPut } from '../notices/copies/respread.ts'
import type { NoticeState } from '../notices/notice.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/** The entry as it is from now on, with the attachment behind it; the notice may be finished by it. */
export async function endCopy(house: House, before: OutboxEntry, after: OutboxEntry): Promise<void> {
  await decideAndCommit(house, async (reading) => ({
    cause: copyCause(before),
    outcome: await changedCopy(house, reading, before, after),
  }))
  if (after.notice !== undefined) await copyEnded(house, after.notice)
}

/**
 * Staff may have paused or stopped the notice while this copy was on its way: then it does not come back to the queue, and
 * frees nothing. They write what is under way as well (bot/notices/copies/run.ts), so that the later of the two decisions knows
 * of the earlier.
 */
export async function changedCopy(
  house: House,
  reading: Reading,
  before: OutboxEntry,
  after: OutboxEntry,
): Promise<Outcome> {
  await reading.get('outbox', before.id)
  if (after.notice === undefined) return { puts: [outboxPut(after)] }
  const state = (await reading.get('notices', after.notice))?.state
  const put = after.state === 'queued' ? backInQueue(house, after, state) : after
  const puts = [outboxPut(put)]
  if (before.attachment || put.state === 'queued' || put.state === 'held') return { puts }
  const attachment = await reading.get('outbox', `${before.id}/2`)
  if (attachment?.state !== 'held') return { puts }
  const file = afterWords(house, put, attachment)
  const isHeld = file.state === 'queued' && state === 'paused'
  return { puts: [...puts, outboxPut(isHeld ? attachment : file)] }
}

/** @param state of its notice */
function backInQueue(house: House, entry: OutboxEntry, state: NoticeState | undefined): OutboxEntry {
  if (state === undefined || state === 'sending') return entry
  if (state === 'paused') return { ...entry, state: 'held' }
  return skipped(house, entry, state === 'expired' ? 'expired' : 'stopped')
}

export function copyCause({ id }: Pick<OutboxEntry, 'id'>): Cause {
  return { id, group: null, lines: [] }
}
