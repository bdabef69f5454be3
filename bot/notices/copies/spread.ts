/** One thing to be sent, and the accounts that can send it; `now`: which of them has it. */
export interface Parcel {
  readonly id: string
  readonly options: readonly string[]
  readonly now?: string
}

/**
 * Parcel id → account, so that the account with the most has as few as can be: accounts send side by side, and the last
 * one decides when the notice has arrived. What has an account keeps it unless another one has less to do.
 *
 * First come those with the fewest options, each to the account with the least. Then, as long as some account has two
 * more than another one that can be reached from it (A's parcel can go to B, one of B's to C), each of them passes one
 * on: no such way is left exactly when the longest queue cannot be shortened.
 *
 * @param load what each account has to send besides
 */
export function spread(
  parcels: readonly Parcel[],
  load: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, string> {
  const held = new Map<string, Set<Parcel>>()
  for (const { options } of parcels) for (const account of options) held.set(account, new Set())
  const weight = (account: string) => (held.get(account)?.size ?? 0) + (load.get(account) ?? 0)
  const pending: Parcel[] = []
  for (const parcel of parcels) {
    if (parcel.now !== undefined && parcel.options.includes(parcel.now)) held.get(parcel.now)?.add(parcel)
    else if (parcel.options.length > 0) pending.push(parcel)
  }
  pending.sort((one, other) => one.options.length - other.options.length)
  for (const parcel of pending) held.get(lightest(parcel.options, weight))?.add(parcel)
  while (passOn(held, weight));
  return new Map([...held].flatMap(([account, own]) => [...own].map(({ id }) => [id, account] as const)))
}

function lightest(accounts: readonly string[], weight: (account: string) => number): string {
  return accounts.reduce((best, account) => (weight(account) < weight(best) ? account : best))
}

/** @returns whether something was passed on */
function passOn(held: ReadonlyMap<string, Set<Parcel>>, weight: (account: string) => number): boolean {
  const heaviestFirst = [...held.keys()].sort((one, other) => weight(other) - weight(one))
  for (const from of heaviestFirst) {
    const way = waysFrom(from, held)
    const to = lightest([...way.keys()], weight)
    if (weight(from) - weight(to) < 2) continue
    for (let at = to; at !== from; ) {
      const step = way.get(at)
      if (!step) break
      held.get(step.from)?.delete(step.parcel)
      held.get(at)?.add(step.parcel)
      at = step.from
    }
    return true
  }
  return false
}

interface Step {
  readonly from: string
  readonly parcel: Parcel
}

/** Every account that can be reached, and the last step to it. */
function waysFrom(start: string, held: ReadonlyMap<string, Set<Parcel>>): Map<string, Step | undefined> {
  const ways = new Map<string, Step | undefined>([[start, undefined]])
  for (const [account] of ways)
    for (const parcel of held.get(account) ?? [])
      for (const option of parcel.options) if (!ways.has(option)) ways.set(option, { from: account, parcel })
  return ways
}
