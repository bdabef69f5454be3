import { announced } from '../../tickets/event.ts'
import { isoShanghai } from '../../tickets/shanghai-time.ts'
import type { Happening } from '../happening.ts'
import { silenceReasons } from '../outcome.ts'
import { ticketAction } from './ticket-action.ts'

/** What the bot did, in the words of the transcript: one JSON object a line, as the command line fixes it. */
export type Action = Readonly<Record<string, unknown>>

export interface Names {
  person(id: string): string
  group(id: string): string
  /** The line number of an inbox id. */
  line(id: string): number | undefined
}

export function createActionLog(
  names: Names,
  print: (action: Action) => void,
): (happening: Happening) => void {
  /** Lines that already led to something, such as staff whose word stopped an alert. */
  const effective = new Set<string>()
  return (happening) => {
    if (happening.type === 'ticket') for (const id of happening.event.messages) effective.add(id)
    for (const action of actionsOf(happening, names, effective)) print(action)
  }
}

function actionsOf(happening: Happening, names: Names, effective: ReadonlySet<string>): readonly Action[] {
  const at = isoShanghai(happening.at)
  switch (happening.type) {
    case 'ticket':
      return announced.has(happening.event.type)
        ? [ticketAction(happening.event, happening.ticket, names)]
        : []
    case 'sent':
      return [sentAction(at, happening.entry, names)]
    case 'undeliverable':
      return [{ at, type: 'alert', to: names.person(happening.to), text: happening.text }]
    case 'silence':
      return firstOfEachLine(happening.lines, names)
        .filter((id) => !effective.has(id))
        .map((id) => ({
          at,
          type: 'silence',
          line: names.line(id),
          reason: silenceReasons[happening.reason],
        }))
    case 'notice':
      return [noticeAction(at, happening, names)]
    case 'question':
      return happening.lines.slice(-1).map((id) => ({ at, type: 'question.listed', line: names.line(id) }))
    case 'decided':
    case 'trouble':
      return []
  }
}

function noticeAction(at: string, { event, notice }: Happening & { type: 'notice' }, names: Names): Action {
  const { id, text, author, groups, state } = notice
  return { at, type: `notice.${event}`, notice: id, state, text, author: names.person(author), groups }
}

/** Words and picture of one line are two messages. */
function firstOfEachLine(ids: readonly string[], names: Names): readonly string[] {
  const numbers = ids.map((id) => names.line(id))
  return ids.filter((_, index) => numbers.indexOf(numbers[index]) === index)
}

function sentAction(at: string, entry: (Happening & { type: 'sent' })['entry'], names: Names): Action {
  const { to, text } = entry
  if (entry.kind === 'alert')
    return { at, type: 'alert', to: 'person' in to ? names.person(to.person) : names.group(to.group), text }
  if (entry.notice !== undefined && 'group' in to)
    return { at, type: 'notice.sent', notice: entry.notice, group: names.group(to.group), text }
  return 'group' in to
    ? { at, type: 'reply', group: names.group(to.group), text }
    : { at, type: 'reply', to: names.person(to.person), text }
}
