import type { TicketChange } from '../outcome.ts'
import type { Put, Reading } from '../reading.ts'

/** Messages know which tickets came of them: they are kept until the last of these is forgotten. */
export function ticketsWith(
  known: readonly string[] | undefined,
  facts: readonly TicketChange[],
): readonly string[] {
  return [...new Set([...(known ?? []), ...facts.map(({ ticket }) => ticket)])]
}

/** For messages that are not the lines of the decision: staff who answer an alert by saying anything. */
export async function linkMessages(
  reading: Reading,
  messages: readonly string[],
  facts: readonly TicketChange[],
): Promise<readonly Put[]> {
  const puts: Put[] = []
  if (facts.length === 0) return puts
  for (const id of messages) {
    const entry = await reading.get('inbox', id)
    if (!entry) continue
    const document = { ...entry, forgetAt: null, tickets: ticketsWith(entry.tickets, facts) }
    puts.push({ collection: 'inbox', document })
  }
  return puts
}
