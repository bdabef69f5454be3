import { faultsOfLedger } from './lawful.ts'
import type { Lived } from './month.ts'
import { faultsOfNotices } from './notices.ts'
import { brokenPromises } from './promises.ts'
import { faultsOfReports } from './recount.ts'

/** One sentence for each fault. */
export interface Judgement {
  readonly ledger: readonly string[]
  readonly promises: readonly string[]
  readonly reports: readonly string[]
}

/** Everything that must hold after a district has lived for a while. */
export async function judge(lived: Lived): Promise<Judgement> {
  return {
    ledger: await faultsOfLedger(lived),
    promises: [...(await brokenPromises(lived)), ...(await faultsOfNotices(lived))],
    reports: await faultsOfReports(lived, lived.lastDay),
  }
}
