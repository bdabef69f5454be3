import type { Put, Reading } from '../reading.ts'

/** The number of a new notice, N12, and the counter that has to be written with it. */
export async function nextNoticeId(reading: Reading): Promise<{ readonly id: string; readonly put: Put }> {
  const value = ((await reading.get('counters', 'notice'))?.value ?? 0) + 1
  return { id: `N${value}`, put: { collection: 'counters', document: { id: 'notice', value } } }
}
