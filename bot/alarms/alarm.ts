import { isRunning, type Ticket, type TicketNumber } from '../../tickets/ticket.ts'
import type { Instant } from '../ports/chat.ts'

/** An alarm of another system, by its own id, and the ticket that it is. */
export interface Alarm {
  /** `${source}/${their id}` */
  readonly id: string
  /** Name of the api key. */
  readonly source: string
  /** Key of tickets/alarms.yaml. */
  readonly kind: string
  /** The same device with the same kind: platforms that count each signal anew still speak of one matter. */
  readonly series?: string
  /** `over`: ended, and quiet for long enough. */
  readonly state: 'raised' | 'ended' | 'over'
  /** The newest; null when only its end was ever heard of. */
  readonly ticket: TicketNumber | null
  /** Key of tickets/alarms.yaml. */
  readonly level?: string
  /** What was said last, to tell news from repetition. */
  readonly text?: string
  /** Their id of what measures or sees. */
  readonly device?: string
  /** The newest report that counted, by their clock. */
  readonly at: Instant
  readonly raisedAt?: Instant
  readonly endedAt?: Instant
  /** When words were last added to the ticket. */
  readonly toldAt: Instant
  /** null while it lasts. */
  readonly forgetAt: Instant | null
}

export function alarmId(source: string, id: string): string {
  return `${source}/${id}`
}

export function seriesOf(source: string, kind: string, device: string): string {
  return [source, kind, device].join('/')
}

/** Neither done nor ended: what is heard of its alarm belongs to it. */
export function isAtWork(ticket: Ticket): boolean {
  return isRunning(ticket) || ticket.state === 'on_hold'
}

export function alarmTimer(id: string): string {
  return `alarm/${id}`
}
