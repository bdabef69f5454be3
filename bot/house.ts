import type { Category, EmergencyKind, Understander } from '../intents/understanding.ts'
import type { Knowledge, Likeness, Passage } from '../knowledge/answer.ts'
import type { KnowledgeQuestion } from '../knowledge/garbage/quiz-questions.ts'
import type { GarbageBook, GarbageCategory } from '../knowledge/garbage/sorting.ts'
import type { QuestionGrouping } from '../knowledge/question-groups.ts'
import type { AlarmRules } from '../tickets/alarms.ts'
import type { Desk } from '../tickets/desk.ts'
import type { Duty } from '../tickets/duty.ts'
import type { GridSettings } from '../tickets/grid.ts'
import type { ReportSettings } from '../tickets/reports/settings.ts'
import type { Routing } from '../tickets/routing.ts'
import type { ThingList } from '../tickets/same-problem.ts'
import type { Supervision } from '../tickets/supervision.ts'
import type { TicketPhoto } from '../tickets/ticket.ts'
import type { WorkingCalendar } from '../tickets/working-calendar.ts'
import type { OtherSystem } from './forwarding/other-system.ts'
import type { ForwardingRules } from './forwarding/rules.ts'
import type { Happening } from './happening.ts'
import type { CorrectionWords } from './learning/correction-words.ts'
import type { NoticeRules } from './notices/rules.ts'
import type { NoticeTemplate } from './notices/writing/templates.ts'
import type { Attachments } from './ports/attachments.ts'
import type { Chat } from './ports/chat.ts'
import type { Model } from './ports/model.ts'
import type { ReportPress } from './ports/report-press.ts'
import type { Store } from './ports/store.ts'
import type { SensitiveWords } from './private-matters.ts'
import type { Texts } from './texts.ts'

/** Everything the bot is put together from. Time and randomness come in, so that replay is exact. */
export interface House extends Lore {
  readonly store: Store
  readonly chats: readonly Chat[]
  /** Every account of the installation, in the order of its file; absent: those of `chats`. */
  readonly accounts?: readonly string[]
  /** Whether the account is this process's own right now; absent: all are. See bot/leases/. */
  isHere?(account: string): boolean
  readonly photos: Photos
  /** Pictures and files of notices; without it notices are words alone. */
  readonly attachments?: Attachments
  /** Makes and keeps pictures and files of reports; without it their words alone are sent. */
  readonly reportPress?: ReportPress
  readonly settings: Settings
  /** Which tickets go to which other systems; absent: none leaves. */
  readonly forwarding?: ForwardingRules
  /** Only in a running bot. */
  readonly otherSystems?: readonly OtherSystem[]
  /** ms since 1970. */
  now(): number
  /** 0 to 1, for jitter, codes and the quiz. */
  random(): number
  /** Unguessable, another one each time: it hides erased words in the ledger's chain. */
  salt(): string
  /** Told after each commit and each send; for replay, the terminal and logs. */
  observe(happening: Happening): void
}

/** What the bot knows: read from files at start, the same for every message. */
export interface Lore {
  readonly understander: Understander
  /** Fast enough for every single line. */
  emergencyOf(text: string): EmergencyKind | undefined
  soundsLikeDanger(text: string): boolean
  readonly knowledge: Knowledge
  /** The same search over other passages: what staff answered. */
  knowledgeOf(passages: readonly Passage[]): Knowledge
  /** Which questions mean the same. */
  readonly questionGrouping: QuestionGrouping
  readonly garbage: GarbageBook
  readonly quizQuestions: readonly KnowledgeQuestion[]
  /** In the words of the region: 厨余垃圾, 湿垃圾. */
  categoryName(category: GarbageCategory): string
  readonly texts: Texts
  readonly categories: CategoryTable
  readonly correctionWords: CorrectionWords
  readonly things: ThingList
  readonly calendar: WorkingCalendar
  readonly routing: Routing
  readonly grid: GridSettings
  readonly alarms: AlarmRules
  readonly desk: Desk
  readonly sensitive: SensitiveWords
  readonly supervision: Supervision
  readonly duty: Duty
  readonly reports: ReportSettings
  readonly notices: NoticeRules
  readonly noticeTemplates: readonly NoticeTemplate[]
  readonly model?: Model
  /** With an embedding model: a second opinion on passages; undefined whenever it is not to be had. */
  likenessTo?(question: string): Promise<Likeness | undefined>
}

export type CategoryTable = Readonly<Record<Category, CategorySettings>>

export interface CategorySettings {
  readonly name: string
  readonly department: string
  readonly workingDays: number
  /** 办结 needs a photo of how it is now. */
  readonly photo: boolean
}

export interface Photos {
  /** Durable when it resolves. @throws when it is no picture or too large */
  save(name: string, bytes: Uint8Array): Promise<TicketPhoto>
}

/** All times in ms. */
export interface Settings {
  readonly botName: string
  /** Garbage rules of this city; the national standard when absent. */
  readonly region?: string
  readonly burst: { readonly afterLast: number; readonly atMost: number; readonly mentioned: number }
  readonly pace: Pace
  /** How long the owner of a group is down before another account of ours that is in it answers. */
  readonly standInAfter: number
  /** Rooms of the simulated puppet bind themselves. */
  readonly bindRoomsThemselves: boolean
  readonly keep: { readonly chatter: number; readonly tickets: number; readonly audit: number }
  readonly quiz: QuizSettings
  /** What the clock alone sets in motion; off in a replay. */
  readonly scheduledDuties: boolean
}

export interface QuizSettings {
  /** How long a question is open: alone, in a series, the daily one, in private. */
  readonly single: number
  readonly series: number
  readonly daily: number
  readonly alone: number
  /** Between two questions of a series. */
  readonly pause: number
  /** Extra points of the first right answer: 0, so that slow typers lose nothing. */
  readonly firstBonus: number
}

export interface Pace {
  /** Between two sends of one account; `jitter` is added at random. */
  readonly reply: number
  readonly notice: number
  readonly jitter: number
  /** Between two sends to one group. */
  readonly group: number
  /** How long an account rests after "操作过于频繁". */
  readonly rest: number
  readonly attempts: number
  readonly backoff: number
}

export const defaultSettings: Settings = {
  botName: '小邻',
  burst: { afterLast: 8_000, atMost: 30_000, mentioned: 2_000 },
  pace: {
    ...{ reply: 1_500, notice: 4_000, jitter: 700, group: 1_000 },
    ...{ rest: 30 * 60_000, attempts: 6, backoff: 2_000 },
  },
  standInAfter: 60_000,
  bindRoomsThemselves: false,
  keep: { chatter: 7 * 86_400_000, tickets: 3 * 365 * 86_400_000, audit: 3 * 365 * 86_400_000 },
  quiz: {
    ...{ single: 3 * 60_000, series: 90_000, daily: 60 * 60_000, alone: 30 * 60_000 },
    ...{ pause: 10_000, firstBonus: 0 },
  },
  scheduledDuties: true,
}
