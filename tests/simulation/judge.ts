import { faultsOfLedger } from './lawful.ts'
import type { Lived } from './month.ts'
import { brokenPromises } from './promises.ts'
import { faultsOfReports } from './recount.ts'

/** Everything that must hold after a district has lived for a while: one sentence for each fault. */
export async function judge(lived: Lived): Promise<Readonly<Record<string, readonly string[]>>> {
  return {
    ledger: await faultsOfLedger(lived),
    promises: await brokenPromises(lived),
    reports: await faultsOfReports(lived, lived.lastDay),
  }
}
