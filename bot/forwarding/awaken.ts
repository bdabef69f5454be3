import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { retry } from './forward-command.ts'

/**
 * A start is a new try: the configuration may be mended. What failed is sent again, and no system rests. What waits
 * for a system that is no longer configured waits on; `linli doctor` tells of it.
 */
export async function awaken(house: House): Promise<void> {
  for (const { name } of house.otherSystems ?? [])
    await decideAndCommit(house, async (reading) => {
      const now = house.now()
      const command = { type: 'forward.retry', system: name } as const
      const { outcome } = await retry(reading, command, now)
      return { cause: { id: `awaken/${name}/${now}`, group: null, lines: [] }, outcome }
    })
}
