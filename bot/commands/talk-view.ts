import { unknownPlace } from '../ledger/timeline-words.ts'
import type { WatchEvent } from '../watching.ts'

/** What the bot does, as lines of a chat. Colour only where a person reads. */
export interface Paint {
  dim(text: string): string
  bold(text: string): string
  warn(text: string): string
}

const escapeCharacter = String.fromCharCode(27)
const style = (code: number) => (text: string) => `${escapeCharacter}[${code}m${text}${escapeCharacter}[0m`

export const colours: Paint = { dim: style(2), bold: style(1), warn: style(33) }
export const noColours: Paint = { dim: same, bold: same, warn: same }

export function viewOf(event: WatchEvent, paint: Paint): string {
  switch (event.type) {
    case 'sent':
      return event.kind === 'alert'
        ? paint.warn(`  ! 提醒 → ${event.person ?? event.group}：${oneLine(event.text)}`)
        : paint.bold(
            chatLine(event.group, `小邻${event.person === undefined ? '' : `→${event.person}`}`, event.text),
          )
    case 'undeliverable':
      return paint.warn(`  ! 提醒没有人收（${event.role}）：${oneLine(event.text)}`)
    case 'ticket':
      return paint.dim(`  · 工单 ${ticketLine(event)}`)
    case 'silence':
      return paint.dim(`  （没说话：${[event.reason, event.why].filter(Boolean).join('；')}）`)
    case 'notice':
      return paint.dim(
        `  · 通知 ${event.notice} ${event.event}（${event.groups} 个群）：${oneLine(event.text)}`,
      )
    case 'question':
      return paint.dim(`  · 记为待答的问题：${oneLine(event.text)}`)
    case 'trouble':
      return paint.warn(`  ! ${oneLine(event.text)}`)
  }
}

export function chatLine(group: string | undefined, who: string, text: string): string {
  return `[${group ?? '私聊'}] ${who}：${text.replaceAll('\n', '\n    ')}`
}

function ticketLine(event: WatchEvent & { type: 'ticket' }): string {
  const head = `${event.ticket} ${event.event}`
  if (event.event === 'opened') {
    const what = [event.category, event.urgency, event.place ?? unknownPlace, event.department]
    return `${head}：${what.join('，')}，${event.deadline.slice(0, 16)} 前`
  }
  if (event.event === 'amended') return `${head}：${event.place ?? unknownPlace}`
  const by = event.by === 'bot' ? '' : `（${event.by}）`
  return `${head}${event.note === undefined ? '' : `：${oneLine(event.note)}`}${by}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/gu, ' ')
}

function same(text: string): string {
  return text
}
