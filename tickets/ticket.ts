import type { Category, Place, Urgency } from '../intents/understanding.ts'

/** What a ticket is: the fold of its events (tickets/fold.ts). */

export const ticketStates = [
  'accepted',
  'dispatched',
  'handling',
  'done',
  'closed',
  'declined',
  'on_hold',
  'withdrawn',
] as const
export type TicketState = (typeof ticketStates)[number]

/** YYYYMMDD-NNN; said as MMDD-NNN. */
export type TicketNumber = string

export interface Ticket {
  readonly id: TicketNumber
  readonly state: TicketState
  /** Our group id; null when it was said in private. */
  readonly group: string | null
  /** Person ids. */
  readonly reporter: string
  readonly supporters: readonly string[]
  readonly category: Category
  readonly urgency: Urgency
  readonly place: Place | null
  /** As said, several lines separated by \n. May hold personal data: for staff only. */
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly department: string
  readonly openedAt: number
  readonly deadline: number
  readonly yellowAt: number
  /** How many times somebody asked to hurry. */
  readonly urges: number
  /** Ids of the messages that belong to it; they are kept as long as it is. */
  readonly messages: readonly string[]
  readonly lastEventAt: number
  /** How many events it has. */
  readonly sequence: number
  /** Person who acknowledged first and owns it (首接负责). */
  readonly responsible?: string
}

export interface TicketPhoto {
  /** As sent: lift.jpg */
  readonly name: string
  /** In the photos folder. */
  readonly file: string
}

interface Opened {
  readonly type: 'opened'
  readonly group: string | null
  readonly category: Category
  readonly urgency: Urgency
  readonly place: Place | null
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly department: string
  readonly deadline: number
  readonly yellowAt: number
}

/** What happened; the words are fixed by the command line. */
export type TicketFact =
  | Opened
  | { readonly type: 'dispatched'; readonly department: string }
  | {
      readonly type: 'amended'
      readonly place?: Place
      readonly photos?: readonly TicketPhoto[]
      readonly text?: string
      /** Staff put it where it belongs. */
      readonly category?: Category
      readonly department?: string
    }
  | { readonly type: 'supported' }
  | { readonly type: 'urged' }
  | { readonly type: 'withdrawn' }
  | { readonly type: 'acknowledged' }
  | { readonly type: 'handling' }
  | { readonly type: 'done'; readonly note: string; readonly photos?: readonly TicketPhoto[] }
  | { readonly type: 'rated'; readonly satisfied: boolean }
  | { readonly type: 'closed'; readonly remark: string }
  | { readonly type: 'reopened'; readonly deadline: number; readonly yellowAt: number }
  | { readonly type: 'escalated'; readonly to: string; readonly reason: string }
  | { readonly type: 'recurred'; readonly earlier: TicketNumber }

export type TicketFactType = TicketFact['type']

/** One line of a ticket's history: who, when, what, why, from which messages. */
export type TicketEvent = TicketFact & {
  /** `${ticket}:${sequence}` */
  readonly id: string
  readonly ticket: TicketNumber
  readonly sequence: number
  readonly at: number
  /** Person id, or `bot`. */
  readonly by: string
  readonly messages: readonly string[]
}

export function isOpen(ticket: Pick<Ticket, 'state'>): boolean {
  return !['closed', 'declined', 'withdrawn'].includes(ticket.state)
}

/** Reported or supported it. */
export function takesPart(ticket: Pick<Ticket, 'reporter' | 'supporters'>, person: string): boolean {
  return ticket.reporter === person || ticket.supporters.includes(person)
}
