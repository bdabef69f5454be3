import type { NoticeChange } from '../outcome.ts'
import type { Notice, NoticeEvent, NoticeStep } from './notice.ts'

/** The notice after something happened to it: its history has one step more. */
export function stepped(
  notice: Notice,
  event: NoticeEvent,
  { at, by, note, person }: Omit<NoticeStep, 'event'>,
  change: Partial<Notice> = {},
): NoticeChange {
  const more = { ...(note !== undefined && { note }), ...(person !== undefined && { person }) }
  const step: NoticeStep = { at, by, event, ...more }
  return { event, notice: { ...notice, ...change, history: [...notice.history, step] } }
}
