import type { Difference, ForwardedTicket } from '../../../bot/ports/ticket-system.ts'
import { isoShanghai } from '../../../tickets/shanghai-time.ts'
import type { Row } from './answers.ts'
import { instantOf, standardState } from './states.ts'

/** What was sent for a ticket. */
export interface Sent {
  readonly service: string
  readonly description: string
  readonly address: string
}

/** What they say otherwise than we do. Of a field that they leave out nothing can be said. */
export function differencesOf(ticket: ForwardedTicket, sent: Sent, row: Row): readonly Difference[] {
  const { service_code, description, address, status, expected_datetime } = row
  return [
    ...differs('service_code', sent.service, service_code, same),
    ...differs('description', sent.description, description, contains),
    ...differs('address', sent.address, address, overlaps),
    ...differs('status', standardState(ticket.state), status, isAsOpen),
    ...differs('expected_datetime', isoShanghai(ticket.deadline), expected_datetime, isNotLater),
  ]
}

function differs(
  field: string,
  ours: string,
  theirs: string | undefined,
  agree: (ours: string, theirs: string) => boolean,
): readonly Difference[] {
  if (ours === '' || theirs === undefined || agree(ours, theirs)) return []
  return [{ field, ours, theirs }]
}

function same(ours: string, theirs: string): boolean {
  return squeezed(ours) === squeezed(theirs)
}

/** They may put words before and behind. */
function contains(ours: string, theirs: string): boolean {
  return squeezed(theirs).includes(squeezed(ours))
}

/** Addresses are completed, or shortened to what their map knows. */
function overlaps(ours: string, theirs: string): boolean {
  const [mine, yours] = [squeezed(ours), squeezed(theirs)]
  return yours.includes(mine) || mine.includes(yours)
}

function isAsOpen(ours: string, theirs: string): boolean {
  const word = theirs.trim().toLowerCase()
  // what is neither is a finer word; the state's mapping looks after it
  return !['open', 'closed'].includes(word) || word === ours
}

function isNotLater(ours: string, theirs: string): boolean {
  const at = instantOf(theirs)
  return at === undefined || at <= Date.parse(ours)
}

function squeezed(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '')
}
