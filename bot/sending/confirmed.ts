import { decideAndCommit } from '../commit.ts'
import type { House } from '../house.ts'
import { copyEnded } from '../notices/copies/finish.ts'
import { outboxPut } from '../notices/copies/respread.ts'
import type { Echoes } from './echoes.ts'
import type { OutboxEntry } from './outbox-documents.ts'

/** It is on disk as sent. Its echo is not needed, or came before that, or is still to come. */
export async function confirmed(
  house: House,
  echoes: Echoes,
  entry: OutboxEntry,
  isProved: boolean,
): Promise<void> {
  const echo = isProved ? echoes.take(entry) : echoes.sent(entry)
  if (!isProved && echo !== undefined) await confirmEntry(house, entry, echo)
}

/** Its echo proves that it arrived. */
export async function confirmEntry(
  house: House,
  { id, notice }: Pick<OutboxEntry, 'id' | 'notice'>,
  messageId: string,
): Promise<void> {
  await decideAndCommit(house, async (reading) => {
    const entry = await reading.get('outbox', id)
    if (entry?.state !== 'sent') return undefined
    const cause = { id: `${id}/echo`, group: null, lines: [] }
    return { cause, outcome: { puts: [outboxPut({ ...entry, state: 'confirmed', messageId })] } }
  })
  if (notice !== undefined) await copyEnded(house, notice)
}
