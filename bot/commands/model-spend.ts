import type { ModelServer } from '../../adapters/llm/open-ai-model.ts'
import { localDate } from '../../tickets/shanghai-time.ts'
import type { Counter } from '../documents.ts'
import type { Store } from '../ports/store.ts'

/** What the model server has cost today, kept over restarts: a budget that a crash resets is none. */
type Spend = ReturnType<ModelServer['spend']>

const everyMinute = 60_000
const counters = { calls: 'model-calls', tokens: 'model-tokens' } as const

export async function spentToday(store: Store, now: number): Promise<Spend> {
  const day = localDate(now)
  const amountOf = async (name: string) =>
    (await store.get<Counter>('counters', `${name}/${day}`))?.value ?? 0
  return { day, calls: await amountOf(counters.calls), tokens: await amountOf(counters.tokens) }
}

/** Writes it down every minute in which it changed; gives the way to stop, which writes a last time. */
export function keepSpend(
  store: Store,
  model: ModelServer,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let kept = model.spend()
  const keep = async () => {
    const spend = model.spend()
    if (spend.calls === kept.calls && spend.tokens === kept.tokens && spend.day === kept.day) return
    kept = spend
    await store.commit(
      (['calls', 'tokens'] as const).map((what) => {
        const id = `${counters[what]}/${spend.day}`
        return { collection: 'counters', id, put: { id, value: spend[what] } as Counter }
      }),
    )
  }
  const timer = setInterval(() => keep().catch(onFailure), everyMinute).unref()
  return async () => {
    clearInterval(timer)
    await keep()
  }
}
