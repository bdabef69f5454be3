import { isOpen, type Ticket } from '../../tickets/ticket.ts'
import { decideAndCommit } from '../commit.ts'
import { both, type Outcome } from '../outcome.ts'
import { TicketSystemError } from '../ports/ticket-system.ts'
import type { Reading } from '../reading.ts'
import { answered, type Call, putState, stateOf, troubled } from './call.ts'
import { type Delivery, referenceOf } from './delivery.ts'
import { hear } from './hear.ts'
import { tellSoon } from './system-state.ts'

/** Begins a round: the deliveries whose tickets are open, and the time of the next round. */
export async function openOverThere(call: Call): Promise<readonly string[]> {
  const { house, system } = call
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await house.store.find<Delivery>('deliveries', {
      ...{ where: { system: system.name, live: true }, limit: 1_000 },
      ...(cursor !== undefined && { cursor }),
    })
    ids.push(...page.documents.filter(({ remoteId }) => remoteId !== undefined).map(({ id }) => id))
    if (page.next === undefined) break
    cursor = page.next
  }
  await decideAndCommit(house, async (reading) => {
    const state = await stateOf(reading, call)
    const pollAt = house.now() + (system.pollEvery ?? 0)
    return { cause: causeOf(call, 'round'), outcome: putState({ ...state, pollAt }) }
  })
  return ids
}

/** How is it going with this one? */
export async function ask(call: Call, id: string): Promise<void> {
  const { house } = call
  const delivery = await house.store.get<Delivery>('deliveries', id)
  const reference = delivery && referenceOf(delivery)
  if (!delivery || !reference) return
  const ticket = await house.store.get<Ticket>('tickets', delivery.ticket)
  if (!ticket || !isOpen(ticket)) return note(call, id, async () => ({ live: false }))
  try {
    if ((await hear(call, delivery, reference)) === 'lost') await noteLost(call, delivery)
    await decideAndCommit(house, async (reading) => {
      const outcome = await answered(reading, call)
      return outcome.puts ? { cause: causeOf(call, id), outcome } : undefined
    })
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error
    await note(call, id, async () => ({ error: error.message.slice(0, 500) }), error)
  }
}

/** Whoever took it away over there may have had a reason: it is made anew only when there is news of it. */
async function noteLost(call: Call, { id, remoteId = '' }: Delivery): Promise<void> {
  const lost = { field: 'ticket', ours: remoteId, theirs: '' }
  await note(call, id, async (before) => {
    if (before.differences.some(({ field }) => field === lost.field)) return {}
    return { differences: [...before.differences, lost], untold: true }
  })
}

async function note(
  call: Call,
  id: string,
  change: (before: Delivery) => Promise<Partial<Delivery>>,
  error?: TicketSystemError,
): Promise<void> {
  await decideAndCommit(call.house, async (reading) => {
    const before = await reading.get('deliveries', id)
    if (!before) return undefined
    const changed = await change(before)
    const document: Delivery = { ...before, ...changed }
    const outcome: Outcome = { puts: [{ collection: 'deliveries', document }] }
    const more = changed.untold ? both(outcome, await telling(reading, call)) : outcome
    return {
      cause: causeOf(call, id),
      outcome: error ? await troubled(reading, call, error, more, false) : more,
    }
  })
}

async function telling(reading: Reading, call: Call): Promise<Outcome> {
  return putState(tellSoon(await stateOf(reading, call), call.house.now()))
}

function causeOf({ house, system }: Call, what: string) {
  return { id: `poll/${system.name}/${what}/${house.now()}`, group: null, lines: [] }
}
