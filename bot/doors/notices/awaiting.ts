import { createHash } from 'node:crypto'
import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import type { House } from '../../house.ts'
import type { ApprovalReason, Notice } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { nameOf } from '../../people/name-of.ts'
import type { Reading } from '../../reading.ts'
import { isAllowed } from '../../staff/notices/may.ts'
import type { Actor } from '../command.ts'
import { noticeFor } from './notice-rows.ts'
import { beginOf } from './preview-of.ts'
import { assertMayApprove } from './whose-notice.ts'

/** What waits for somebody's approval, for whoever may give it. Instants are ISO, +08:00. */
export interface AwaitingRow {
  readonly notice: string
  /** Goes back with the approval: what has changed since is not approved by it. */
  readonly revision: string
  readonly text: string
  readonly targets: string
  readonly groups: number
  /** As the roster has it, or the name of a system. */
  readonly author: string
  readonly why: readonly ApprovalReason[]
  readonly emergency: boolean
  readonly writtenAt: string
  /** If it were approved now; absent: its times are all over. */
  readonly beginsAt?: string
  readonly expiresAt: string
  readonly attachment?: string
  readonly repeat?: string
  readonly follows?: string
}

const most = 1_000

/** The oldest first; without what this actor wrote or submitted. */
export async function awaitingRows(
  house: House,
  reading: Reading,
  actor: Actor,
): Promise<readonly AwaitingRow[]> {
  const where = { state: 'awaiting' } as const
  const { documents } = await reading.find('notices', { where, order: 'writtenAt', limit: most })
  const rows: AwaitingRow[] = []
  for (const notice of documents)
    if (await isAllowed(assertMayApprove(house, reading, actor, notice)))
      rows.push(await rowOf(house, reading, notice))
  return rows
}

async function rowOf(house: House, reading: Reading, notice: Notice): Promise<AwaitingRow> {
  const { id, text, targetWords: targets, groups, emergency, approval, attachment, repeat, follows } = notice
  const begins = beginIfAny(house, notice)
  return {
    ...{ notice: id, revision: revisionOf(notice), text, targets, groups, why: approval, emergency },
    author: await nameOf(house, reading, notice.author),
    ...{ writtenAt: isoShanghai(notice.writtenAt), expiresAt: isoShanghai(notice.expiresAt) },
    ...(begins !== undefined && { beginsAt: isoShanghai(begins) }),
    ...(attachment && { attachment: attachment.name }),
    ...(repeat && { repeat: repeat.words }),
    ...(follows && { follows: `${follows.as} ${follows.notice}` }),
  }
}

/** One that can never begin again must not keep the others from being seen. */
function beginIfAny(house: House, notice: Notice): number | undefined {
  try {
    return beginOf(house, notice)
  } catch (error) {
    if (error instanceof NoticeRefusedError) return undefined
    throw error
  }
}

/** What never waited is not there for a system that approves. @throws NoticeRefusedError */
export async function waitedFor(reading: Reading, actor: Actor, id: string): Promise<Notice> {
  const notice = await reading.get('notices', id)
  const asked = notice?.history.some(({ event }) => event === 'submitted') && notice.approval.length > 0
  return notice && asked ? notice : noticeFor(reading, actor, id)
}

/** @throws NoticeRefusedError when it is not what was read */
export function assertRevision(notice: Notice, revision: string): void {
  if (revision === revisionOf(notice)) return
  throw new NoticeRefusedError(
    { kind: 'changed-just-now' },
    `notice ${notice.id} was changed since it was read: read it again, then decide`,
  )
}

/** Of what whoever approves answers for. In a fixed order: stores give back the fields of a document in theirs. */
function revisionOf({ text, targets, follows, attachment, repeat, ...rest }: Notice): string {
  const { everywhere = false, places, tags, groups, except } = targets
  const parts = [
    ...[text, everywhere, places, tags, groups, except && [except.places, except.tags, except.groups]],
    ...[follows && [follows.notice, follows.as], attachment && [attachment.name, attachment.file]],
    repeat && [repeat.cron, repeat.workingDaysOnly, repeat.until],
    ...[rest.emergency, rest.receipt, rest.sendAt, rest.expiresAt],
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
