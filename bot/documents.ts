import type { Category, Intent } from '../intents/understanding.ts'
import type { Anchor, ForgottenTicket } from '../tickets/anchor.ts'
import type { TicketEvent } from '../tickets/event.ts'
import type { Ticket, TicketPhoto } from '../tickets/ticket.ts'
import type { AccountLink, Hearing } from './accounts/account-documents.ts'
import type { Alarm } from './alarms/alarm.ts'
import type { ChannelAlert, Delivery, SystemState } from './forwarding/delivery.ts'
import type { Match } from './grid/match.ts'
import type { RoomSnapshot } from './grid/room-snapshot.ts'
import type { Correction } from './learning/correction-documents.ts'
import type { Fence, Lease } from './leases/lease-documents.ts'
import type { AccountState, Attachment, Notice, NoticeReceipt, NoticeRecord } from './notices/notice.ts'
import type { GroupNotices } from './notices/residents/group-notices.ts'
import type { ApiKey } from './people/api-keys.ts'
import type { Instant } from './ports/chat.ts'
import type {
  OpenQuestion,
  QuestionTerm,
  QuestionTopic,
  StaffAnswer,
} from './questions/question-documents.ts'
import type { QuizDeck, QuizRound, QuizScore } from './quiz/quiz-documents.ts'
import type { OutboxEntry } from './sending/outbox-documents.ts'
import type { ListShown } from './staff/list-shown.ts'
import type { NoticeAsked } from './staff/notices/asked.ts'
import type { Timer } from './timer.ts'

/** Every document the house keeps; schema.ts declares how they are found. */

