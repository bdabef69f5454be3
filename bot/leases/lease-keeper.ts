import type { Fence, Lease } from '../documents.ts'
import { ConflictError, type Store } from '../ports/store.ts'

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
  readonly fence: number
  readonly version: number
  readonly beat: number
  readonly renewedAt: Moment
}

interface Moment {
  readonly monotonic: number
  readonly now: number
}

interface Seen {
  readonly version: number
  readonly since: number
}

export function createLeaseKeeper(options: LeaseKeeperOptions): LeaseKeeper {
  const { store, holder } = options
  const held = new Map<string, Held>()
  const seen = new Map<string, Seen>()
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
    try {
      await store.commit([{ collection: 'leases', id, put, expect: mine.version }])
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      return lose(id, 'another process has taken it over')
    }
    // it may have been lost meanwhile, and then it is not had again by having been renewed
    if (held.get(id) === mine) held.set(id, { ...mine, version: mine.version + 1, beat: put.beat, renewedAt })
  }
  /** True when it may be had. */
  function isFree(lease: (Lease & { version: number }) | undefined, id: string): boolean {
    if (lease?.holder === holder) return true
    const isOpen = lease === undefined || lease.holder === null
    if (isOpen && options.isMine(id)) return true
    const version = lease?.version ?? 0
    const before = seen.get(id)
    const { monotonic } = moment()
    if (before?.version !== version) seen.set(id, { version, since: monotonic })
    return before?.version === version && monotonic - before.since >= stillFor
  }
  async function take(id: string, lease: (Lease & { version: number }) | undefined): Promise<boolean> {
    const renewedAt = moment()
    const fence = await store.get<Fence>('fences', id)
    const beat = (lease?.beat ?? 0) + 1
    try {
      await store.commit([
        { ...{ collection: 'leases', id }, put: { id, holder, beat } as Lease, expect: lease?.version ?? 'absent' },
        { ...{ collection: 'fences', id }, put: { id, holder } as Fence, expect: fence?.version ?? 'absent' },
      ])
    } catch (error) {
      // somebody was faster
      if (error instanceof ConflictError) return false
      throw error
    }
    const number = (fence?.version ?? 0) + 1
    seen.delete(id)
    held.set(id, { fence: number, version: (lease?.version ?? 0) + 1, beat, renewedAt })
    options.onTaken(id, number)
    return true
  }
  return {
    async tick() {
      await Promise.all([...held].map(([id, mine]) => renew(id, mine)))
      let more = false
      let orphans = 0
      for (const id of options.leases) {
        if (ended || held.has(id)) continue
        const lease = await store.get<Lease>('leases', id)
        if (!isFree(lease, id)) continue
        const isMine = options.isMine(id)
        if (!isMine && orphans > 0) more = true
        else if ((await take(id, lease)) && !isMine) orphans++
      }
      return more ? betweenTwo : lookEvery
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
        try {
          await store.commit([{ collection: 'leases', id, put, expect: version }])
        } catch (error) {
          // it was taken over: there is nothing to let go
          if (!(error instanceof ConflictError)) throw error
        }
      }
    },
  }
}
