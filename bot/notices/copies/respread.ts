import { accountsOf } from '../../accounts/links.ts'
import type { House } from '../../house.ts'
import type { Put, Reading } from '../../reading.ts'
import type { OutboxEntry } from '../../sending/outbox-documents.ts'
import { noticesFrom } from '../../sending/outbox-order.ts'
import { carriersOf } from '../accounts/accounts.ts'
import { groupOf } from './copies.ts'
import { spread } from './spread.ts'

/**
 * The same copies, shared out anew among the accounts that may send now: what an account that rests had goes to others
 * in the same group, and what nobody else can take waits for it. Only those that change hands come back.
 */
export async function respread(
  house: House,
  reading: Reading,
  entries: readonly OutboxEntry[],
): Promise<readonly OutboxEntry[]> {
  if (entries.length === 0) return []
  const carriers = await carriersOf(house, reading)
  const parcels = entries.map((entry) => ({
    id: entry.id,
    options: carriers(groupOf(entry)),
    now: entry.account,
  }))
  const accounts = spread(parcels)
  return entries.flatMap((entry) => {
    const account = accounts.get(entry.id) ?? entry.account
    return account === entry.account ? [] : [{ ...entry, account, dueAt: house.now() }]
  })
}

/** Every copy that waits for its turn, of all notices: their number is what is still to be sent, not what ever was. */
export async function waitingCopies(house: House, reading: Reading): Promise<readonly OutboxEntry[]> {
  const waiting: OutboxEntry[] = []
  for (const account of accountsOf(house)) {
    const { documents } = await reading.find('outbox', {
      where: { account, state: 'queued' },
      range: { field: 'rank', gte: noticesFrom },
      order: 'rank',
      limit: 10_000,
    })
    waiting.push(...documents.filter(({ notice }) => notice !== undefined))
  }
  return waiting
}

export function outboxPut(document: OutboxEntry): Put {
  return { collection: 'outbox', document }
}
