import type { Anchor } from '../../tickets/anchor.ts'
import { forgottenFault } from '../../tickets/verify-anchors.ts'
import { overlap } from './make-anchors.ts'
import { everyPage } from './pages.ts'
import type { Inspection } from './verify-ledger.ts'

/** Tickets go when their time is over; the record of it stays, and must agree with the rule and with the anchors. */
export async function verifyForgotten(inspection: Inspection, keeps: ReadonlySet<number>): Promise<void> {
  const { store, since } = inspection
  // by id when all are looked at: a date that was changed must not hide a record
  const lately = { order: 'at', range: { field: 'at', gte: since ?? 0 } }
  for await (const page of everyPage(store, 'forgottenTickets', since === undefined ? {} : lately))
    for (const record of page) {
      inspection.count('forgotten')
      const stillThere = (await store.get('tickets', record.id)) !== undefined
      const fault = forgottenFault(record, keeps, stillThere)
      if (fault) inspection.report(fault)
      else if (!(await isAnchored(inspection, record)))
        inspection.report({
          ...{ place: record.id, field: 'forgotten' },
          what: 'the anchors made after it do not know that it was forgotten: the record was made later',
        })
    }
}

/** In the first anchor after it, or one of its parts; or it is too young to be in any. */
async function isAnchored(
  { store }: Inspection,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const range = { field: 'at', gte: at }
  const { documents } = await store.find<Anchor>('anchors', { order: 'at', range, limit: 20 })
  if (documents.some(({ forgotten }) => forgotten.some(([ticket]) => ticket === id))) return true
  // what was removed while an anchor was made is in the next one
  const last = documents.at(-1)
  return last === undefined || last.at - at < overlap
}
