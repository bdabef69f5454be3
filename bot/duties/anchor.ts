import { minute, nextTime } from '../../tickets/shanghai-time.ts'
import type { House } from '../house.ts'
import { newAnchors } from '../ledger/make-anchors.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import type { Timer } from '../timer.ts'

/** Once a day, when the day before is over: the heads of all chains that grew are anchored. */
const afterMidnight = 5 * minute

export function firstAnchoring(now: number): Timer {
  return { id: 'anchor', kind: 'anchor', dueAt: nextTime(afterMidnight, now) }
}

export async function anchorLedger(
  house: House,
  reading: Reading,
  timer: Timer & { readonly kind: 'anchor' },
): Promise<Outcome> {
  const now = house.now()
  if (!house.settings.scheduledDuties) return { timers: [{ ...timer, dueAt: nextTime(afterMidnight, now) }] }
  const { anchors, puts } = await newAnchors(reading, { now, keep: house.settings.keep.tickets })
  const heads = anchors.reduce((sum, anchor) => sum + anchor.heads.length, 0)
  return {
    puts,
    timers: [{ ...timer, dueAt: nextTime(afterMidnight, now) }],
    why: `anchored ${heads} tickets in ${anchors.at(-1)?.id}`,
  }
}
