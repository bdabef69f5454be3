import type { Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import type { CopyReason, CopyState, Notice, NoticeRecord } from '../notice.ts'

/** One group's copy: `state` is that of the words, `attachment` that of the file behind them. */
export type CopyRow = NoticeRecord['copies'][number]

/** What became of each group's copy; [] before the notice has begun. While it runs its entries tell, afterwards its record. */
export async function copiesOf(reading: Reading, notice: Pick<Notice, 'id'>): Promise<readonly CopyRow[]> {
  const record = await reading.get('noticeRecords', notice.id)
  return record ? record.copies : copyRows(await entriesOf(reading, notice.id))
}

const everyState = [
  ...(['queued', 'held', 'sending', 'sent', 'confirmed', 'unconfirmed', 'failed', 'skipped'] as const),
] satisfies OutboxEntry['state'][]

/** Not at their end. */
export const openStates = ['queued', 'held', 'sending'] as const satisfies OutboxEntry['state'][]

/** The entries of a notice in the order of sending: each group's words, then its attachment. */
export async function entriesOf(
  reading: Reading,
  notice: string,
  states: readonly OutboxEntry['state'][] = everyState,
): Promise<readonly OutboxEntry[]> {
  const { documents } = await reading.find('outbox', {
    where: { notice, state: { in: states } },
    order: 'rank',
    limit: 10_000,
  })
  return documents
}

export function copyRows(entries: readonly OutboxEntry[]): readonly CopyRow[] {
  const attachments = new Map(
    entries.flatMap((entry) => (entry.attachment ? [[groupOf(entry), copyState(entry)]] : [])),
  )
  return entries
    .filter(({ attachment }) => !attachment)
    .map((entry) => rowOf(entry, attachments.get(groupOf(entry))))
}

function rowOf(entry: OutboxEntry, attachment: CopyState | undefined): CopyRow {
  const state = copyState(entry)
  const isLost = state === 'failed' || state === 'skipped'
  return {
    ...{ group: groupOf(entry), state },
    ...(entry.account !== '' && { account: entry.account }),
    ...(isLost && { reason: reasonOf(entry) }),
    ...(entry.endedAt !== undefined && { at: entry.endedAt }),
    ...(attachment && { attachment }),
  }
}

function copyState({ state }: OutboxEntry): CopyState {
  switch (state) {
    case 'held':
      return 'queued'
    case 'outdated':
      return 'skipped'
    default:
      return state
  }
}

const reasons = ['expired', 'stopped', 'no-account', 'gone', 'failed', 'left'] as const satisfies CopyReason[]

function reasonOf({ error }: OutboxEntry): CopyReason {
  return reasons.find((reason) => reason === error) ?? 'failed'
}

export function groupOf({ to }: Pick<OutboxEntry, 'to'>): string {
  return 'group' in to ? to.group : ''
}

/** The words arrived there, or may have: a correction goes to these groups. */
export function mayHaveIt({ state }: Pick<CopyRow, 'state'>): boolean {
  return ['sending', 'sent', 'confirmed', 'unconfirmed'].includes(state)
}
