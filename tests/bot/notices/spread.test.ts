import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Parcel, spread } from '../../../bot/notices/copies/spread.ts'

const accounts = ['a', 'b', 'c', 'd']
const parcels = fc
  .array(fc.record({ options: fc.subarray(accounts), now: fc.constantFrom(undefined, ...accounts) }), {
    maxLength: 9,
  })
  .map((all) =>
    all.map(({ options, now }, index): Parcel => ({ id: `p${index}`, options, ...(now && { now }) })),
  )
const loads = fc
  .record(Object.fromEntries(accounts.map((account) => [account, fc.nat({ max: 3 })])))
  .map((load) => new Map(Object.entries(load)))

/** The longest queue of an assignment. */
function longest(assigned: Iterable<string>, load: ReadonlyMap<string, number>): number {
  const counts = new Map<string, number>()
  for (const account of assigned) counts.set(account, (counts.get(account) ?? load.get(account) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

/** Every way there is, one after another. */
function shortestPossible(all: readonly Parcel[], load: ReadonlyMap<string, number>): number {
  const [first, ...rest] = all.filter(({ options }) => options.length > 0)
  if (!first) return 0
  const ways = (chosen: readonly string[], left: readonly Parcel[]): number => {
    const [next, ...others] = left
    if (!next) return longest(chosen, load)
    return Math.min(...next.options.map((account) => ways([...chosen, account], others)))
  }
  return Math.min(...first.options.map((account) => ways([account], rest)))
}

test('no way to share out makes the longest queue shorter, and everything goes where it can go', () => {
  fc.assert(
    fc.property(parcels, loads, (all, load) => {
      const shared = spread(all, load)
      expect([...shared.keys()].sort()).toEqual(
        all.filter(({ options }) => options.length > 0).map(({ id }) => id),
      )
      for (const { id, options } of all) if (options.length > 0) expect(options).toContain(shared.get(id))
      expect(longest(shared.values(), load)).toBe(shortestPossible(all, load))
    }),
    { numRuns: 300 },
  )
})

test('what has its account keeps it when nobody is the better for another one', () => {
  const all = Array.from({ length: 30 }, (_, index) => ({
    ...{ id: `p${index}`, options: ['a', 'b'], now: index % 2 === 0 ? 'a' : 'b' },
  }))
  expect([...spread(all)].every(([id, account]) => all.find((each) => each.id === id)?.now === account)).toBe(
    true,
  )
})

test('a district with five accounts is shared out in a blink', () => {
  const five = ['a', 'b', 'c', 'd', 'e']
  const all = Array.from({ length: 2_000 }, (_, index) => ({
    id: `p${index}`,
    options: five.filter((_, at) => (index >> at) % 2 === 0 || at === index % 5),
  }))
  const started = Date.now()
  const counts = [...spread(all).values()].reduce(
    (sums, account) => sums.set(account, (sums.get(account) ?? 0) + 1),
    new Map<string, number>(),
  )
  expect([...counts.values()]).toEqual([400, 400, 400, 400, 400])
  expect(Date.now() - started).toBeLessThan(5_000)
})
