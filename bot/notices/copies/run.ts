import type { House } from '../../house.ts'
import { both, type Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import type { Notice } from '../notice.ts'
import { stepped } from '../step.ts'
import { nextRound } from '../times/repeated.ts'
import { beginAt } from '../times/schedule.ts'
import { entriesOf } from './copies.ts'
import { skipped } from './copy-entries.ts'
import { earlyRecord } from './record.ts'
import { outboxPut, respread } from './respread.ts'

/**
 * A notice on its way is paused, goes on, or is stopped: decisions about its copies. Who may ask for it is decided in
 * bot/doors/notices. A copy that is being sent at this moment comes to its end whatever is said.
 */

/** What waits for its turn is held back, out of the way of everything else; what has not begun does not begin. */
export async function pauseNotice(
  house: House,
  reading: Reading,
  notice: Notice,
  by: string,
): Promise<Outcome> {
  const waiting = await entriesOf(reading, notice.id, ['queued'])
  const held = waiting.map((entry): OutboxEntry => ({ ...entry, state: 'held' }))
  return {
    puts: [...held, ...(await underWay(reading, notice))].map(outboxPut),
    notices: [stepped(notice, 'paused', { at: house.now(), by }, { state: 'paused' })],
    cancelled: [`notice/${notice.id}`],
  }
}

export async function resumeNotice(
  house: House,
  reading: Reading,
  notice: Notice,
  by: string,
): Promise<Outcome> {
  const state = notice.startedAt === undefined ? 'scheduled' : 'sending'
  const resumed = stepped(notice, 'resumed', { at: house.now(), by }, { state })
  if (notice.repeat) return both({ notices: [resumed] }, nextRound(house, resumed.notice))
  if (state === 'sending')
    return {
      puts: [...(await underWay(reading, notice)), ...(await freed(house, reading, notice))].map(outboxPut),
      notices: [resumed],
    }
  const { sendAt, emergency } = notice
  const dueAt = beginAt(house.now(), { sendAt, emergency })
  const timer = { id: `notice/${notice.id}`, kind: 'notice', notice: notice.id, dueAt } as const
  return { notices: [resumed], timers: [timer] }
}

/**
 * What is being sent, and the files that wait for it: written as they are, so that a copy which ends at this very moment
 * is not decided upon as if nothing had been said.
 */
async function underWay(reading: Reading, { id }: Notice): Promise<readonly OutboxEntry[]> {
  const entries = await entriesOf(reading, id, ['sending', 'held'])
  const sending = entries.filter(({ state }) => state === 'sending')
  const behind = new Set(sending.map((entry) => `${entry.id}/2`))
  return [...sending, ...entries.filter((entry) => behind.has(entry.id))]
}

/** What was held back waits for its turn again; attachments only where the words are there already. */
async function freed(house: House, reading: Reading, { id }: Notice): Promise<readonly OutboxEntry[]> {
  const entries = await entriesOf(reading, id)
  const ahead = new Set(
    entries.flatMap((entry) => (entry.state === 'sent' || entry.state === 'confirmed' ? [entry.id] : [])),
  )
  const free = entries
    .filter(({ state, attachment, id: own }) => state === 'held' && (!attachment || ahead.has(wordsOf(own))))
    .map((entry): OutboxEntry => ({ ...entry, state: 'queued', dueAt: house.now() }))
  const moved = new Map((await respread(house, reading, free)).map((entry) => [entry.id, entry]))
  return free.map((entry) => moved.get(entry.id) ?? entry)
}

/** The id of the words before this attachment. */
function wordsOf(attachment: string): string {
  return attachment.slice(0, -'/2'.length)
}

/** For good: what has not gone out is skipped. */
export async function stopNotice(
  house: House,
  reading: Reading,
  notice: Notice,
  by: string,
): Promise<Outcome> {
  const now = house.now()
  const over = (await entriesOf(reading, notice.id, ['queued', 'held'])).map((entry) =>
    skipped(house, entry, 'stopped'),
  )
  const outcome: Outcome = {
    notices: [stepped(notice, 'stopped', { at: now, by }, { state: 'stopped', endedAt: now })],
    cancelled: [`notice/${notice.id}`, `noticeExpiry/${notice.id}`],
  }
  if (notice.startedAt === undefined) return outcome
  return both(outcome, { puts: (await earlyRecord(reading, notice.id, over)).puts })
}
