import { RefusedError } from '../doors/command.ts'
import { execute } from '../doors/execute.ts'
import type { RemoteReference, RemoteStatus } from '../ports/ticket-system.ts'
import { answerOf, type Call } from './call.ts'
import type { Delivery } from './delivery.ts'
import { isSame } from './remote-status.ts'

/** Reads what the other side says, and lets it move our ticket when it is new. @throws TicketSystemError */
export async function hear(
  call: Call,
  delivery: Delivery,
  reference: RemoteReference,
): Promise<'lost' | 'moved' | 'same'> {
  const { tickets } = call.system
  const status = tickets && (await answerOf(() => tickets.fetch(reference)))
  if (!status) return 'lost'
  if (delivery.remote && isSame(delivery.remote, status)) return 'same'
  await take(call, delivery.ticket, status)
  return 'moved'
}

/** What they say moves our ticket when it is new: see remote-status.ts. */
export async function take({ house, system }: Call, ticket: string, status: RemoteStatus): Promise<void> {
  const { state, said, note, updatedAt } = status
  const command = {
    ...{ type: 'ticket.system-status', ticket, state, said: said.slice(0, 200), read: true },
    ...(note !== undefined && { note: note.slice(0, 2_000) }),
    ...(updatedAt !== undefined && { at: Math.max(0, Math.round(updatedAt)) }),
  }
  // the same may be said again another day: only the instant makes it another
  const id = `read/${system.name}/${ticket}/${house.now()}`
  try {
    await execute(house, { kind: 'system', name: system.name }, id, command)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const text = `${system.name} says ${said} of ${ticket}, which was not taken over: ${error.message}`
    house.observe({ type: 'trouble', at: house.now(), text })
  }
}
