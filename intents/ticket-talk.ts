import { oneOf } from './signs.ts'
import type { FollowUpRules, OwnTalkRules } from './ticket-talk-answer.ts'
import type { TicketTalk } from './understanding.ts'

/** rules/ticket-talk.yaml: kinds in the order in which they are tried. */
export type TicketTalkRules = Readonly<
  Record<TicketTalk, { readonly sure: readonly string[]; readonly likely: readonly string[] }>
> & { readonly answer: FollowUpRules; readonly own: OwnTalkRules }

export interface TicketTalkReader {
  /** The kind, when the words alone make it talk about a ticket. */
  sure(normalized: string): TicketTalk | undefined
  /** The kind, given that it is talk about a ticket. */
  kind(normalized: string): TicketTalk
}

export function createTicketTalkReader({ answer: _, own: __, ...rules }: TicketTalkRules): TicketTalkReader {
  const kinds = Object.entries(rules).map(([kind, { sure, likely }]) => ({
    kind: kind as TicketTalk,
    sure: oneOf(sure),
    likely: oneOf(likely),
  }))
  const sure: TicketTalkReader['sure'] = (text) => kinds.find((candidate) => candidate.sure.test(text))?.kind
  return {
    sure,
    kind: (text) => sure(text) ?? kinds.find(({ likely }) => likely.test(text))?.kind ?? 'progress',
  }
}
