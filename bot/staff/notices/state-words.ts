import { minute } from '../../../tickets/shanghai-time.ts'
import type { NoticeState } from '../../notices/notice.ts'
import type { Texts } from '../../texts.ts'

export function stateWord(texts: Texts, state: NoticeState): string {
  const words: Readonly<Record<NoticeState, () => string>> = {
    draft: texts.noticeDraft,
    awaiting: texts.noticeAwaiting,
    scheduled: texts.noticeScheduled,
    sending: texts.noticeSending,
    paused: texts.noticePaused,
    finished: texts.noticeOver,
    stopped: texts.noticeStopped,
    expired: texts.noticeExpired,
    refused: texts.noticeNotApproved,
    discarded: texts.noticeDiscarded,
  }
  return words[state]()
}

/** Its first words, on one line. */
export function beginningOf(text: string, most = 24): string {
  const line = [...text.replace(/\s+/gu, ' ')]
  return line.length > most ? `${line.slice(0, most).join('')}…` : line.join('')
}

/** What begins within the minute begins at once: the clock goes on while a line is read. */
export function isAtOnce(begins: number, now: number): boolean {
  return begins - now < minute
}
