import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { day, localDate } from '../../tickets/shanghai-time.ts'
import type { Config } from '../config.ts'
import type { LedgerReport } from '../ledger/verify-ledger.ts'
import { bad, type Finding, good, note } from './finding.ts'
import { queryRows } from './operator-door.ts'

/** Is the ledger anchored every day, and do the tickets of the last day hold? Asked of the running bot, or of the data. */
export async function checkLedger(root: string, { dataFolder }: Config): Promise<Finding> {
  const quiet = { root, print: () => undefined, warn: () => undefined }
  const now = Date.now()
  const from = localDate(now - day)
  const [report] = await queryRows<LedgerReport>(quiet, { type: 'ledger.verify', from })
  const running = await callRunningBot(dataFolder)
  await running?.close()
  const [newest] = await queryRows<{ readonly id: string }>(quiet, { type: 'ledger.anchors', limit: 1 })
  return ledgerFinding(report as LedgerReport, { last: newest?.id, running: running !== undefined, now })
}

interface Anchoring {
  /** Id of the newest anchor. */
  readonly last: string | undefined
  readonly running: boolean
  /** ms since 1970. */
  readonly now: number
}

const remedy = '`linli ledger verify` names every place, and says what to do'

export function ledgerFinding(report: LedgerReport, { last, running, now }: Anchoring): Finding {
  const { faultCount, faults, tickets } = report
  const [first] = faults
  if (first)
    return bad(`ledger: ${faultCount} of the last day does not hold: ${first.place}, ${first.what}`, remedy)
  const held = `the ${tickets} tickets that changed since yesterday hold`
  if (last === undefined) {
    const when = 'a running bot makes the first at 00:05; `linli ledger anchor` makes one now'
    return note(`ledger: ${held}; it has no anchor yet`, when)
  }
  const old = last.slice(0, 10) < localDate(now - 2 * day)
  if (old && running)
    return bad(
      `ledger: ${held}, but the last anchor is ${last}, though the bot runs`,
      'make one with `linli ledger anchor`, and look at what the bot printed at 00:05',
    )
  return good(`ledger: ${held}; the last anchor is ${last}`)
}
