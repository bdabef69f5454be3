/** One process holds it at a time: the link of an account, or the house's own timers. See bot/leases/. */
export interface Lease {
  /** `account/NAME`, or `house`. */
  readonly id: string
  /** The process that holds it; null: let go, whoever comes first may have it. */
  readonly holder: string | null
  /** Grows with each renewal: whoever sees it stand still for long enough, by their own clock, takes over. */
  readonly beat: number
}

/** Its version is the fencing number of the lease with the same id: it grows when the lease changes hands, and only then. */
export interface Fence {
  readonly id: string
  readonly holder: string
}
