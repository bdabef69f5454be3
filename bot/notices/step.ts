import type { NoticeChange } from '../outcome.ts'
import type { Notice, NoticeEvent, NoticeStep } from './notice.ts'

/** The notice after something happened to it: its history has one step more. */
export function stepped(
  notice: Notice,
  event: NoticeEvent,
  { at, by, note }: Pick<NoticeStep, 'at' | 'by' | 'note'>,
  change: Partial<Notice> = {},
): NoticeChange {
  const step: NoticeStep = { at, by, event, ...(note !== undefined && { note }) }
  return { event, notice: { ...notice, ...change, history: [...notice.history, step] } }
}
