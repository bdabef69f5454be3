import { type Anchor, type AnchoredHead, type ForgottenTicket, hashOfAnchor } from './anchor.ts'
import { instantOf } from './shanghai-time.ts'
import type { LedgerFault } from './verify.ts'

/** Does one anchor hold, and does what it says of tickets agree with what is kept of them? Pure. */

/** `previous`: the hash of the anchor before; undefined when it is not known, because only a part is looked at. */
export function anchorFaults(anchor: Anchor, previous: string | undefined): readonly LedgerFault[] {
  const fault = (what: string) => ({ place: String(anchor.id), field: 'anchor' as const, what })
  if (hashOfAnchor(anchor) !== anchor.hash) return [fault('its hash does not fit: the anchor was changed')]
  if (previous === undefined || anchor.previous === previous) return []
  return [fault('it does not follow the anchor before: one was removed, changed, or made anew')]
}

/** What an anchor says of one ticket, beside what is kept of it now. */
export interface HeadKept {
  /** Hash of the event with that number, as it is stored. */
  readonly found: string | undefined
  /** The record that stays when the ticket was forgotten. */
  readonly forgotten: ForgottenTicket | undefined
}

export function headFault(
  anchor: string,
  [ticket, sequence, head]: AnchoredHead,
  { found, forgotten }: HeadKept,
): LedgerFault | undefined {
  const fault = (what: string) => ({ place: ticket, event: sequence, field: 'anchor' as const, what })
  if (found === head) return undefined
  if (found !== undefined) return fault(`anchor ${anchor} knows another chain: events were made anew`)
  if (!forgotten) return fault(`anchor ${anchor} knows this event, and it is not there`)
  const before = forgotten.sequence > sequence
  if (before || (forgotten.sequence === sequence && forgotten.head === head)) return undefined
  return fault(`anchor ${anchor} knows another chain than the record of its forgetting`)
}

/** `keeps`: how long tickets were kept by the rules of that time, ms. */
export function forgottenFault(
  record: ForgottenTicket,
  keeps: ReadonlySet<number>,
  stillThere: boolean,
): LedgerFault | undefined {
  const fault = (what: string) => ({ place: String(record.id), field: 'forgotten' as const, what })
  if (stillThere) return fault('it was recorded as forgotten, and is still there')
  if (!keeps.has(record.keep)) return fault('it was forgotten by a rule that was never in force')
  const opened = instantOf(`${record.id.slice(0, 4)}-${record.id.slice(4, 6)}-${record.id.slice(6, 8)}`, 0)
  const last = Math.max(opened, record.lastEventAt)
  return last + record.keep <= record.at ? undefined : fault('it was forgotten before its time was over')
}
