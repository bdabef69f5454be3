import { z } from 'zod'
import { categories } from '../../intents/understanding.ts'
import { reportKinds } from '../../tickets/reports/period.ts'
import { ticketStates } from '../../tickets/ticket.ts'

/** What can be asked about the ledger as a whole: a report, and its rows page by page. */
const place = z.string().trim().min(1).max(80).exactOptional()
const date = z.iso.date('a day like 2026-11-19').exactOptional()

/** Which tickets of the ledger; all that is given has to fit. */
export const ledgerFilter = {
  /** Opened on that day or later; on that day or earlier. */
  from: date,
  to: date,
  place,
  category: z.enum(categories).exactOptional(),
  state: z.enum(ticketStates).exactOptional(),
  department: z.string().trim().min(1).max(40).exactOptional(),
  light: z.enum(['blue', 'yellow', 'red']).exactOptional(),
}

export const reportQueries = [
  z.strictObject({
    type: z.literal('report'),
    kind: z.enum(reportKinds),
    place,
    /** A day of the period; today when absent. */
    at: date,
    /** With the names of those who are responsible. */
    staff: z.boolean().exactOptional(),
  }),
  z.strictObject({
    type: z.literal('ledger.rows'),
    ...ledgerFilter,
    /** Id of the command `ledger.unmask` by which personal data was asked for. */
    unmasked: z.string().min(1).max(120).exactOptional(),
    /** `next` of the page before. */
    cursor: z.string().min(1).max(2_000).exactOptional(),
  }),
] as const

const filterSchema = z.strictObject(ledgerFilter)
export type LedgerFilter = z.infer<typeof filterSchema>
