import { type Change, ConflictError, type Store, type Stored } from '../ports/store.ts'
import type { Fence, Lease } from './lease-documents.ts'

/**
 * Who does what, when several processes work on one store. A lease is a document with a beat that its holder moves
 * on every 2 s. A lease that nobody holds is taken at once; one whose beat stands still for 8 s, by the observer's own
 * clock (no two clocks are ever compared), is taken over. Whoever could not renew for 6 s stops by itself. What
 * a process does that slept through all this is refused by the fence: see fenced-store.ts.
 */
const renewEvery = 2_000
/** How often others' leases are looked at. */
const lookEvery = 1_000
const stillFor = 8_000
const goodFor = 6_000
/** Timers ring a little early or late. */
const aLittle = 100
/** One orphan after another, so that those who are left share them. */
const betweenTwo = 300

export interface LeaseKeeperOptions {
  readonly store: Store
  /** Another one for each start of a process. */
  readonly holder: string
  readonly leases: readonly string[]
  /** Taken at once when they are free; the others only after they were free for 8 s. */
  isMine(lease: string): boolean
  /** ms of a clock that is never set. */
  monotonic(): number
  /** ms since 1970: notices a machine that slept, in which a monotonic clock may have stood still. */
  now(): number
  /** `fence`: the number every commit must carry. */
  onTaken(lease: string, fence: number): void
  /** Not held any more: stop at once. */
  onLost(lease: string, reason: string): void
}

export interface LeaseKeeper {
  /** Renews, takes and takes over. @returns ms until it should be called again; rejects when the store does */
  tick(): Promise<number>
  /** Lets go of whatever was not renewed in time. Reads clocks only. */
  watch(): void
  /** Held, and renewed lately. */
  holds(lease: string): boolean
  /** The fence refused: it is somebody else's. */
  lose(lease: string, reason: string): void
  /** Others may have them at once. */
  letGo(): Promise<void>
}

interface Held {
  readonly version: number
  readonly beat: number
  readonly renewedAt: Moment
}

interface Moment {
  readonly monotonic: number
  readonly now: number
}

export function createLeaseKeeper(options: LeaseKeeperOptions): LeaseKeeper {
  const { store, holder } = options
  const held = new Map<string, Held>()
  const isFree = createEyes(options)
  let ended = false

  const moment = (): Moment => ({ monotonic: options.monotonic(), now: options.now() })
  const isFresh = ({ renewedAt }: Held) => {
    const { monotonic, now } = moment()
    return monotonic - renewedAt.monotonic < goodFor && now - renewedAt.now < goodFor
  }
  function lose(lease: string, reason: string): void {
    if (held.delete(lease)) options.onLost(lease, reason)
  }
  async function renew(id: string, mine: Held): Promise<void> {
    const renewedAt = moment()
    if (renewedAt.monotonic - mine.renewedAt.monotonic < renewEvery - aLittle) return
    const put: Lease = { id, holder, beat: mine.beat + 1 }
    const change = { collection: 'leases', id, put, expect: mine.version }
    if (!(await wasFirst(store, [change]))) return lose(id, 'another process has taken it over')
    // it may have been lost meanwhile, and then it is not had again by having been renewed
    if (held.get(id) === mine) held.set(id, { version: mine.version + 1, beat: put.beat, renewedAt })
  }
  async function take(id: string, lease: Stored<Lease> | undefined): Promise<boolean> {
    const renewedAt = moment()
    const fence = await store.get<Fence>('fences', id)
    const put: Lease = { id, holder, beat: (lease?.beat ?? 0) + 1 }
    const fencePut: Fence = { id, holder }
    const isMine = await wasFirst(store, [
      { collection: 'leases', id, put, expect: lease?.version ?? 'absent' },
      { collection: 'fences', id, put: fencePut, expect: fence?.version ?? 'absent' },
    ])
    if (!isMine) return false
    held.set(id, { version: (lease?.version ?? 0) + 1, beat: put.beat, renewedAt })
    options.onTaken(id, (fence?.version ?? 0) + 1)
    return true
  }
  return {
    async tick() {
      await Promise.all([...held].map(([id, mine]) => renew(id, mine)))
      const free: (readonly [string, Stored<Lease> | undefined])[] = []
      for (const id of options.leases) {
        const lease = held.has(id) ? undefined : await store.get<Lease>('leases', id)
        if (!held.has(id) && isFree(lease, id)) free.push([id, lease])
      }
      const orphans = free.filter(([id]) => !options.isMine(id))
      const mine = free.filter(([id]) => options.isMine(id))
      for (const [id, lease] of [...mine, ...orphans.slice(0, 1)]) if (!ended) await take(id, lease)
      return orphans.length > 1 ? betweenTwo : lookEvery
    },
    watch() {
      for (const [id, mine] of [...held])
        if (!isFresh(mine)) lose(id, `it could not be renewed for ${goodFor / 1000} s`)
    },
    holds(id) {
      const mine = held.get(id)
      return mine !== undefined && isFresh(mine)
    },
    lose,
    async letGo() {
      ended = true
      const all = [...held]
      held.clear()
      for (const [id, { version, beat }] of all) {
        const put: Lease = { id, holder: null, beat: beat + 1 }
        // whatever was taken over meanwhile need not be let go
        await wasFirst(store, [{ collection: 'leases', id, put, expect: version }])
      }
    },
  }
}

/** Whether a lease may be had: nobody holds it, or its beat has stood still. */
function createEyes({ holder, isMine, monotonic }: LeaseKeeperOptions) {
  const seen = new Map<string, { readonly version: number; readonly since: number }>()
  return (lease: Stored<Lease> | undefined, id: string): boolean => {
    // of this very process, which could not renew it for a while
    if (lease?.holder === holder) return true
    const isOpen = lease === undefined || lease.holder === null
    if (isOpen && isMine(id)) return true
    const version = lease?.version ?? 0
    const before = seen.get(id)
    if (before?.version === version) return monotonic() - before.since >= stillFor
    seen.set(id, { version, since: monotonic() })
    return false
  }
}

/** False when somebody else changed one of them first. */
async function wasFirst(store: Store, changes: readonly Change[]): Promise<boolean> {
  try {
    await store.commit(changes)
    return true
  } catch (error) {
    if (error instanceof ConflictError) return false
    throw error
  }
}
