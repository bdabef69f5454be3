import type { Instant } from '../ports/chat.ts'

/** The list of open questions, and what staff answered. */

/** What somebody asked and the house could not answer. */
export interface OpenQuestion {
  readonly id: string
  /** Without personal data. */
  readonly text: string
  /** Questions that mean the same share one. */
  readonly topic: string
  readonly group: string | null
  readonly person: string
  readonly at: Instant
  /** Said to the bot itself. */
  readonly mentioned: boolean
  readonly state: TopicState
  readonly forgetAt: Instant
}

export type TopicState = 'open' | 'answered' | 'dismissed'

/** Questions that mean the same, asked in one community: what staff see as Q12. */
export interface QuestionTopic {
  /** Q12 */
  readonly id: string
  readonly state: TopicState
  /** The community; null: asked where no community is known. */
  readonly place: string | null
  /** How it was asked, first one first. */
  readonly phrasings: readonly Phrasing[]
  /** Different people. */
  readonly askers: number
  readonly groups: readonly string[]
  readonly firstAt: Instant
  readonly lastAt: Instant
  /** Most asked first, then the latest: see questions/topic.ts. */
  readonly rank: number
  /** How many answers were ever given; the last is `answer` unless it was withdrawn. */
  readonly answers: number
  readonly answer?: string
  /** The cause under which those who asked were told of it. */
  readonly told?: string
  readonly dismissed?: { readonly at: Instant; readonly by: string; readonly reason?: string }
}

export interface Phrasing {
  /** The first question in these words. */
  readonly question: string
  readonly text: string
  /** Ids of the `questionTerms` under which it is found. */
  readonly terms: readonly string[]
}

/** One word of open questions → the topics that have it: finds what means the same without reading them all. */
export interface QuestionTerm {
  /** `${place or *}/${word}` */
  readonly id: string
  /** Newest last. */
  readonly topics: readonly string[]
}

/** What staff answered. A new wording is a new document, so that the old one stays on record. */
export interface StaffAnswer {
  /** Q12/1 */
  readonly id: string
  readonly topic: string
  /** As residents asked, without personal data. */
  readonly questions: readonly string[]
  readonly text: string
  /** Person id, or `operator`. */
  readonly by: string
  readonly at: Instant
  /** The community for which it holds; null: everywhere. */
  readonly place: string | null
  /** 2026-12-31, the last day on which it holds. */
  readonly validUntil?: string
  readonly state: 'valid' | 'superseded' | 'withdrawn'
  readonly ended?: { readonly at: Instant; readonly by: string }
}
