import { instantOf, type LocalDate } from '../../tickets/shanghai-time.ts'
import type { LedgerFault } from '../../tickets/verify.ts'
import type { Store } from '../ports/store.ts'
import { verifyAnchors } from './verify-anchors.ts'
import { verifyForgotten } from './verify-forgotten.ts'
import { verifyLinks } from './verify-links.ts'
import { verifyNumbers } from './verify-numbers.ts'
import { verifyTickets } from './verify-tickets.ts'

/** Everything that is kept of tickets, looked at part by part. Nothing is changed; memory stays flat. */
export interface VerifyOptions {
  /** Only what happened from that day on. Default: everything. */
  readonly from?: LocalDate | undefined
  /** Hash of an anchor that was written down elsewhere: it must be there. */
  readonly anchor?: string | undefined
  /** How long ended tickets are kept now, ms. */
  readonly keep: number
}

export interface LedgerReport {
  readonly tickets: number
  readonly events: number
  readonly anchors: number
  readonly forgotten: number
  /** The newest anchor; null before the first one. */
  readonly lastAnchor: { readonly id: string; readonly at: number; readonly hash: string } | null
  /** The anchor whose hash was asked for. */
  readonly knownAnchor: string | null
  /** At most `mostFaults`. */
  readonly faults: readonly LedgerFault[]
  /** How many there are in all. */
  readonly faultCount: number
}

const mostFaults = 1_000

/** What the parts find and count goes here. */
export interface Inspection {
  readonly store: Pick<Store, 'get' | 'find'>
  readonly options: VerifyOptions
  /** ms since 1970; undefined when everything is looked at. */
  readonly since: number | undefined
  /** 20261120 of `from`. */
  readonly sinceNumber: string | undefined
  report(...faults: readonly LedgerFault[]): void
  count(what: 'tickets' | 'events' | 'anchors' | 'forgotten', by?: number): void
}

export async function verifyLedger(
  store: Inspection['store'],
  options: VerifyOptions,
): Promise<LedgerReport> {
  const counts = { tickets: 0, events: 0, anchors: 0, forgotten: 0 }
  const faults: LedgerFault[] = []
  let faultCount = 0
  const inspection: Inspection = {
    ...{ store, options },
    since: options.from === undefined ? undefined : instantOf(options.from, 0),
    sinceNumber: options.from?.replaceAll('-', ''),
    report(...found) {
      faultCount += found.length
      faults.push(...found.slice(0, Math.max(0, mostFaults - faults.length)))
    },
    count(what, by = 1) {
      counts[what] += by
    },
  }
  await verifyTickets(inspection)
  await verifyLinks(inspection)
  await verifyNumbers(inspection)
  const { keeps, last, known } = await verifyAnchors(inspection)
  await verifyForgotten(inspection, keeps)
  return { ...counts, lastAnchor: last, knownAnchor: known, faults, faultCount }
}
