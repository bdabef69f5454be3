import { accountsOf } from '../../accounts/links.ts'
import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import { everyDocument } from '../../whole-collection.ts'
import type { AccountState } from '../notice.ts'

/** Every account of ours, whichever process holds its link, and whether it may send notices now. */
export async function accountStates(
  house: House,
  reading: Reading,
): Promise<ReadonlyMap<string, AccountState>> {
  const states: [string, AccountState][] = []
  for (const name of [...accountsOf(house)].sort()) states.push([name, await stateOf(reading, name)])
  return new Map(states)
}

export async function stateOf(reading: Reading, account: string): Promise<AccountState> {
  return (await reading.get('accountStates', account)) ?? { id: account, failuresInRow: 0 }
}

/** Group id → the accounts that are in it. */
export async function membersOf(reading: Reading): Promise<ReadonlyMap<string, readonly string[]>> {
  const members = new Map<string, string[]>()
  for (const { group, account, left } of await everyDocument(reading, 'rooms')) {
    if (group === null || left) continue
    const accounts = members.get(group) ?? []
    members.set(group, accounts)
    if (!accounts.includes(account)) accounts.push(account)
  }
  return members
}

/** The accounts of ours that are in one group, in an order that stays the same. */
export async function membersOfGroup(
  house: House,
  reading: Reading,
  group: string,
): Promise<readonly string[]> {
  const { documents } = await reading.find('rooms', { where: { group }, limit: 1_000 })
  const members = new Set(documents.flatMap(({ account, left }) => (left ? [] : [account])))
  return [...accountsOf(house)].sort().filter((account) => members.has(account))
}

/**
 * Who can take a copy for each group: members that may send now; where all of them rest, any of them, and the copy waits.
 */
export async function carriersOf(
  house: House,
  reading: Reading,
): Promise<(group: string) => readonly string[]> {
  const accounts = await accountStates(house, reading)
  const members = await membersOf(reading)
  return (group) => {
    const ours = (members.get(group) ?? []).filter((account) => accounts.has(account))
    const awake = ours.filter((account) => !accounts.get(account)?.paused)
    return awake.length > 0 ? awake : ours
  }
}
