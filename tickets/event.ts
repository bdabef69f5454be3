import type { Category, Place, Urgency } from '../intents/understanding.ts'
import type { TicketNumber, TicketPhoto } from './ticket.ts'

/** What can happen to a ticket. The words of `announced` are fixed by the command line; the others stay inside. */

interface Due {
  readonly deadline: number
  readonly yellowAt: number
}

interface Opened extends Due {
  readonly type: 'opened'
  readonly sensitive?: boolean
  readonly group: string | null
  readonly category: Category
  readonly urgency: Urgency
  readonly place: Place | null
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly department: string
}

export type TicketFact =
  | Opened
  | { readonly type: 'dispatched'; readonly department: string; readonly assigned?: string }
  | {
      readonly type: 'amended'
      readonly place?: Place
      readonly photos?: readonly TicketPhoto[]
      readonly text?: string
      /** Staff put it where it belongs. */
      readonly category?: Category
      readonly department?: string
      /** It has become more urgent, and its time shorter. */
      readonly urgency?: Urgency
      readonly deadline?: number
      readonly yellowAt?: number
    }
  /** `in`: said elsewhere than the report, in that group, or (null) in private. */
  | { readonly type: 'supported'; readonly in?: string | null }
  | { readonly type: 'urged' }
  | { readonly type: 'withdrawn'; readonly remark?: string }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'handling' }
  | { readonly type: 'done'; readonly note: string; readonly photos?: readonly TicketPhoto[] }
  | { readonly type: 'rated'; readonly satisfied: boolean }
  | { readonly type: 'closed'; readonly remark: string }
  | ({ readonly type: 'reopened' } & Due)
  /** `level`: how high it has been reported by now (see Ticket.escalation). */
  | { readonly type: 'escalated'; readonly to: string; readonly reason: string; readonly level?: number }
  | { readonly type: 'recurred'; readonly earlier: TicketNumber }
  | {
      readonly type: 'reassigned'
      readonly department: string
      readonly assigned?: string
      readonly reason: string
    }
  /** Back to whoever dispatches: the fallback owner has it until it is reassigned. */
  | {
      readonly type: 'returned'
      readonly department: string
      readonly assigned?: string
      readonly reason: string
    }
  | { readonly type: 'declined'; readonly reason: string }
  | {
      readonly type: 'on_hold'
      readonly reason: string
      readonly until: number
      readonly left: number
      readonly leftToYellow: number
    }
  | ({ readonly type: 'resumed' } & Due)
  | { readonly type: 'extension_asked'; readonly days: number; readonly reason: string }
  | { readonly type: 'extension_refused'; readonly reason: string }
  | ({ readonly type: 'extended'; readonly days: number; readonly reason: string } & Due)
  | { readonly type: 'whistled'; readonly departments: readonly string[]; readonly dueAt: number }
  | { readonly type: 'reported_for_duty'; readonly department: string }
  | {
      readonly type: 'forwarded'
      readonly system: string
      readonly remoteId: string
      readonly url?: string
    }
  /** Somebody to whom it was escalated has seen it: the ladder stops. */
  | { readonly type: 'supervised' }
  /** Words of these events (by sequence) were taken out at the wish of the person; what stands there now: see chain.ts. */
  | {
      readonly type: 'erased'
      readonly sequences: readonly number[]
      /** One hash for each of `sequences`. */
      readonly remains: readonly string[]
    }

export type TicketFactType = TicketFact['type']

/** What the command line tells of, in its own words; see DESIGN.md. */
export const announced: ReadonlySet<TicketFactType> = new Set([
  'opened',
  'amended',
  'supported',
  'urged',
  'acknowledged',
  'dispatched',
  'reassigned',
  'returned',
  'handling',
  'done',
  'closed',
  'reopened',
  'withdrawn',
  'rated',
  'escalated',
  'declined',
  'on_hold',
  'resumed',
  'extended',
  'whistled',
  'reported_for_duty',
  'recurred',
  'forwarded',
] satisfies TicketFactType[])

/** Who, when, from which messages. */
interface Circumstances {
  /** `${ticket}:${sequence}` */
  readonly id: string
  readonly ticket: TicketNumber
  readonly sequence: number
  readonly at: number
  /** Person id, `bot`, `operator`, or `system/NAME`. */
  readonly by: string
  readonly messages: readonly string[]
}

/** What ties an event to the one before it: see tickets/chain.ts. */
export interface Sealed {
  readonly hash: string
  /** Of the personal words; it stays when the words and the salt are erased. */
  readonly seal: string
  /** Absent once the words were erased. */
  readonly salt?: string
}

/** An event before it is sealed. */
export type UnsealedEvent = TicketFact & Circumstances

/** One line of a ticket's history. */
export type TicketEvent = UnsealedEvent & Sealed
