import type { House } from '../../house.ts'
import type { Notice } from '../notice.ts'
import { numberOf } from '../notice-number.ts'
import type { ReceiptRow } from './receipt-report.ts'

const mostGroups = 20
const mostNames = 40

/** 通知12回执, as staff read it in chat: the whole first, then groups that lack most. */
export function receiptText(
  { texts }: House,
  notice: Pick<Notice, 'id'>,
  rows: readonly ReceiptRow[],
): string {
  const number = numberOf(notice)
  if (rows.length === 0) return texts.noticeReceiptsNobody({ number })
  const read = rows.reduce((sum, row) => sum + row.read, 0)
  const shown = [...rows].sort((one, other) => lacks(other) - lacks(one)).slice(0, mostGroups)
  const lines = shown.map((row) => lineOf(texts, row))
  if (rows.length > shown.length) lines.push(texts.noticeReceiptsMore({ count: rows.length - shown.length }))
  return texts.noticeReceipts({ number, read, groups: rows.length, lines: lines.join('\n') })
}

function lacks({ members, read, missing }: ReceiptRow): number {
  return missing?.length ?? (members ?? read) - read
}

function lineOf(texts: House['texts'], { name, read, members, missing }: ReceiptRow): string {
  if (members === undefined) return texts.noticeReceiptsGroupUnseen({ name, read })
  if (missing === undefined || missing.length === 0) return texts.noticeReceiptsGroup({ name, read, members })
  const names = missing.slice(0, mostNames).join('、')
  const all = missing.length > mostNames ? texts.noticeReceiptsNames({ names, count: missing.length }) : names
  return texts.noticeReceiptsGroupMissing({ name, read, members, names: all })
}
