import type { House } from '../house.ts'
import type { Outcome } from '../outcome.ts'
import type { Reading } from '../reading.ts'
import { newAnchors } from './make-anchors.ts'

/** `linli ledger anchor`: what is anchored now cannot be made anew unnoticed in the hours until midnight. */
export async function anchorNow(
  house: House,
  reading: Reading,
): Promise<{ readonly outcome: Outcome; readonly result: Readonly<Record<string, string | number>> }> {
  const keep = house.settings.keep.tickets
  const { anchors, puts } = await newAnchors(reading, { now: house.now(), keep })
  const last = anchors.at(-1)
  const tickets = anchors.reduce((sum, { heads }) => sum + heads.length, 0)
  return { outcome: { puts }, result: { anchor: last?.id ?? '', hash: last?.hash ?? '', tickets } }
}