export const roles = [
  'resident',
  'volunteer',
  'building_leader',
  'grid_worker',
  'grid_leader',
  'department',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** 巡查, 服务, 调解: the three teams of a grid. */
export const skills = ['patrol', 'service', 'mediation'] as const
export type Skill = (typeof skills)[number]

export interface Person {
  readonly id: string
  /** Display name, for people to read; never identity. */
  readonly name: string
  readonly role: Role
  /** Place ids this person answers for. */
  readonly places: readonly string[]
  /** Of staff of a department: which one, as tickets/categories.yaml calls it (城管). */
  readonly department?: string
  /** Of volunteers: what they are there for. */
  readonly skills?: readonly Skill[]
  /** A private message can be assumed to arrive. */
  readonly friend: boolean
}

/** Account + messenger's contact id → our person. */
export interface Contact {
  /** `${account}/${contact id}` */
  readonly id: string
  readonly account: string
  readonly contact: string
  readonly person: string
}

/** Account + messenger's room id → our group. */
export interface Room {
  /** `${account}/${room id}` */
  readonly id: string
  readonly account: string
  readonly room: string
  readonly topic: string
  /** null until bound: heard only for codes. */
  readonly group: string | null
  /** How many people are in it, as last seen. */
  readonly members?: number
  /** The account was removed from it, or left. */
  readonly left?: boolean
}

export const groupSettings = ['answer', 'mentioned', 'listen'] as const
export type GroupSetting = (typeof groupSettings)[number]

export interface Group {
  readonly id: string
  readonly name: string
  readonly places: readonly string[]
  readonly tags: readonly string[]
  /** answer: speak when sure; mentioned: only when asked; listen: only emergencies and tickets, silently. */
  readonly setting: GroupSetting
  /** The one account that speaks here; others stop at the inbox. */
  readonly owner: string
  /** The hour of the daily quiz question, 7 to 21; absent: none is asked. */
  readonly dailyQuiz?: number
}

/** What happened lately in a group, for deciding whether to speak. */
export interface GroupState {
  /** Group id. */
  readonly id: string
  readonly lastStaffAt?: Instant
  /** What staff spoke about then: see staff-floor.ts. */
  readonly staffSubject?: readonly string[]
  /** What was answered lately, newest last, so that the same is not said twice. */
  readonly answered: readonly { readonly key: string; readonly at: Instant }[]
  /** The newest ticket here, for 我家也是 right after. */
  readonly lastTicket?: { readonly ticket: string; readonly at: Instant }
}

export const placeKinds = ['street', 'community', 'grid', 'micro_grid', 'building'] as const
export type PlaceKind = (typeof placeKinds)[number]

export interface PlaceNode {
  readonly id: string
  readonly name: string
  readonly kind: PlaceKind
  readonly parent: string | null
}

/** A one-time code: who says it becomes that person, or binds that group. */
export type Code = {
  /** The code itself. */
  readonly id: string
  readonly expiresAt: Instant
  /** The import of the grid that made it. */
  readonly import?: string
} & (
  | { readonly kind: 'person'; readonly person: string }
  | {
      readonly kind: 'group'
      readonly group: string
      /** With several accounts: rooms in which it was heard from somebody who is not on the roster there. */
      readonly heard?: readonly CodeHeard[]
      /** Where staff said it: it is spent, and good only for other accounts that heard the same line. */
      readonly said?: CodeHeard
    }
)

/** One line with a code, as one account heard it. */
export interface CodeHeard {
  /** `${account}/${room id}` */
  readonly room: string
  readonly topic: string
  readonly at: Instant
}

export interface InboxEntry {
  /** `${account}/${message id}` */
  readonly id: string
  /** `group/${group}` or `person/${person}`. */
  readonly conversation: string
  readonly group: string | null
  readonly person: string
  /** When it was said. */
  readonly at: Instant
  readonly kind: 'text' | 'image' | 'voice' | 'other'
  readonly text: string
  readonly mentioned: boolean
  readonly photo?: TicketPhoto
  /** Sent by staff: for the notice that they write next. */
  readonly attachment?: Attachment
  readonly attachmentRefused?: {
    readonly name: string
    readonly why: 'too-large' | 'missing' | 'unknown-kind' | 'empty'
  }
  readonly state: 'waiting' | 'done'
  /** Lines of the text, from 0, that were counted as an answer to the quiz; the others go their own way. */
  readonly quizLines?: readonly number[]
  /** What came of it, for replay, the console and people who ask why. */
  readonly outcome?: string
  /** What was said in one breath has the same. */
  readonly utterance?: string
  readonly understood?: Understood
  /** What came of it. */
  readonly tickets?: readonly string[]
  /** null while a ticket needs it. */
  readonly forgetAt: Instant | null
}

/** What the bot took an utterance for: what staff correct. */
export interface Understood {
  readonly intent: Intent
  /** 0 to 1. */
  readonly confidence: number
  readonly category?: Category
  readonly place?: string
  /** It answered. */
  readonly spoke: boolean
}

/** What the bot remembers of one person in one conversation. */
export interface Memory {
  /** `${conversation}/${person}` */
  readonly id: string
  readonly person: string
  readonly lastQuestion?: { readonly text: string; readonly at: Instant }
  /** Photos without a word: the words often come a little later. */
  readonly loosePhotos?: { readonly photos: readonly TicketPhoto[]; readonly at: Instant }
  /** A picture or a file of staff without a word: the notice that it belongs to comes later. null: it was used. */
  readonly looseAttachment?: { readonly attachment: Attachment | null; readonly at: Instant }
  readonly lastTicket?: { readonly ticket: string; readonly at: Instant }
  readonly lastList?: ListShown
  /** What a notice that they write still lacks; null: nothing any more. */
  readonly noticeAsked?: NoticeAsked | null
  /** Local day of the last kind word about voice messages. */
  readonly voiceAnswered?: string
  readonly forgetAt: Instant
}

export interface Counter {
  readonly id: string
  readonly value: number
}

/** Who takes part in a ticket: finds the tickets of a person. */
export interface TicketPerson {
  /** `${person}/${ticket}` */
  readonly id: string
  readonly person: string
  readonly ticket: string
  readonly openedAt: Instant
}

/** Who asked for what through execute, and what came of it; also what makes a command happen once. */
export interface AuditEntry {
  /** The command's id. */
  readonly id: string
  readonly at: Instant
  readonly actor: string
  readonly command: string
  readonly result: string
}

/** A window in which nothing was heard. */
export interface LostWindow {
  readonly id: string
  readonly account: string
  readonly from: Instant
  readonly to: Instant
}

/** Collection name → its documents. */
export interface Documents {
  inbox: InboxEntry
  people: Person
  contacts: Contact
  rooms: Room
  groups: Group
  groupStates: GroupState
  places: PlaceNode
  codes: Code
  memories: Memory
  timers: Timer
  outbox: OutboxEntry
  tickets: Ticket
  ticketEvents: TicketEvent
  ticketPeople: TicketPerson
  anchors: Anchor
  forgottenTickets: ForgottenTicket
  questions: OpenQuestion
  questionTopics: QuestionTopic
  questionTerms: QuestionTerm
  staffAnswers: StaffAnswer
  corrections: Correction
  counters: Counter
  quizRounds: QuizRound
  quizDecks: QuizDeck
  quizScores: QuizScore
  audit: AuditEntry
  lostWindows: LostWindow
  apiKeys: ApiKey
  alarms: Alarm
  deliveries: Delivery
  systemStates: SystemState
  channelAlerts: ChannelAlert
  notices: Notice
  noticeRecords: NoticeRecord
  noticeReceipts: NoticeReceipt
  groupNotices: GroupNotices
  accountStates: AccountState
  leases: Lease
  fences: Fence
  roomSnapshots: RoomSnapshot
  matches: Match
  accountLinks: AccountLink
  hearings: Hearing
}

export type CollectionName = keyof Documents
