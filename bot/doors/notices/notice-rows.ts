import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import type { House } from '../../house.ts'
import { copiesOf } from '../../notices/copies/copies.ts'
import { sharesOf } from '../../notices/copies/shares-of.ts'
import type { CopyReason, CopyState, Notice } from '../../notices/notice.ts'
import { NoticeRefusedError } from '../../notices/refusal.ts'
import { estimate } from '../../notices/writing/estimate.ts'
import { groupsOf, readTargets, targetWords } from '../../notices/writing/targets.ts'
import { atLeast } from '../../people/directory.ts'
import { nameOf } from '../../people/name-of.ts'
import type { Reading } from '../../reading.ts'
import { type Actor, byOf } from '../command.ts'
import type { QueryRequest } from '../query.ts'
import { peopleIn } from './people-in.ts'
import { assertMayWriteTo } from './whose-notice.ts'

/** What can be asked about notices, as rows for chat, API and command line. Instants are ISO, +08:00. */

type NoticeQuery = Extract<
  QueryRequest,
  { readonly type: 'notices' | 'notice' | 'notice.groups' | 'notice.targets' | 'notice.templates' }
>

export interface NoticeRow {
  readonly notice: string
  readonly state: Notice['state']
  readonly text: string
  readonly targets: string
  readonly groups: number
  /** Names. */
  readonly author: string
  readonly approvedBy?: string
  readonly writtenAt: string
  readonly sendAt?: string
  readonly startedAt?: string
  readonly endedAt?: string
  readonly expiresAt: string
  readonly emergency: boolean
  readonly receipt: boolean
  readonly attachment?: string
  readonly repeat?: string
  readonly follows?: string
  readonly series?: string
}

export interface NoticeProgressRow extends NoticeRow {
  /** Copies by state; groups, not messages. */
  readonly copies: Readonly<Partial<Record<CopyState, number>>>
  /** Until the last of the queued ones has gone out, by the gaps alone. */
  readonly remainingMs: number
  readonly history: readonly {
    readonly at: string
    readonly by: string
    readonly event: string
    readonly note?: string
  }[]
}

export interface NoticeCopyRow {
  readonly group: string
  readonly name: string
  readonly account?: string
  readonly state: CopyState
  readonly reason?: CopyReason
  readonly at?: string
}

export async function noticeRows(
  house: House,
  reading: Reading,
  actor: Actor,
  request: NoticeQuery,
): Promise<readonly object[]> {
  switch (request.type) {
    case 'notices':
      return listNotices(house, reading, actor, request.limit)
    case 'notice':
      return [await progressRow(house, reading, await noticeFor(reading, actor, request.notice))]
    case 'notice.groups':
      return copyRows(reading, await noticeFor(reading, actor, request.notice))
    case 'notice.targets':
      return [await targetRow(house, reading, actor, request.targets)]
    case 'notice.templates':
      return house.noticeTemplates
  }
}

async function listNotices(
  house: House,
  reading: Reading,
  actor: Actor,
  limit: number,
): Promise<readonly NoticeRow[]> {
  const query = { order: 'writtenAt', descending: true, limit } as const
  // another system sees its own alone: those of others must not fill its list
  const own = actor.kind === 'system' ? { where: { author: byOf(actor) } } : {}
  const { documents } = await reading.find('notices', { ...query, ...own })
  const rows: NoticeRow[] = []
  for (const notice of documents)
    if (await maySee(reading, actor, notice)) rows.push(await rowOf(house, reading, notice))
  return rows
}

/** @throws NoticeRefusedError */
export async function noticeFor(reading: Reading, actor: Actor, id: string): Promise<Notice> {
  const notice = await reading.get('notices', id)
  // whoever may not see it need not learn that there is one
  if (notice && (await maySee(reading, actor, notice))) return notice
  throw new NoticeRefusedError(
    { kind: 'unknown-notice', notice: id },
    `no notice ${id}: see linli notice list`,
  )
}

/** Another system sees what it wrote; staff see each other's. */
async function maySee(reading: Reading, actor: Actor, notice: Notice): Promise<boolean> {
  if (actor.kind === 'operator' || notice.author === byOf(actor)) return true
  if (actor.kind === 'system') return false
  const person = await reading.get('people', actor.id)
  return person !== undefined && atLeast(person, 'grid_worker')
}

async function rowOf(house: House, reading: Reading, notice: Notice): Promise<NoticeRow> {
  const { id, state, text, groups, emergency, receipt, approvedBy, series, attachment } = notice
  const times = { sendAt: notice.sendAt, startedAt: notice.startedAt, endedAt: notice.endedAt }
  const given = Object.entries(times).flatMap(([key, at]) =>
    at === undefined ? [] : [[key, isoShanghai(at)]],
  )
  return {
    ...{ notice: id, state, text, targets: notice.targetWords, groups, emergency, receipt },
    ...{ author: await nameOf(house, reading, notice.author), writtenAt: isoShanghai(notice.writtenAt) },
    ...(approvedBy !== undefined && { approvedBy: await nameOf(house, reading, approvedBy) }),
    ...(Object.fromEntries(given) as { readonly sendAt?: string }),
    expiresAt: isoShanghai(notice.expiresAt),
    ...(attachment && { attachment: attachment.name }),
    ...(notice.repeat && { repeat: notice.repeat.words }),
    ...(notice.follows && { follows: `${notice.follows.as} ${notice.follows.notice}` }),
    ...(series !== undefined && { series }),
  }
}

async function progressRow(house: House, reading: Reading, notice: Notice): Promise<NoticeProgressRow> {
  const copies: Partial<Record<CopyState, number>> = {}
  const queued = new Map<string, number>()
  for (const { state, account = '' } of await copiesOf(reading, notice)) {
    copies[state] = (copies[state] ?? 0) + 1
    if (state === 'queued') queued.set(account, (queued.get(account) ?? 0) + 1)
  }
  const history: NoticeProgressRow['history'][number][] = []
  for (const { at, by, event, note, person } of notice.history) {
    const who = `${await nameOf(house, reading, by)}${person === undefined ? '' : `（${person}）`}`
    history.push({ at: isoShanghai(at), by: who, event, ...(note !== undefined && { note }) })
  }
  const remainingMs = estimate(house.settings.pace, queued, notice.attachment ? 2 : 1)
  return { ...(await rowOf(house, reading, notice)), copies, remainingMs, history }
}

async function copyRows(reading: Reading, notice: Notice): Promise<readonly NoticeCopyRow[]> {
  const rows: NoticeCopyRow[] = []
  for (const { group, account, state, reason, at } of await copiesOf(reading, notice)) {
    const name = (await reading.get('groups', group))?.name ?? group
    rows.push({
      ...{ group, name, state },
      ...(account !== undefined && { account }),
      ...(reason !== undefined && { reason }),
      ...(at !== undefined && { at: isoShanghai(at) }),
    })
  }
  return rows
}

async function targetRow(
  house: House,
  reading: Reading,
  actor: Actor,
  named: Parameters<typeof readTargets>[1],
): Promise<object> {
  const targets = await readTargets(reading, named)
  const groups = await groupsOf(reading, targets)
  await assertMayWriteTo(reading, actor, groups)
  const copies = await sharesOf(house, reading, groups)
  return {
    ...{ targets: await targetWords(reading, targets), groups: groups.length },
    ...{ people: await peopleIn(reading, groups), ms: estimate(house.settings.pace, copies) },
    names: groups.map(({ name }) => name),
  }
}
