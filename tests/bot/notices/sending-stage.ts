import { decideAndCommit } from '../../../bot/commit.ts'
import type { Documents, Role } from '../../../bot/documents.ts'
import { type CopyRow, copiesOf } from '../../../bot/notices/copies/copies.ts'
import type { Notice } from '../../../bot/notices/notice.ts'
import type { Outcome } from '../../../bot/outcome.ts'
import type { Reading } from '../../../bot/reading.ts'
import { startReading } from '../../../bot/reading.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import { openStage, type Stage, type StageOptions } from '../stage.ts'

/** A stage with groups that several accounts are in, and notices on their way to them. */

export const pace = {
  ...{ reply: 1_500, notice: 4_000, jitter: 600, group: 1_000 },
  ...{ rest: 30 * 60_000, attempts: 6, backoff: 2_000 },
}

export interface SendingOptions extends StageOptions {
  /** Group name → the accounts that are in it; default: 甲, 乙 and 丙 with the one account. */
  readonly groups?: Readonly<Record<string, readonly string[]>>
}

export async function openSending({ groups, ...options }: SendingOptions = {}): Promise<Stage> {
  const stage = await openStage({ settings: { pace }, ...options })
  const all = groups ?? { 甲: ['main'], 乙: ['main'], 丙: ['main'] }
  for (const [name, accounts] of Object.entries(all)) await addGroup(stage, name, accounts)
  await stage.hire('小钱', 'grid_worker' satisfies Role)
  return stage
}

export async function addGroup(stage: Stage, name: string, accounts: readonly string[]): Promise<void> {
  const [id, room] = [`g-${name}`, `r-${name}`]
  const owner = accounts[0] ?? ''
  await stage.put('groups', { id, name, places: [], tags: [], setting: 'answer', owner })
  for (const account of accounts)
    await stage.put('rooms', { id: `${account}/${room}`, account, room, topic: name, group: id })
}

export const waterOff = '各位邻居：明天8点到12点停水，请提前存水。'

/** A notice that was approved, and begins now or at `sendAt`. */
export async function schedule(stage: Stage, change: Partial<Notice> = {}): Promise<Notice> {
  const now = stage.clock.now
  const notice: Notice = {
    ...{ id: 'N1', state: 'scheduled', text: waterOff, targetWords: '全部群', emergency: false },
    ...{ targets: { everywhere: true, places: [], tags: [], groups: [] }, receipt: false },
    ...{
      expiresAt: now + day,
      author: 'p-小钱',
      ...{ approvedBy: 'operator', approvedFor: 1_000 },
      writtenAt: now,
      approval: [],
      groups: 0,
      history: [],
    },
    ...change,
  }
  await stage.put('notices', notice)
  await stage.put('counters', { id: 'notice', value: Number(notice.id.slice(1)) })
  const dueAt = notice.sendAt ?? now
  await stage.put('timers', { id: `notice/${notice.id}`, kind: 'notice', notice: notice.id, dueAt })
  return notice
}

/** What staff ask for, as the doors would. */
export async function decide(stage: Stage, decision: (reading: Reading) => Promise<Outcome>): Promise<void> {
  await decideAndCommit(stage.house, async (reading) => ({
    cause: { id: `asked@${stage.clock.now}`, group: null, lines: [] },
    outcome: await decision(reading),
  }))
}

export async function noticeNow(stage: Stage, id = 'N1'): Promise<Notice> {
  const notice = await stage.store.get<Notice & { version: number }>('notices', id)
  if (!notice) throw new Error(`no notice ${id}`)
  return notice
}

/** Group name → its row. */
export async function rows(stage: Stage, id = 'N1'): Promise<Readonly<Record<string, CopyRow>>> {
  const copies = await copiesOf(startReading(stage.store), { id })
  return Object.fromEntries(copies.map((row) => [row.group.replace('g-', ''), row]))
}

export async function states(stage: Stage, id = 'N1'): Promise<Readonly<Record<string, string>>> {
  const found = Object.entries(await rows(stage, id))
  return Object.fromEntries(
    found.map(([group, { state, reason }]) => [group, reason === undefined ? state : `${state} ${reason}`]),
  )
}

export async function link(stage: Stage, account: string, type: 'up' | 'down'): Promise<void> {
  const chat = stage.chats.find((each) => each.account === account)
  if (!chat) throw new Error(`no account ${account}`)
  chat.isUp = type === 'up'
  const at = stage.clock.now
  const event =
    type === 'up'
      ? ({ type, account, at, self: { id: 'bot', name: '小邻' } } as const)
      : ({ type, account, at, reason: 'logged out' } as const)
  await stage.engine.handle(chat, event)
  await stage.engine.runDue()
}

/** What was sent to groups: which, and by which account. */
export function sentToGroups(
  stage: Stage,
): readonly { group: string; by: string; text: string; at: number }[] {
  return stage.sent.flatMap(({ to, account, text, at }) =>
    'room' in to ? [{ group: to.room.replace('r-', ''), by: account, text, at }] : [],
  )
}

export function accountStateOf(
  stage: Stage,
  account: string,
): Promise<Documents['accountStates'] | undefined> {
  return stage.store.get<Documents['accountStates'] & { version: number }>('accountStates', account)
}
