import type { Reading } from '../reading.ts'
import { ancestorsOf } from './directory.ts'

/** Somebody who answers for `places` answers for this one: it is one of them, holds one, or lies below one. */
export async function reachesPlace(
  reading: Reading,
  places: readonly string[],
  place: string,
): Promise<boolean> {
  const above = await ancestorsOf(reading, [place])
  if (places.some((each) => above.has(each))) return true
  return (await ancestorsOf(reading, places)).has(place)
}
