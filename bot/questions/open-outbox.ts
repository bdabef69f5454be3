import type { Reading, Removal } from '../reading.ts'

/** What a cause has put into the outbox and was not sent yet. Its entries are numbered: see commit.ts. */
export async function openOutbox(reading: Reading, cause: string): Promise<Removal[]> {
  const unsent: Removal[] = []
  for (let count = 1; ; count++) {
    const id = `${cause}/${String(count).padStart(3, '0')}`
    const entry = await reading.get('outbox', id)
    if (!entry) return unsent
    if (entry.state === 'queued') unsent.push({ collection: 'outbox', id })
  }
}
