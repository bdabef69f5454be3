import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import type { Targets } from '../../../bot/notices/notice.ts'
import { groupsOf } from '../../../bot/notices/writing/targets.ts'
import { ancestorsOf } from '../../../bot/people/directory.ts'
import type { Store } from '../../../bot/ports/store.ts'
import { type Reading, startReading } from '../../../bot/reading.ts'
import { schema } from '../../../bot/schema.ts'
import { none, putGroups, putPlaces } from './small-district.ts'

let store: Store
beforeEach(() => {
  store = openMemoryStore(schema)
})

async function reached(targets: Targets): Promise<readonly string[]> {
  const groups = await groupsOf(startReading(store), targets)
  return groups.map(({ id }) => id).sort()
}

/** The rule of `Targets` word by word, one question to the store after the other. */
async function naive(
  reading: Reading,
  { places, tags, groups, everywhere, except }: Targets,
  group: { readonly id: string; readonly places: readonly string[]; readonly tags: readonly string[] },
): Promise<boolean> {
  const all = await ancestorsOf(reading, group.places)
  const under = (list: readonly string[] = []) => list.some((each) => all.has(each))
  const tagged = (list: readonly string[] = []) => list.some((each) => group.tags.includes(each))
  if (except?.groups.includes(group.id) || under(except?.places) || tagged(except?.tags)) return false
  if (groups.includes(group.id)) return true
  if (places.length + tags.length === 0) return everywhere === true
  return (places.length === 0 || under(places)) && (tags.length === 0 || tagged(tags))
}

describe('in a whole district', () => {
  it('agrees with a naive reading of the rule', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'] as const
    const some = fc.subarray([...ids])
    const names = fc.record({
      places: some,
      tags: fc.subarray(['x', 'y']),
      groups: fc.subarray(['1', '2', '3']),
    })
    const parents = fc.tuple(...ids.map((_, at) => fc.option(fc.nat({ max: Math.max(0, at - 1) }))))
    const groups = fc.tuple(...['1', '2', '3', '4'].map(() => fc.tuple(some, fc.subarray(['x', 'y']))))
    await fc.assert(
      fc.asyncProperty(
        parents,
        groups,
        names,
        names,
        fc.boolean(),
        async (above, bound, named, except, everywhere) => {
          store = openMemoryStore(schema)
          await putPlaces(
            store,
            ...ids.map(
              (id, at) =>
                [
                  id,
                  id,
                  'grid',
                  at > 0 && above[at] !== null ? ids[above[at] as number] : undefined,
                ] as never,
            ),
          )
          await putGroups(
            store,
            ...bound.map(([places, tags], at) => [`${at + 1}`, `群${at + 1}`, places, tags] as const),
          )
          const reading = startReading(store)
          const expected: string[] = []
          for (const [at, [places, tags]] of bound.entries())
            if (await naive(reading, { ...named, everywhere, except }, { id: `${at + 1}`, places, tags }))
              expected.push(`${at + 1}`)
          expect(await reached({ ...named, everywhere, except })).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('642 groups and 2,000 places are found in a moment, more than one page of groups too', async () => {
    const communities = Array.from(
      { length: 40 },
      (_, at) => [`c${at}`, `社区${at}`, 'community', 's'] as const,
    )
    const buildings = Array.from(
      { length: 1_960 },
      (_, at) => [`b${at}`, `${at}号楼`, 'building', `c${at % 40}`] as const,
    )
    await putPlaces(store, ['s', '街道', 'street'], ...communities, ...buildings)
    await putGroups(
      store,
      ...Array.from({ length: 642 }, (_, at) => [`g${at}`, `群${at}`, [`b${at}`], ['业主群']] as const),
    )
    const reading = startReading(store)
    const begun = performance.now()
    for (let each = 0; each < 10; each++) await groupsOf(reading, { ...none, places: ['c7'] })
    expect((performance.now() - begun) / 10).toBeLessThan(150)
    expect(await reached({ ...none, places: ['s'] })).toHaveLength(642)
    await putGroups(
      store,
      ...Array.from({ length: 10_400 }, (_, at) => [`h${at}`, `大群${at}`, ['s'], []] as const),
    )
    expect(await reached({ ...none, places: ['s'] })).toHaveLength(11_042)
  })
})
