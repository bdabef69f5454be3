import type { House } from '../../house.ts'
import type { Outcome } from '../../outcome.ts'
import type { Instant } from '../../ports/chat.ts'
import type { Reading } from '../../reading.ts'
import type { Timer } from '../../timer.ts'
import { nextNoticeId } from '../next-notice-id.ts'
import type { Notice } from '../notice.ts'
import { NoticeRefusedError } from '../refusal.ts'
import { stepped } from '../step.ts'
import { beginAt, defaultExpiry, nextTime } from './schedule.ts'

/**
 * A repeated notice stays as it is and makes one of its own each time, which lives as long as its words say on that day.
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
  const expiresAt = endOfRound(house, series, timer.dueAt)
  if (expiresAt <= now) return { outcome: again }
  const { id, put } = await nextNoticeId(reading)
  const { repeat: _, history, ...same } = series
  const notice: Notice = { ...same, id, series: series.id, expiresAt, writtenAt: now, history }
  return { notice, outcome: { ...again, puts: [put] } }
}

/**
 * At the end of the time that its words speak of in this round (7点到9点); else as long as the first round was to last.
 * Words whose time is over for good (到11月25日止) leave nothing to say: the round is over when it begins.
 */
function endOfRound(house: House, series: Notice, begins: Instant): Instant {
  const { repeat, writtenAt, expiresAt, text, emergency } = series
  const next =
    repeat && nextTime(repeat, Math.max(writtenAt, (series.sendAt ?? 0) - 1), house.calendar, emergency)
  const first = beginAt(writtenAt, { sendAt: next, emergency })
  const isWorded = expiresAt === endByWords(house, text, first) || expiresAt <= first
  return isWorded ? endByWords(house, text, begins) : begins + (expiresAt - first)
}

function endByWords(house: House, text: string, begins: Instant): Instant {
  try {
    return defaultExpiry({ text, begins, said: begins }, begins, house.notices)
  } catch (error) {
    if (error instanceof NoticeRefusedError) return begins
    throw error
  }
}

/** The timer of the next time; when there is none, the series is over. */
export function nextRound(house: House, series: Notice): Outcome {
  const now = house.now()
  const timer = `notice/${series.id}`
  const next = series.repeat && nextTime(series.repeat, now, house.calendar, series.emergency)
  if (next !== undefined) {
    const dueAt = beginAt(now, { sendAt: next, emergency: series.emergency })
    return { timers: [{ id: timer, kind: 'notice', notice: series.id, dueAt }] }
  }
  const over = stepped(series, 'finished', { at: now, by: 'bot' }, { state: 'finished', endedAt: now })
  return { cancelled: [timer, `noticeExpiry/${series.id}`], notices: [over] }
}
