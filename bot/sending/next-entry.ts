import type { House } from '../house.ts'
import type { AccountState } from '../notices/notice.ts'
import type { Instant } from '../ports/chat.ts'
import type { Stored } from '../ports/store.ts'
import { type Gaps, keyOf } from './gaps.ts'
import type { OutboxEntry } from './outbox-documents.ts'
import { noticesFrom } from './outbox-order.ts'

export interface Next {
  readonly entry: Stored<OutboxEntry>
  /** From when it may be sent. */
  readonly at: Instant
}

const page = 50

/**
 * What this account sends next: the first in the queue that may go out now, else the one that may soonest. Notices are
 * looked at only when nothing else can go, and not at all while the account rests from them, so that a district's worth
 * of them is never in the way of an answer.
 * @param busy conversations that something is being sent to
 */
export async function nextEntry(
  house: House,
  account: string,
  gaps: Gaps,
  busy: ReadonlySet<string> = new Set(),
): Promise<Next | undefined> {
  const state = await house.store.get<AccountState>('accountStates', account)
  const resting = state?.lastRest?.reason === 'rate' ? state.lastRest.until : 0
  const look = { account, gaps, busy, resting }
  const answer = await firstOf(house, look, { lt: noticesFrom })
  const now = house.now()
  if (state?.paused || (answer && answer.at <= now)) return answer
  const notice = await firstOf(house, look, { gte: noticesFrom })
  return notice && (!answer || notice.at < answer.at) ? notice : answer
}

interface Look {
  readonly account: string
  readonly gaps: Gaps
  readonly busy: ReadonlySet<string>
  readonly resting: Instant
}

/** Page after page only as long as something further behind could go sooner: what waits for the morning blocks nobody. */
async function firstOf(
  house: House,
  { account, gaps, busy, resting }: Look,
  ranks: { readonly lt: number } | { readonly gte: number },
): Promise<Next | undefined> {
  let soonest: Next | undefined
  for await (const entries of pagesOf(house, account, ranks)) {
    for (const entry of entries) {
      if (busy.has(keyOf(entry))) continue
      const at = gaps.waitFor(entry, resting)
      if (at <= house.now()) return { entry, at }
      if (!soonest || at < soonest.at) soonest = { entry, at }
    }
    const last = entries.at(-1)
    if (soonest && last && soonest.at <= gaps.waitForAccount(last, resting)) break
  }
  return soonest
}

async function* pagesOf(
  house: House,
  account: string,
  ranks: { readonly lt: number } | { readonly gte: number },
): AsyncGenerator<readonly Stored<OutboxEntry>[]> {
  const query = { where: { account, state: 'queued' }, order: 'rank', limit: page }
  for (let cursor: string | undefined; ; ) {
    const { documents, next } = await house.store.find<OutboxEntry>('outbox', {
      ...{ ...query, range: { field: 'rank', ...ranks } },
      ...(cursor !== undefined && { cursor }),
    })
    yield documents
    if (next === undefined) return
    cursor = next
  }
}
