import { z } from 'zod'
import type { Decided } from '../doors/decided.ts'
import type { Outcome } from '../outcome.ts'
import type { Query } from '../ports/store.ts'
import type { Reading } from '../reading.ts'
import type { Delivery } from './delivery.ts'
import { freshState } from './system-state.ts'

/** What an operator asks of the queue to other systems. */

const system = z.string().min(1).max(40)
const ticket = z.string().regex(/^20\d{6}-\d{3,6}$/u, 'a whole ticket number, for example 20261120-003')

export const retryCommand = z.strictObject({
  type: z.literal('forward.retry'),
  /** Default: all that waits or failed. */
  system: system.exactOptional(),
  ticket: ticket.exactOptional(),
})

export const deliveriesQuery = z.strictObject({
  type: z.literal('deliveries'),
  system: system.optional(),
  ticket: ticket.optional(),
  /** `open`: what waits, failed, or differs. */
  which: z.enum(['open', 'all']).default('open'),
})

/** One commit takes no more. */
const most = 5_000

/** What waits or failed is tried again now, and no system rests any longer. */
export async function retry(
  reading: Reading,
  asked: z.infer<typeof retryCommand>,
  now: number,
): Promise<Decided> {
  // named by its number it is sent in any case, also to whoever turned it down
  const where: Query['where'] =
    asked.ticket === undefined ? { state: { in: ['waiting', 'failed'] } } : { ticket: asked.ticket }
  const { documents } = await reading.find('deliveries', { where, limit: 10_000 })
  const meant = documents.filter((each) => fits(each, asked)).slice(0, most)
  const puts: Outcome['puts'] = meant.map((delivery) => ({
    collection: 'deliveries',
    document: { ...delivery, state: 'waiting', dueAt: now, attempts: 0 },
  }))
  const names = [...new Set([...meant.map((each) => each.system), ...(asked.system ? [asked.system] : [])])]
  const states = await Promise.all(names.map((name) => reading.get('systemStates', name)))
  const rested: Outcome['puts'] = states.map((state, at) => ({
    collection: 'systemStates',
    document: { ...(state ?? freshState(names[at] ?? '')), restsUntil: 0, failures: 0 },
  }))
  return { outcome: { puts: [...puts, ...rested] }, result: { deliveries: meant.length } }
}

/** Each with the state of its system. */
export async function listDeliveries(
  reading: Reading,
  asked: z.infer<typeof deliveriesQuery>,
): Promise<readonly object[]> {
  const where = asked.ticket === undefined ? undefined : { ticket: asked.ticket }
  const { documents } = await reading.find('deliveries', { ...(where && { where }), limit: 10_000 })
  const { documents: states } = await reading.find('systemStates', { limit: 1_000 })
  const meant = documents.filter(
    (each) => fits(each, asked) && (asked.which === 'all' || needsSomebody(each)),
  )
  return meant.map((delivery) => {
    const state = states.find(({ id }) => id === delivery.system)
    return { ...delivery, ...(state?.trouble && { trouble: state.trouble, restsUntil: state.restsUntil }) }
  })
}

function needsSomebody({ state, differences }: Delivery): boolean {
  return state !== 'settled' || differences.length > 0
}

function fits(
  delivery: Delivery,
  {
    system: name,
    ticket: id,
  }: { readonly system?: string | undefined; readonly ticket?: string | undefined },
): boolean {
  return (name === undefined || delivery.system === name) && (id === undefined || delivery.ticket === id)
}
