import type { RemoteState, RemoteStatus } from '../../../bot/ports/ticket-system.ts'
import type { TicketState } from '../../../tickets/ticket.ts'
import type { Row } from './answers.ts'

/** The standard knows open and closed; the others are FixMyStreet's additional states and what uReport says. */
const words: Readonly<Record<string, RemoteState>> = {
  ...{ open: 'open', confirmed: 'open', received: 'open', submitted: 'open', new: 'open' },
  ...{
    investigating: 'handling',
    'in progress': 'handling',
    planned: 'handling',
    'action scheduled': 'handling',
  },
  ...{ assigned: 'handling', referred: 'handling', 'internal referral': 'handling' },
  ...{ closed: 'done', fixed: 'done', resolved: 'done', completed: 'done' },
  ...{ 'fixed - council': 'done', 'fixed - user': 'done' },
  ...{ 'not responsible': 'declined', 'unable to fix': 'declined', 'no further action': 'declined' },
  ...{ duplicate: 'declined', rejected: 'declined', cancelled: 'declined' },
}

/** @param own words of this server, from its settings */
export function statusOf(row: Row, own: Readonly<Record<string, RemoteState>>): RemoteStatus {
  const said = row['status'] ?? ''
  const note = row['status_notes']
  const updatedAt = instantOf(row['updated_datetime'])
  return {
    state: stateOf(said, own),
    said,
    ...(note !== undefined && { note }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}

function stateOf(said: string, own: Readonly<Record<string, RemoteState>>): RemoteState {
  const exact = Object.entries(own).find(([word]) => plain(word) === plain(said))?.[1]
  return exact ?? (Object.hasOwn(words, plain(said)) ? words[plain(said)] : undefined) ?? 'unknown'
}

/** IN_PROGRESS, in-progress and In progress are one word. */
function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/_/gu, ' ')
    .replace(/(?<=\w)-(?=\w)/gu, ' ')
}

/** Only with an offset: without one nobody knows when it was. */
export function instantOf(written: string | undefined): number | undefined {
  if (written === undefined || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/iu.test(written)) return undefined
  const at = Date.parse(written)
  return Number.isNaN(at) ? undefined : at
}

/** How our state would read over there. */
export function standardState(state: TicketState): 'open' | 'closed' {
  return ['done', 'closed', 'declined', 'withdrawn'].includes(state) ? 'closed' : 'open'
}
