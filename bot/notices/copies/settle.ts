import type { House } from '../../house.ts'
import type { Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import type { Notice } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { stepped } from '../step.ts'
import { type CopyRow, copiesOf, entriesOf, groupOf } from './copies.ts'
import { afterWords, ended, skipped } from './copy-entries.ts'
import { recordOf, recordPut } from './record.ts'
import { outboxPut, respread } from './respread.ts'

export interface Settling {
  /** Absent: every group where something is unconfirmed. */
  readonly group?: string
  /** `arrived`: it is there; `again`: it is not, send it once more; `left`: let it be. */
  readonly as: 'arrived' | 'again' | 'left'
}

/**
 * Staff have looked into the groups. What began and was never confirmed is never sent again by itself: they decide.
 * @throws NoticeRefusedError nothing-unconfirmed; state: what is over is not sent again
 */
export async function settleCopies(
  house: House,
  reading: Reading,
  notice: Notice,
  settling: Settling,
  by: string,
): Promise<Outcome> {
  const entries = await entriesOf(reading, notice.id)
  const doubtful = entries.filter((entry) => isDoubtful(entry, settling))
  if (doubtful.length === 0) return settledRecord(house, reading, notice, settling, by)
  const note = `${settling.as} ${new Set(doubtful.map(groupOf)).size}`
  if (settling.as === 'again') return sendAgain(house, reading, notice, entries, doubtful, { by, note })
  const settled = doubtful.map((entry) => settledEntry(house, entry, settling))
  const freed = settling.as === 'arrived' ? filesBehind(house, notice, entries, settled) : []
  const changed = [...settled, ...freed]
  const record = await reading.get('noticeRecords', notice.id)
  return {
    puts: [
      ...changed.map(outboxPut),
      ...(record && freed.length === 0 ? [await recordPut(reading, notice.id, changed)] : []),
    ],
    ...(freed.length > 0 ? reopened(house, notice, { by, note }) : said(house, notice, { by, note })),
  }
}

/** A group by name also when its copy failed; all together only what nobody knows. */
function isDoubtful(entry: Pick<OutboxEntry, 'state' | 'to'>, { group }: Settling): boolean {
  if (group === undefined) return entry.state === 'unconfirmed'
  return groupOf(entry) === group && (entry.state === 'unconfirmed' || entry.state === 'failed')
}

function settledEntry(house: House, entry: OutboxEntry, { as }: Settling): OutboxEntry {
  if (as === 'left') return skipped(house, entry, 'left')
  return { ...entry, ...ended(house, entry), state: 'confirmed' }
}

/** The words are there after all: what comes behind them, and was given up with them, can still be sent. */
function filesBehind(
  house: House,
  notice: Notice,
  entries: readonly OutboxEntry[],
  settled: readonly OutboxEntry[],
): readonly OutboxEntry[] {
  if (notice.expiresAt <= house.now() || notice.state === 'stopped') return []
  const words = new Map(settled.flatMap((entry) => (entry.attachment ? [] : [[`${entry.id}/2`, entry]])))
  return entries.flatMap((entry) => {
    const before = words.get(entry.id)
    if (!before || entry.state !== 'skipped' || entry.error !== 'failed') return []
    return [waiting(notice, afterWords(house, before, entry))]
  })
}

async function sendAgain(
  house: House,
  reading: Reading,
  notice: Notice,
  entries: readonly OutboxEntry[],
  doubtful: readonly OutboxEntry[],
  step: Step,
): Promise<Outcome> {
  if (notice.expiresAt <= house.now())
    throw new NoticeRefusedError(
      { kind: 'state', state: 'expired' },
      `the time of notice ${notice.id} is over: it is not sent again; write another one`,
    )
  const now = house.now()
  const fresh = doubtful.map(
    (entry): OutboxEntry => waiting(notice, { ...unended(entry), attempts: 0, dueAt: now }),
  )
  const moved = new Map((await respread(house, reading, fresh)).map((entry) => [entry.id, entry]))
  const words = new Set(fresh.flatMap((entry) => (entry.attachment ? [] : [`${entry.id}/2`])))
  const behind = entries
    .filter((entry) => words.has(entry.id) && entry.state === 'skipped')
    .map((entry): OutboxEntry => ({ ...unended(entry), state: 'held' }))
  const puts = [...fresh.map((entry) => moved.get(entry.id) ?? entry), ...behind].map(outboxPut)
  return { puts, ...reopened(house, notice, step) }
}

/** As if it had never been tried. */
function unended({ endedAt: _, error: __, messageId: ___, ...entry }: OutboxEntry): OutboxEntry {
  return { ...entry, state: 'queued', forgetAt: null }
}

/** While the notice is paused it waits as all others do. */
function waiting(notice: Notice, entry: OutboxEntry): OutboxEntry {
  return notice.state === 'paused' ? { ...entry, state: 'held' } : { ...entry, forgetAt: null }
}

interface Step {
  readonly by: string
  readonly note: string
}

function said(house: House, notice: Notice, { by, note }: Step): Outcome {
  return { notices: [stepped(notice, 'settled', { at: house.now(), by, note })] }
}

/** Something is to be sent again: the notice is on its way once more, until that has its end. */
function reopened(house: House, notice: Notice, step: Step): Outcome {
  const { id, expiresAt } = notice
  if (notice.state === 'sending' || notice.state === 'paused') return said(house, notice, step)
  const { endedAt: _, ...open } = notice
  const expiry = { id: `noticeExpiry/${id}`, kind: 'noticeExpiry', notice: id, dueAt: expiresAt } as const
  return {
    notices: [
      stepped(open, 'settled', { at: house.now(), by: step.by, note: step.note }, { state: 'sending' }),
    ],
    removals: [{ collection: 'noticeRecords', id }],
    timers: [expiry],
  }
}

/** The outbox has forgotten its entries: only the record is left. */
async function settledRecord(
  house: House,
  reading: Reading,
  notice: Notice,
  settling: Settling,
  by: string,
): Promise<Outcome> {
  const { group, as } = settling
  const copies = await copiesOf(reading, notice)
  const isMeant = (row: CopyRow) =>
    (group === undefined || row.group === group) &&
    [row.state, row.attachment].some(
      (state) => state === 'unconfirmed' || (group !== undefined && state === 'failed'),
    )
  const count = copies.filter(isMeant).length
  const kept = (await reading.get('noticeRecords', notice.id)) !== undefined
  if (count === 0 || !kept)
    throw new NoticeRefusedError(
      { kind: 'nothing-unconfirmed' },
      `notice ${notice.id} has nothing here that is unconfirmed or failed: see linli notice groups ${notice.id}`,
    )
  if (as === 'again')
    throw new NoticeRefusedError(
      { kind: 'state', state: 'expired' },
      `the time of notice ${notice.id} is over: it is not sent again; write another one`,
    )
  const now = house.now()
  const settled = copies.map((row): CopyRow => (isMeant(row) ? settledRow(row, as, now) : row))
  return {
    puts: [recordOf(notice.id, settled)],
    ...said(house, notice, { by, note: `${as} ${count}` }),
  }
}

function settledRow({ reason: _, attachment, ...row }: CopyRow, as: 'arrived' | 'left', at: number): CopyRow {
  if (as === 'left')
    return { ...row, at, state: 'skipped', reason: 'left', ...(attachment && { attachment }) }
  return { ...row, at, state: 'confirmed', ...(attachment && { attachment: 'confirmed' }) }
}
