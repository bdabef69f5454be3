import type { House } from '../../house.ts'
import type { Outcome } from '../../outcome.ts'
import type { Reading } from '../../reading.ts'
import type { Timer } from '../../timer.ts'
import { nextNoticeId } from '../next-notice-id.ts'
import type { Notice } from '../notice.ts'
import { stepped } from '../step.ts'
import { beginAt, nextTime } from './schedule.ts'

/**
 * A repeated notice stays as it is and makes one of its own each time, which lives as long as the first one would have.
 * One that the bot slept through is left out when its time is over.
 */
export async function beginRepeated(
  house: House,
  reading: Reading,
  series: Notice,
  timer: Timer & { readonly kind: 'notice' | 'noticeExpiry' },
): Promise<{ readonly notice?: Notice; readonly outcome: Outcome }> {
  const now = house.now()
  const again = nextRound(house, series)
  const expiresAt = timer.dueAt + lifetime(house, series)
  if (expiresAt <= now) return { outcome: again }
  const { id, put } = await nextNoticeId(reading)
  const { repeat: _, history, ...same } = series
  const notice: Notice = { ...same, id, series: series.id, expiresAt, writtenAt: now, history }
  return { notice, outcome: { ...again, puts: [put] } }
}

/** From when it was to begin first until it was to be over. */
function lifetime(house: House, { repeat, writtenAt, expiresAt }: Notice): number {
  const first = (repeat && nextTime(repeat, writtenAt, house.calendar)) ?? writtenAt
  return expiresAt > first ? expiresAt - first : house.notices.lasts
}

/** The timer of the next time; when there is none, the series is over. */
export function nextRound(house: House, series: Notice): Outcome {
  const now = house.now()
  const timer = `notice/${series.id}`
  const next = series.repeat && nextTime(series.repeat, now, house.calendar)
  if (next !== undefined) {
    const dueAt = beginAt(now, { sendAt: next, emergency: series.emergency })
    return { timers: [{ id: timer, kind: 'notice', notice: series.id, dueAt }] }
  }
  const over = stepped(series, 'finished', { at: now, by: 'bot' }, { state: 'finished', endedAt: now })
  return { cancelled: [timer, `noticeExpiry/${series.id}`], notices: [over] }
}
