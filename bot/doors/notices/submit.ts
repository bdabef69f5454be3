import { isoShanghai, plainDateTime } from '../../../tickets/shanghai-time.ts'
import type { House } from '../../house.ts'
import type { Notice, NoticeStep } from '../../notices/notice.ts'
import { numberOf } from '../../notices/notice-number.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { stepped } from '../../notices/step.ts'
import { tellAuthor } from '../../notices/tell-author.ts'
import { assertAttachment } from '../../notices/writing/check-attachment.ts'
import { reasonsNow } from '../../notices/writing/reasons-now.ts'
import { groupsOf } from '../../notices/writing/targets.ts'
import type { Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf, type Command } from '../command.ts'
import type { Decided } from '../decided.ts'
import { askApproval } from './ask-approval.ts'
import { deciderOf } from './decider.ts'
import { beginOf } from './preview-of.ts'
import { assertMayRun, noticeIn } from './whose-notice.ts'

/** From a draft to its time: submitted by its author, approved or refused by somebody else. */

export async function submitNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<Decided> {
  const written = await noticeIn(reading, id, ['draft'])
  await assertMayRun(house, reading, actor, written)
  if (written.attachment) await assertAttachment(house, written.attachment)
  const by = byOf(actor)
  const begins = beginInTime(house, written)
  const groups = written.follows ? [] : await groupsOf(reading, written.targets)
  const approval = await reasonsNow(house, reading, written, { groups, begins })
  const notice = { ...written, approval, ...(!written.follows && { groups: groups.length }) }
  if (approval.length === 0) return schedule(house, notice, 'submitted', { by })
  const { sends, approvers } = await askApproval(house, reading, notice, {
    begins: beginWords(house, notice, begins),
    by,
  })
  const submitted = stepped(notice, 'submitted', { at: house.now(), by }, { state: 'awaiting' })
  const expiry = { id: `noticeExpiry/${id}`, kind: 'noticeExpiry', notice: id } as const
  return {
    outcome: { notices: [submitted], sends, timers: [{ ...expiry, dueAt: notice.expiresAt }] },
    result: { ...resultOf(submitted.notice), approvers },
  }
}

export async function approveNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  { notice: id, ...said }: Command & { type: 'notice.approve' },
): Promise<Decided> {
  const notice = await noticeIn(reading, id, ['awaiting'])
  const { step, name } = await deciderOf(house, reading, actor, { ...said, notice })
  // a revision shows what was read
  if (said.revision === undefined) assertSeen(house, notice)
  const approved = { ...notice, approvedBy: step.by, approvedFor: notice.groups }
  const decided = schedule(house, approved, 'approved', step)
  const words = { number: numberOf(notice), name }
  const sends = tellAuthor(notice, house.texts.noticeApproved(words))
  return { ...decided, outcome: { ...decided.outcome, sends } }
}

export async function refuseNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  { notice: id, reason, ...said }: Command & { type: 'notice.refuse' },
): Promise<Decided> {
  const notice = await noticeIn(reading, id, ['awaiting'])
  const { step, name } = await deciderOf(house, reading, actor, { ...said, notice })
  const note = reason === undefined ? {} : { note: reason }
  const refused = stepped(
    notice,
    'refused',
    { at: house.now(), ...step, ...note },
    { state: 'refused', endedAt: house.now() },
  )
  const words = { number: numberOf(notice), name }
  const text = reason ? house.texts.noticeRefusedWhy({ ...words, reason }) : house.texts.noticeRefused(words)
  return {
    outcome: {
      notices: [refused],
      sends: tellAuthor(notice, text),
      cancelled: [`noticeExpiry/${id}`],
    },
    result: resultOf(refused.notice),
  }
}

export async function discardNotice(
  house: House,
  reading: Reading,
  actor: Actor,
  id: string,
): Promise<Decided> {
  const notice = await noticeIn(reading, id, ['draft', 'awaiting', 'scheduled'])
  await assertMayRun(house, reading, actor, notice)
  const discarded = stepped(
    notice,
    'discarded',
    { at: house.now(), by: byOf(actor) },
    { state: 'discarded', endedAt: house.now() },
  )
  return {
    outcome: { notices: [discarded], cancelled: [`notice/${id}`, `noticeExpiry/${id}`] },
    result: resultOf(discarded.notice),
  }
}

function schedule(
  house: House,
  notice: Notice,
  event: 'submitted' | 'approved',
  by: Pick<NoticeStep, 'by' | 'person'>,
): Decided {
  const begins = beginInTime(house, notice)
  const scheduled = stepped(notice, event, { at: house.now(), ...by }, { state: 'scheduled' })
  const timer = { id: `notice/${notice.id}`, kind: 'notice', notice: notice.id, dueAt: begins } as const
  const outcome: Outcome = {
    notices: [scheduled],
    timers: [timer],
    cancelled: [`noticeExpiry/${notice.id}`],
  }
  return { outcome, result: { ...resultOf(scheduled.notice), beginsAt: isoShanghai(begins) } }
}

const toRead = 30_000

/** 同意 may have been said to the words of before: whoever says it so soon after they were changed looks again. */
function assertSeen(house: House, { id, history }: Notice): void {
  const asked = history.filter(({ event }) => event === 'submitted')
  if (asked.length < 2 || house.now() - (asked.at(-1)?.at ?? 0) > toRead) return
  throw new NoticeRefusedError(
    { kind: 'changed-just-now' },
    `notice ${id} was changed a moment ago: read it again, then approve it`,
  )
}

/** Minutes or days may have passed since it was written. @throws NoticeRefusedError */
function beginInTime(house: House, notice: Notice): number {
  const begins = beginOf(house, notice)
  if (notice.repeat || begins < notice.expiresAt) return begins
  throw new NoticeRefusedError(
    { kind: 'ends-before-it-begins', sendAt: begins, expiresAt: notice.expiresAt },
    `notice ${notice.id} would begin at ${plainDateTime(begins)}, and is over at ${plainDateTime(notice.expiresAt)}: give it another time`,
  )
}

/** For whoever is asked: 您同意就开始发, or its time. */
function beginWords({ texts, now }: House, { repeat }: Notice, begins: number): string {
  const time = plainDateTime(begins)
  if (repeat) return texts.noticeBeginsAgain({ words: repeat.words, time })
  return begins <= now() ? texts.noticeBeginsApproved() : texts.noticeBeginsAt({ time })
}

function resultOf({ id, state, groups }: Notice) {
  return { notice: id, state, groups }
}
