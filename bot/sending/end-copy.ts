import { type Cause, decideAndCommit } from '../commit.ts'
import type { OutboxEntry } from '../documents.ts'
import type { House } from '../house.ts'
import { afterWords } from '../notices/copy-entries.ts'
import { copyEnded } from '../notices/finish.ts'
import { outboxPut } from '../notices/respread.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'

/** The entry as it is from now on, with the attachment behind it; the notice may be finished by it. */
export async function endCopy(house: House, before: OutboxEntry, after: OutboxEntry): Promise<void> {
  await decideAndCommit(house, async (reading) => ({
    cause: copyCause(before),
    outcome: await changedCopy(house, reading, before, after),
  }))
  if (after.notice !== undefined && after.state !== 'queued') await copyEnded(house, after.notice)
}

export async function changedCopy(
  house: House,
  reading: Reading,
  before: OutboxEntry,
  after: OutboxEntry,
): Promise<Outcome> {
  const puts = [outboxPut(after)]
  if (after.notice === undefined || before.attachment || after.state === 'queued') return { puts }
  const attachment = await reading.get('outbox', `${before.id}/2`)
  const waits = attachment?.state === 'held'
  return waits ? { puts: [...puts, outboxPut(afterWords(house, after, attachment))] } : { puts }
}

export function copyCause({ id }: Pick<OutboxEntry, 'id'>): Cause {
  return { id, group: null, lines: [] }
}
