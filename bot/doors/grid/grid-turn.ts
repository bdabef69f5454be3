import type { Put, Reading } from '../../reading.ts'

const counterId = 'grid'

/**
 * Who is new has a random id, which nobody else can expect to be absent: whoever enters people reads this before
 * anything else and puts it back counted on, so that of two at once the slower one decides anew, and finds them there.
 */
export async function takeTurn(reading: Reading): Promise<Put> {
  const value = ((await reading.get('counters', counterId))?.value ?? 0) + 1
  return { collection: 'counters', document: { id: counterId, value } }
}
