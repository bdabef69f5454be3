import { type Change, ConflictError, type Store } from '../ports/store.ts'

/**
 * The store as the holder of a lease may change it: every commit carries a check of the fence with the number that
 * came with the lease. Whoever was paused, and wakes up after another process has taken over, changes nothing more.
 */
export class LeaseLostError extends Error {
  readonly code = 'lease-lost'
  readonly lease: string

  constructor(lease: string, options?: ErrorOptions) {
    super(`the lease ${lease} is not held by this process any more`, options)
    this.name = 'LeaseLostError'
    this.lease = lease
  }
}

export interface FenceHeld {
  /** `account/NAME`, or `house`. */
  readonly lease: string
  /** The version of `fences/LEASE` since the lease was taken. */
  readonly number: number
  /** Told before the commit fails. */
  onLost(): void
}

/** Its commits throw LeaseLostError, which nobody decides anew after. */
export function fencedStore(store: Store, { lease, number, onLost }: FenceHeld): Store {
  const fence: Change = { collection: 'fences', id: lease, check: true, expect: number }
  return {
    get: (collection, id) => store.get(collection, id),
    find: (collection, query) => store.find(collection, query),
    count: (collection, query) => store.count(collection, query),
    watch: (listener) => store.watch(listener),
    close: () => store.close(),
    async commit(changes) {
      try {
        await store.commit([...changes, fence])
      } catch (error) {
        const isLost = error instanceof ConflictError && error.collection === 'fences'
        if (!isLost) throw error
        onLost()
        throw new LeaseLostError(lease, { cause: error })
      }
    },
  }
}

/** Another process does it now: nothing is wrong, and nothing was done. */
export async function unlessLost(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error
  }
}
