import type { House } from '../house.ts'
import type { ChatContact, ChatEvent } from '../ports/chat.ts'
import { ConflictError, type Stored } from '../ports/store.ts'
import type { Reading } from '../reading.ts'
import type { AccountLink } from './account-documents.ts'

/**
 * How the links of all accounts are, for all processes: each process writes down those of its own. With one
 * account nobody needs to know, and nothing is written.
 */

/** wechat4u gets a new contact id at each login; what an old one said is not said by anybody any more. */
const mostSelves = 20
const conflictLimit = 12

export function accountsOf({ accounts, chats }: House): readonly string[] {
  return accounts ?? chats.map(({ account }) => account)
}

export function hasSeveralAccounts(house: House): boolean {
  return (house.accounts ?? house.chats).length > 1
}

export async function linksOf(reading: Pick<Reading, 'find'>): Promise<readonly Stored<AccountLink>[]> {
  return (await reading.find('accountLinks', { limit: 1_000 })).documents
}

export async function noteLink(house: House, event: ChatEvent & { type: 'up' | 'down' }): Promise<void> {
  const { account, at } = event
  if (event.type === 'down') return keepLink(house, account, { state: 'down', at, reason: event.reason })
  return keepLink(house, account, { state: 'up', at, self: event.self })
}

/** Nobody listens to this account right now: it begins, or it has ended. */
export async function noteSilence(house: House, account: string, reason: string): Promise<void> {
  await keepLink(house, account, { state: 'down', at: house.now(), reason })
}

type Seen =
  | { readonly state: 'up'; readonly at: number; readonly self: ChatContact }
  | { readonly state: 'down'; readonly at: number; readonly reason: string }

async function keepLink(house: House, account: string, seen: Seen): Promise<void> {
  if (!hasSeveralAccounts(house)) return
  const { store } = house
  for (let attempt = 1; ; attempt++) {
    const before = await store.get<AccountLink>('accountLinks', account)
    const put = linkAfter(before, account, seen)
    try {
      return await store.commit([
        { collection: 'accountLinks', id: account, put, expect: before?.version ?? 'absent' },
      ])
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= conflictLimit) throw error
    }
  }
}

function linkAfter(before: AccountLink | undefined, account: string, seen: Seen): AccountLink {
  const { selves = [], name = '' } = before ?? {}
  // down is down since the first time: that is what whoever stands in waits for
  const since = seen.state === 'down' && before?.state === 'down' ? before.since : seen.at
  if (seen.state === 'down') return { id: account, state: 'down', since, reason: seen.reason, selves, name }
  const { self } = seen
  const known = [...selves.filter((id) => id !== self.id), self.id].slice(-mostSelves)
  return { id: account, state: 'up', since, selves: known, name: self.name }
}
