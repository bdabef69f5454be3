import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { day } from '../../tickets/shanghai-time.ts'
import { isReportFile } from './press.ts'

/** Longer than a year, so that last year's month can still be laid beside this one's. */
const kept = 400 * day

/** Old reports go; what people put beside them stays. */
export async function sweepReports(folder: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!isReportFile(name)) continue
    const path = join(folder, name)
    if (now - (await stat(path)).mtimeMs > kept) await rm(path, { force: true })
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    // no report was made yet
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
