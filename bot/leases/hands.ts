import type { House } from '../house.ts'

/** What this process may do right now. With one process on a store: everything, always. */
export interface Hands {
  /** The house as the work of this account changes it; undefined: another process has the account. */
  of(account: string): House | undefined
  /** The same for timers that are nobody's account, and for other systems. */
  house(): House | undefined
}

export function allInHand(house: House): Hands {
  return { of: () => house, house: () => house }
}
