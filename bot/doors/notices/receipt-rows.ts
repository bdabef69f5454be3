import type { House } from '../../house.ts'
import { type ReceiptRow, receiptRows } from '../../notices/residents/receipt-report.ts'
import type { Reading } from '../../reading.ts'
import type { Actor } from '../command.ts'
import { noticeFor } from './notice-rows.ts'

/** By group: how many of how many have said 收到. Names of who is missing are for staff, not for other systems. */
export async function noticeReceipts(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<readonly ReceiptRow[]> {
  const notice = await noticeFor(reading, actor, id)
  return receiptRows(house, reading, notice, { names: actor.kind !== 'system' })
}
