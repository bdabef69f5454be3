import type { Category, Place, Urgency } from '../intents/understanding.ts'

/** What a ticket is: the fold of its events (tickets/fold.ts). The events stand in tickets/event.ts. */

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

/** All instants in ms since 1970; people by person id. */
export interface Ticket {
  readonly id: TicketNumber
  readonly state: TicketState
  /** Our group id; null when it was said in private, or came from a system. */
  readonly group: string | null
  /** Person id, or `system/NAME` for an alarm. */
  readonly reporter: string
  readonly supporters: readonly string[]
  /** Where supporters spoke, besides the group of the report: they hear of the end as well. */
  readonly elsewhere?: readonly Whereabouts[]
  readonly category: Category
  readonly urgency: Urgency
  /** Accuses somebody, or tells of need: it leaves the group whatever its category. */
  readonly sensitive?: boolean
  readonly place: Place | null
  /** As said, several lines separated by \n. May hold personal data: for staff only. */
  readonly text: string
  readonly photos: readonly TicketPhoto[]
  readonly department: string
  /** Who has to answer for it, by routing or by name; `responsible` is who took it. */
  readonly assigned?: string
  /** Person who acknowledged first and owns it (首接负责). */
  readonly responsible?: string
  readonly openedAt: number
  readonly deadline: number
  readonly yellowAt: number
  /** First word of somebody who answers for it: the response rate counts from openedAt to here. */
  readonly acknowledgedAt?: number
  readonly doneAt?: number
  readonly endedAt?: number
  /** How it was handled (整改措施), as staff wrote it. */
  readonly note?: string
  /** The last rating; absent when nobody rated. */
  readonly satisfied?: boolean
  /** Why it was closed, declined or withdrawn. */
  readonly remark?: string
  /** How many times somebody asked to hurry. */
  readonly urges: number
  /** How many times it was reopened. */
  readonly reopenings: number
  /** The ticket of the same problem that was closed before this one. */
  readonly recurredFrom?: TicketNumber
  /** How high it has been reported: 0 nobody yet, then one step of the ladder each. */
  readonly escalation: number
  /** Asked for and not yet decided. */
  readonly extension?: Extension
  readonly hold?: Hold
  /** ms by the clock that earlier holds took. */
  readonly heldFor?: number
  readonly whistle?: Whistle
  /** Where else it is kept. */
  readonly forwarded?: readonly ForwardedTo[]
  /** Ids of the messages that belong to it; they are kept as long as it is. */
  readonly messages: readonly string[]
  readonly lastEventAt: number
  /** How many events it has. */
  readonly sequence: number
  /** Hash of the last event: see tickets/chain.ts. */
  readonly head: string
}

export type Whereabouts = { readonly group: string } | { readonly person: string }

export interface TicketPhoto {
  /** As sent: lift.jpg */
  readonly name: string
  /** In the photos folder. */
  readonly file: string
}

export interface Extension {
  readonly days: number
  readonly reason: string
  readonly by: string
  readonly at: number
}

/** While it lasts the time stands still. */
export interface Hold {
  readonly reason: string
  /** When it began, and when it goes on by itself. */
  readonly since: number
  readonly until: number
  /** Working ms that were left to the deadline, and to yellow, when it began. */
  readonly left: number
  readonly leftToYellow: number
  /** Where it goes on. */
  readonly before: TicketState
}

export interface Whistle {
  readonly by: string
  readonly at: number
  /** By then each department has to have reported for duty. */
  readonly dueAt: number
  readonly departments: readonly Whistled[]
}

export interface Whistled {
  readonly department: string
  readonly reportedBy?: string
  readonly reportedAt?: number
}

export interface ForwardedTo {
  readonly system: string
  readonly remoteId: string
  readonly url?: string
}

export function isOpen(ticket: Pick<Ticket, 'state'>): boolean {
  return !['closed', 'declined', 'withdrawn'].includes(ticket.state)
}

/** Work is still to be done on it. */
export function isRunning(ticket: Pick<Ticket, 'state'>): boolean {
  return ['accepted', 'dispatched', 'handling'].includes(ticket.state)
}

/** Reported or supported it. */
export function takesPart(ticket: Pick<Ticket, 'reporter' | 'supporters'>, person: string): boolean {
  return ticket.reporter === person || ticket.supporters.includes(person)
}

/** Who has it, or should have taken it. */
export function ownerOf(ticket: Pick<Ticket, 'responsible' | 'assigned'>): string | undefined {
  const { responsible, assigned } = ticket
  // another system that took it answers to nobody here: a person of ours still does
  return responsible?.startsWith('system/') ? assigned : (responsible ?? assigned)
}
