import type { NoticeCopyRow, NoticeProgressRow, NoticeRow } from '../../../bot/doors/notices/notice-rows.ts'
import type { ReceiptRow } from '../../../bot/notices/residents/receipt-report.ts'
import type { NoticeTemplate } from '../../../bot/notices/writing/templates.ts'
import { maskPersonalData } from '../../../intents/personal-data.ts'
import { copyStates } from './notice-schemas.ts'

/** The rows of the house as other systems see them: nobody's name, none of our accounts. */

export function listedAnswer(row: NoticeRow): object {
  const { notice, state, text, targets, groups, writtenAt, expiresAt, emergency, receipt } = row
  return {
    ...{ notice, state, text, targets, groups, writtenAt, expiresAt, emergency, receipt },
    ...{ sendAt: row.sendAt ?? null, startedAt: row.startedAt ?? null, endedAt: row.endedAt ?? null },
    approved: row.approvedBy !== undefined,
    ...{ attachment: row.attachment ?? null, repeat: row.repeat ?? null },
    ...{ follows: row.follows ?? null, series: row.series ?? null },
  }
}

export function progressAnswer(row: NoticeProgressRow): object {
  const copies = Object.fromEntries(copyStates.map((state) => [state, row.copies[state] ?? 0]))
  const history = row.history.map(({ at, event, note }) => ({
    ...{ at, event },
    ...(note !== undefined && { note: maskPersonalData(note) }),
  }))
  return { ...listedAnswer(row), copies, remainingSeconds: Math.ceil(row.remainingMs / 1_000), history }
}

export function copyAnswer(row: NoticeCopyRow): object {
  const { group, name, state } = row
  return { group, name, state, reason: row.reason ?? null, at: row.at ?? null }
}

/** Counts alone: who is missing is for staff. */
export function receiptsAnswer(rows: readonly ReceiptRow[]): object {
  const groups = rows.map(({ group, name, members = null, read }) => ({ group, name, members, read }))
  return { read: groups.reduce((sum, { read }) => sum + read, 0), groups }
}

export function templateAnswer(template: NoticeTemplate): object {
  const { name, also, text, fields, receipt = false, emergency = false } = template
  return { name, also, text, fields, receipt, emergency }
}
