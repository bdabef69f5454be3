import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareEntries, type Entry, OrderedList } from '../../adapters/storage/ordered-list.ts'

const START = { chunk: 0, index: 0 }

function contents(list: OrderedList, descending = false): Entry[] {
  return list.slice(
    START,
    list.seek(() => false),
    Number.POSITIVE_INFINITY,
    descending,
  )
}

describe('an ordered list', () => {
  test('holds what a sorted array holds, whatever is inserted and removed', () => {
    const order = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom('a', 'b', '😀'))
    const entry = fc.record({ order, id: fc.nat(900).map(String) })
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 200, maxLength: 1_500 }),
        fc.nat(3),
        entry,
        (entries, every, probe) => {
          const list = new OrderedList()
          let twin: Entry[] = []
          for (const [at, each] of entries.entries()) {
            const there = twin.some((other) => compareEntries(other, each) === 0)
            if (there || at % 4 < every) {
              list.remove(each)
              twin = twin.filter((other) => compareEntries(other, each) !== 0)
            } else {
              list.insert(each)
              twin.push(each)
            }
          }
          twin.sort(compareEntries)
          expect(contents(list)).toEqual(twin)
          expect(contents(list, true)).toEqual([...twin].reverse())
          expect(list.length).toBe(twin.length)
          const rank = list.rank(list.seek((other) => compareEntries(other, probe) >= 0))
          expect(rank).toBe(twin.filter((other) => compareEntries(other, probe) < 0).length)
        },
      ),
      { numRuns: 30 },
    )
  })

  test.each([
    ['growing', (at: number) => at],
    ['falling', (at: number) => -at],
    ['scattered', (at: number) => (at * 7_919) % 100_003],
  ])('takes 100,000 %s entries and gives them up again', (_, orderOf) => {
    const list = new OrderedList()
    for (let at = 0; at < 100_000; at += 1) {
      list.insert({ order: orderOf(at), id: `${at}` })
    }
    expect(list.rank(list.seek(() => false))).toBe(100_000)
    const orders = contents(list).map(({ order }) => order as number)
    expect(orders.every((order, at) => at === 0 || order >= (orders[at - 1] as number))).toBe(true)
    for (let at = 0; at < 100_000; at += 1) {
      list.remove({ order: orderOf(at), id: `${at}` })
    }
    expect(contents(list)).toEqual([])
  })
})
