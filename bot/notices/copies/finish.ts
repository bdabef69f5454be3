import { decideAndCommit } from '../../commit.ts'
import type { House } from '../../house.ts'
import type { Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { Notice } from '../notice.ts'
import { stepped } from '../step.ts'
import { openStates } from './copies.ts'
import { finishWords } from './finish-words.ts'
import { type RecordPut, recordPut } from './record.ts'

/**
 * A copy of this notice has come to its end. Was it the last one, the notice is finished and its record is written; did
 * the notice end before it, the record learns of it. Of two processes that both have a last copy, one finds nothing
 * left to do.
 */
export async function copyEnded(house: House, notice: string): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const outcome = await afterCopy(house, reading, notice)
    const cause = { id: `notice/${notice}/finished@${house.now()}`, group: null, lines: [] }
    return outcome && { cause, outcome }
  })
}

async function afterCopy(house: House, reading: Reading, id: string): Promise<Outcome | undefined> {
  const notice = await reading.get('notices', id)
  if (!notice) return undefined
  if (notice.state !== 'sending' && notice.state !== 'paused') return corrected(reading, id)
  const where = { notice: id, state: { in: openStates } }
  const { documents: open } = await reading.find('outbox', { where, order: 'rank', limit: 1 })
  return open.length > 0 ? undefined : finished(house, reading, notice, await recordPut(reading, id))
}

/** All of its copies have their end. @param record who got it */
export async function finished(
  house: House,
  reading: Reading,
  notice: Notice,
  record: RecordPut,
): Promise<Outcome> {
  const now = house.now()
  return {
    puts: [record],
    notices: [stepped(notice, 'finished', { at: now, by: 'bot' }, { state: 'finished', endedAt: now })],
    cancelled: [`noticeExpiry/${notice.id}`],
    sends: await finishWords(house, reading, notice, record.document.copies),
  }
}

/** It was stopped or was over while this copy was under way, or an echo came late. */
async function corrected(reading: Reading, id: string): Promise<Outcome | undefined> {
  const record = await reading.get('noticeRecords', id)
  return record && { puts: [await recordPut(reading, id)] }
}
