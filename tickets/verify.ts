import { type ChainFault, canonical, faultIn, genesis } from './chain.ts'
import type { TicketEvent } from './event.ts'
import { applyEvent } from './fold.ts'
import { isAllowedBy, type Standing } from './lifecycle.ts'
import type { Ticket, TicketNumber } from './ticket.ts'

/** Does what is kept about one ticket hold together? Pure: bot/ledger gathers what is looked at here. */

/** Which part of the ledger does not hold; what to do about each stands in verify-remedies.ts. */
export type FaultField =
  /** What happened, when, or by whom. */
  | 'facts'
  /** What somebody wrote, photographed, or where it is. */
  | 'words'
  /** Events that are missing, or stand in another place. */
  | 'order'
  /** An event that the table of lawful changes does not allow. */
  | 'unlawful'
  /** The ticket says otherwise than its events. */
  | 'ticket'
  | 'anchor'
  /** A number that was given and is not there. */
  | 'number'
  | 'people'
  | 'messages'
  | 'forgotten'

export interface LedgerFault {
  /** Ticket number, or the id of an anchor. */
  readonly place: string
  /** Number of the event. */
  readonly event?: number
  readonly field: FaultField
  /** What was expected and what is there. */
  readonly what: string
}

/** Of one ticket more than this tells nothing new. */
const mostFaults = 5

export interface TicketKept {
  readonly id: TicketNumber
  /** As it is stored; undefined when it is not there. */
  readonly document: unknown
  /** As they are stored, by sequence. */
  readonly events: readonly TicketEvent[]
}

/** The faults, and the ticket as its events tell it: undefined when the events cannot be trusted. */
export function verifyTicket(kept: TicketKept): {
  readonly faults: readonly LedgerFault[]
  readonly ticket?: Ticket
} {
  const { id, document, events } = kept
  const fault = (field: FaultField, what: string) => ({ place: id, field, what })
  if (events.length === 0) return { faults: [fault('order', 'the ticket is there, and none of its events')] }
  const chained = chainFaults(kept)
  if (chained.length > 0) {
    const faults = document === undefined ? [...chained, fault('ticket', notThere)] : chained
    return { faults: faults.slice(0, mostFaults) }
  }
  const { faults, ticket } = refold(id, events)
  if (faults.length > 0 || !ticket) return { faults }
  if (document === undefined) return { faults: [fault('ticket', notThere)], ticket }
  const differing = differingFields(document, ticket)
  if (differing.length === 0) return { faults: [], ticket }
  return {
    faults: [fault('ticket', `its events tell it otherwise than the ticket does: ${differing.join(', ')}`)],
    ticket,
  }
}

const notThere = 'its events are there, and the ticket is not'

function chainFaults({ id, events }: TicketKept): LedgerFault[] {
  const erased = erasures(events)
  const faults: LedgerFault[] = []
  let previous = genesis
  let expected = 1
  for (const event of events) {
    if (event.sequence !== expected || event.id !== `${id}:${expected}` || event.ticket !== id) {
      const what = `expected event ${expected}, found ${String(event.id)}`
      return [...faults, { place: id, event: expected, field: 'order', what }]
    }
    const wrong = faultIn(event, previous, erased.get(expected))
    if (wrong) faults.push({ place: id, event: expected, ...toldOf[wrong] })
    previous = event.hash
    expected += 1
  }
  return faults
}

const toldOf: Readonly<Record<ChainFault, { readonly field: FaultField; readonly what: string }>> = {
  hash: {
    field: 'facts',
    what: 'its hash does not fit: what happened, when, by whom, or what it follows was changed',
  },
  words: { field: 'words', what: 'its words, place, photos or messages are not those that were sealed' },
  'erased without record': { field: 'words', what: 'its words were taken out, and no event records it' },
  'words came back': { field: 'words', what: 'words stand there that were erased' },
}

/** Sequence → what its last erasure left. Records that are no list were changed: their own hash tells. */
function erasures(events: readonly TicketEvent[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  for (const event of events) {
    if (event.type !== 'erased' || !Array.isArray(event.sequences) || !Array.isArray(event.remains)) continue
    for (const [at, sequence] of event.sequences.entries())
      if (sequence < event.sequence) found.set(sequence, String(event.remains[at]))
  }
  return found
}

function refold(
  id: TicketNumber,
  events: readonly TicketEvent[],
): { faults: LedgerFault[]; ticket?: Ticket } {
  let ticket: Ticket | undefined
  for (const event of events) {
    const unlawful = (what: string) => ({
      faults: [{ place: id, event: event.sequence, field: 'unlawful' as const, what }],
    })
    if (ticket && !isAllowedBy(possibleStandings(event.by, ticket), event.type))
      return unlawful(`${event.type} by ${event.by} is not lawful`)
    try {
      ticket = applyEvent(ticket, event)
    } catch (error) {
      // any error: who seals events anew may write into them what no type foresees
      return unlawful(error instanceof Error ? error.message : String(error))
    }
  }
  return { faults: [], ...(ticket && { ticket }) }
}

const ofPersons: readonly Standing[] = [
  ...(['resident', 'volunteer', 'grid_worker'] as const),
  ...(['grid_leader', 'department', 'admin'] as const),
]

/** The roster of that time is not kept: whoever is a person may have had any role, but was reporter or not. */
function possibleStandings(by: string, { reporter, supporters }: Ticket): readonly Standing[] {
  if (by === 'bot' || by === 'operator') return [by]
  if (by.startsWith('system/')) return ['system']
  return [
    ...ofPersons,
    ...(reporter === by ? (['reporter'] as const) : []),
    ...(supporters.includes(by) ? (['supporter'] as const) : []),
  ]
}

/** `version` belongs to the store, which counts writes. */
function differingFields(document: unknown, ticket: Ticket): string[] {
  const { version: _, ...kept } = document as Readonly<Record<string, unknown>>
  const told = ticket as unknown as Readonly<Record<string, unknown>>
  const fields = new Set([...Object.keys(kept), ...Object.keys(told)])
  const differs = (field: string) =>
    (kept[field] === undefined) !== (told[field] === undefined) ||
    canonical(kept[field]) !== canonical(told[field])
  return [...fields].filter(differs)
}
