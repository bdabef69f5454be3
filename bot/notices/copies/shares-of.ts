import type { House } from '../../house.ts'
import type { Reading } from '../../reading.ts'
import { carriersOf } from '../accounts/accounts.ts'
import { spread } from './spread.ts'

/** How many of these groups each account would send to, as they stand now. */
export async function sharesOf(
  house: House,
  reading: Reading,
  groups: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, number>> {
  const carriers = await carriersOf(house, reading)
  const shares = new Map<string, number>()
  for (const account of spread(groups.map(({ id }) => ({ id, options: carriers(id) }))).values())
    shares.set(account, (shares.get(account) ?? 0) + 1)
  return shares
}
