import type { Put, Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import type { NoticeRecord } from '../notice.ts'
import { type CopyRow, copyRows, entriesOf } from './copies.ts'
import { outboxPut } from './respread.ts'

export interface RecordPut {
  readonly collection: 'noticeRecords'
  readonly document: NoticeRecord
}

/** The record of who got a notice, as its entries tell it, with `changed` put over them. */
export async function recordPut(
  reading: Reading,
  notice: string,
  changed: readonly OutboxEntry[] = [],
): Promise<RecordPut> {
  const fresh = new Map(changed.map((entry) => [entry.id, entry]))
  const entries = await entriesOf(reading, notice)
  return recordOf(notice, copyRows(entries.map((entry) => fresh.get(entry.id) ?? entry)))
}

/**
 * The record of a notice that ends before all of its copies have. Those that are being sent at this moment are written as
 * they are: should one of them end meanwhile, the record is made anew, and later it is that end which mends the record.
 */
export async function earlyRecord(
  reading: Reading,
  notice: string,
  changed: readonly OutboxEntry[],
): Promise<{ readonly record: NoticeRecord; readonly puts: readonly Put[] }> {
  const record = await recordPut(reading, notice, changed)
  const underWay = await entriesOf(reading, notice, ['sending'])
  return { record: record.document, puts: [record, ...changed.map(outboxPut), ...underWay.map(outboxPut)] }
}

export function recordOf(notice: string, copies: readonly CopyRow[]): RecordPut {
  return { collection: 'noticeRecords', document: { id: notice, copies } }
}
