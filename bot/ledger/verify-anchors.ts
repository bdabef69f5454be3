import {
  type Anchor,
  type AnchoredHead,
  type ForgottenTicket,
  hashOfAnchor,
  hashOfForgotten,
} from '../../tickets/anchor.ts'
import { genesis } from '../../tickets/chain.ts'
import type { TicketEvent } from '../../tickets/event.ts'
import { anchorFaults, headFault } from '../../tickets/verify-anchors.ts'
import { everyPage } from './pages.ts'
import type { Inspection, LedgerReport } from './verify-ledger.ts'

interface Anchored {
  /** How long tickets were kept by each rule that was ever in force, ms. */
  readonly keeps: ReadonlySet<number>
  readonly last: LedgerReport['lastAnchor']
  readonly known: LedgerReport['knownAnchor']
}

/** The anchors follow one another, and every event that one of them names is there with that hash. */
export async function verifyAnchors(inspection: Inspection): Promise<Anchored> {
  const { store, options } = inspection
  const keeps = new Set([options.keep])
  let previous = await hashBefore(inspection)
  let last: Anchored['last'] = null
  let known: Anchored['known'] = null
  const range = { field: 'id', gte: options.from ?? '' }
  for await (const page of everyPage(store, 'anchors', { range, limit: 20 }))
    for (const anchor of page) {
      if (await verifyAnchor(inspection, anchor, previous)) keeps.add(anchor.keep)
      const { id, at, hash } = anchor
      previous = hash
      last = { id, at, hash }
      if (hash === options.anchor) known = id
    }
  if (options.anchor !== undefined && known === null)
    inspection.report({
      ...{ place: options.anchor, field: 'anchor' },
      what: 'no anchor has this hash: the anchors were made anew, or one was removed',
    })
  return { keeps, last, known }
}

/** @returns whether it is what was written: what an anchor that was changed says of tickets is nothing to go by */
async function verifyAnchor(
  inspection: Inspection,
  anchor: Anchor,
  previous: string | undefined,
): Promise<boolean> {
  inspection.count('anchors')
  inspection.report(...anchorFaults(anchor, previous))
  if (hashOfAnchor(anchor) !== anchor.hash) return false
  for (const head of anchor.heads) await verifyHead(inspection, anchor, head)
  for (const head of anchor.forgotten) await verifyGone(inspection, anchor, head)
  return true
}

/** Undefined when a part of the ledger is looked at, and no anchor stands before it. */
async function hashBefore({ store, options: { from } }: Inspection): Promise<string | undefined> {
  if (from === undefined) return genesis
  const range = { field: 'id', lt: from }
  return (await store.find<Anchor>('anchors', { range, descending: true, limit: 1 })).documents[0]?.hash
}

async function verifyHead(inspection: Inspection, { id }: Anchor, head: AnchoredHead): Promise<void> {
  const { store } = inspection
  const [ticket, sequence] = head
  const event = await store.get<TicketEvent>('ticketEvents', `${ticket}:${sequence}`)
  if (event?.hash === head[2]) return
  const forgotten = await store.get<ForgottenTicket>('forgottenTickets', ticket)
  const fault = headFault(id, head, { found: event?.hash, forgotten })
  if (fault) inspection.report(fault)
}

/** That it was forgotten stays on record: else whoever takes a ticket out could say so later. */
async function verifyGone({ store, report }: Inspection, { id }: Anchor, gone: AnchoredHead): Promise<void> {
  const [ticket, , hash] = gone
  const record = await store.get<ForgottenTicket>('forgottenTickets', ticket)
  if (record && hashOfForgotten(record) === hash) return
  const what = `anchor ${id} knows that it was forgotten, and the record of it is missing or was changed`
  report({ place: ticket, field: 'forgotten', what })
}
