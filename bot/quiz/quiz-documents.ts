import type { LocalDate } from '../../tickets/shanghai-time.ts'
import type { Instant } from '../ports/chat.ts'

/** What the quiz keeps. Rounds hold answers only while their question is open. */

export interface AskedQuestion {
  readonly kind: 'bin' | 'pick' | 'odd' | 'known'
  readonly text: string
  readonly choices: readonly string[]
  /** 0 to 3. */
  readonly answer: number
  /** Said when it is over. */
  readonly why: string
}

/** The game in one conversation: the question that is open or was last. */
export interface QuizRound {
  /** Group id; `person/${person}` in private. */
  readonly id: string
  /** pausing: another question of the series follows. */
  readonly state: 'asking' | 'pausing' | 'over'
  readonly question: AskedQuestion
  readonly askedAt: Instant
  readonly closesAt: Instant
  /** Person → choice; the first answer counts. Right ones in order of arrival. Empty when the question is over. */
  readonly answers: Readonly<Record<string, number>>
  readonly right: readonly string[]
  /** Who asked for it; absent when the bot began by itself. */
  readonly by?: string
  /** This question's number in a series of so many, from 1. */
  readonly at: number
  readonly of: number
  /** Building against building. */
  readonly byBuilding: boolean
  /** Person → points of this series. */
  readonly points: Readonly<Record<string, number>>
  /** Who has said 停 without having begun it: a few of them end it. */
  readonly stops?: readonly string[]
}

/** How far the questions of a conversation have come: see quiz/deck.ts. */
export interface QuizDeck {
  /** As QuizRound. */
  readonly id: string
  readonly seed: number
  /** Counts the questions; their kinds take turns. */
  readonly turn: number
  /** The last thing and the last written question that were asked. */
  readonly thing?: string
  readonly known?: string
  /** The day of the last daily question. */
  readonly dailyOn?: LocalDate
}

export interface QuizScore {
  /** `${scope}/${person}` */
  readonly id: string
  /** Group id, place id of a community, or `person/${person}` for private play. */
  readonly scope: string
  readonly person: string
  /** The building that the person plays for: 3号楼. In groups only. */
  readonly team?: string
  readonly points: number
  readonly right: number
  readonly answered: number
  /** The Monday of the week in which the person played last, and the week before that. */
  readonly week: string
  readonly weekPoints: number
  readonly lastWeek?: string
  readonly lastWeekPoints?: number
  readonly lastAt: Instant
}
