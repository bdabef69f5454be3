import type { TicketFact } from '../tickets/event.ts'
import type { GroupState, Memory, Role, Understood } from './documents.ts'
import type { Attachment, Notice, NoticeEvent } from './notices/notice.ts'
import type { OpenQuestion } from './questions/question-documents.ts'
import type { Put, Removal } from './reading.ts'
import type { OutgoingPicture } from './sending/outbox-documents.ts'
import type { Timer } from './timer.ts'

/** What should happen, as data: a handler decides it, commit.ts makes it true in one transaction. */
export interface Outcome {
  readonly sends?: readonly Send[]
  readonly facts?: readonly TicketChange[]
  readonly timers?: readonly Timer[]
  /** Timer ids. */
  readonly cancelled?: readonly string[]
  /** Notices as they are from now on, each with what happened to it. */
  readonly notices?: readonly NoticeChange[]
  readonly puts?: readonly Put[]
  readonly removals?: readonly Removal[]
  /** Merged into what the bot remembers of this person here. */
  readonly memory?: Partial<Omit<Memory, 'id' | 'person' | 'forgetAt'>>
  readonly groupState?: Partial<Omit<GroupState, 'id'>>
  readonly question?: Pick<OpenQuestion, 'text'>
  /** The end of what somebody asked for: also said in a group that wants the bot to listen only. */
  readonly owed?: boolean
  /** Why nothing is said; also set when something happened silently. */
  readonly silence?: SilenceReason
  /** One line for the audit and for people who ask why. */
  readonly why?: string
  /** What the utterance was taken for. */
  readonly understood?: Omit<Understood, 'spoke'>
}

export interface NoticeChange {
  readonly event: NoticeEvent
  readonly notice: Notice
}

export interface TicketChange {
  readonly ticket: string
  /** Person id, `bot`, `operator`, or `system/NAME`. */
  readonly by: string
  readonly fact: TicketFact
}

export type Send =
  | {
      readonly kind: 'reply'
      readonly to: Recipient
      readonly text: string
      readonly urgent?: boolean
      /** A follow-up, not an answer: it waits for the end of the quiet hours. */
      readonly canWait?: boolean
      /** Ticket id: what waits and is not true of it any more by then is not sent. */
      readonly about?: string
      /** Sent after the text. */
      readonly picture?: OutgoingPicture
      /** Of a notice that is said again: sent after the text. */
      readonly attachment?: Attachment
    }
  | {
      readonly kind: 'alert'
      /** A role when nobody holds it: recorded, and the next step of the ladder goes higher. */
      readonly to: { readonly person: string } | { readonly role: Role }
      readonly text: string
      readonly urgent?: boolean
      /** Hundreds at one instant (summaries): every answer goes first. */
      readonly afterAnswers?: boolean
    }

export type Recipient = { readonly group: string } | { readonly person: string }

/** Each silence has a reason that people can read. */
export const silenceReasons = {
  chatter: 'chatter: nothing to answer or to do',
  unsure: 'not sure enough to speak unasked',
  noEvidence: 'no positive evidence: unasked, the bot stays quiet',
  notAnswered: 'nothing in the knowledge base answers it, and nobody asked the bot',
  staffHere: 'staff spoke here within the last 10 minutes',
  staffSpeaking: 'said by staff, not to the bot',
  saidAlready: 'the same was answered here a moment ago',
  tooOften: 'the bot answered here often enough lately; whoever mentions it is answered',
  noTicket: 'speaks of a ticket, but this person has none here',
  alreadyOpen: 'this problem already has its ticket',
  noItem: 'asks for a bin, but names nothing that is known',
  mentionedOnly: 'this group wants answers only when the bot is mentioned',
  listenOnly: 'this group wants the bot to listen only',
  quizAnswered: 'an answer to the quiz, counted',
  quizSecond: 'a second answer to the same question of the quiz: the first counts',
  quizLate: 'an answer to the quiz, but no question is open',
  quizStop: 'wants the game of somebody else to stop: counted, a few of them end it',
  quizEmergency: 'an emergency was reported here: no game now',
  quizTeam: 'the building that somebody plays for in the quiz, noted',
  receipt: 'has read a notice that asks for 收到: counted',
  receiptSecond: '收到 for a notice, counted before',
  noticeOver: 'asks for a notice that is over, or was taken back',
  unbound: 'this group is not bound yet',
  own: 'our own words',
  voice: 'a voice message; this person was told today already',
  photoOnly: 'a photo or a file without words: it waits for them',
  empty: 'nothing in it that can be read',
  recorded: 'recorded without a word',
} as const
export type SilenceReason = keyof typeof silenceReasons

export function silence(reason: SilenceReason, more: Outcome = {}): Outcome {
  return { ...more, silence: reason }
}

/** Both happen; the later one's silence and why win, and lists are joined in order. */
export function both(first: Outcome, second: Outcome): Outcome {
  const joined = {
    sends: listed(first.sends, second.sends),
    facts: listed(first.facts, second.facts),
    timers: listed(first.timers, second.timers),
    cancelled: listed(first.cancelled, second.cancelled),
    notices: listed(first.notices, second.notices),
    puts: listed(first.puts, second.puts),
    removals: listed(first.removals, second.removals),
    memory: { ...first.memory, ...second.memory },
    groupState: { ...first.groupState, ...second.groupState },
  }
  const question = second.question ?? first.question
  const why = second.why ?? first.why
  const quiet = second.silence ?? first.silence
  return { ...joined, ...(question && { question }), ...(why && { why }), ...(quiet && { silence: quiet }) }
}

function listed<Item>(first: readonly Item[] = [], second: readonly Item[] = []): readonly Item[] {
  return [...first, ...second]
}
