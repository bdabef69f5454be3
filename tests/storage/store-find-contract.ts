/** What every Store promises about finding what it keeps: a part of store-contract.ts. */
import { beforeEach, describe, expect, test } from 'vitest'
import { QueryError, type Store } from '../../bot/ports/store.ts'
import { put, remove, type Ticket } from './store-contract-tickets.ts'

export function findContract(opened: () => Store): void {
  const ids = async (query: Parameters<Store['find']>[1]) =>
    (await opened().find('tickets', query)).documents.map((each) => each.id)

  describe('keeps any words', () => {
    test('whatever somebody writes can be kept and found: U+0000, half an emoji, very long words', async () => {
      const odd = ['\u0000', 'a\u0000b', '\ud83d', '\udd25x', '\uffff', "'; drop table", '字'.repeat(5_000)]
      for (const text of odd) {
        await opened().commit([put({ id: text, state: text, street: text, text, dueAt: 1 }, 'absent')])
        const where = { state: text, street: text }
        expect((await opened().find<Ticket>('tickets', { where })).documents).toEqual([
          { id: text, state: text, street: text, text, dueAt: 1, version: 1 },
        ])
        await opened().commit([put({ id: text, text }, 1)])
        expect(await opened().get('tickets', text)).toEqual({ id: text, text, version: 2 })
      }
      expect(await opened().count('tickets')).toBe(odd.length)
    })
  })

  describe('finds documents', () => {
    beforeEach(() =>
      opened().commit([
        put({ id: 'a', state: 'open', street: '和平路', dueAt: 30, open: true }),
        put({ id: 'b', state: 'open', street: '和平路', dueAt: 10, open: true }),
        put({ id: 'c', state: 'done', street: '和平路', dueAt: 20, open: false }),
        put({ id: 'd', state: 'open', dueAt: 10 }),
        put({ id: 'e', state: 'open', street: '和平路', dueAt: null }),
        put({ id: 'f', state: null, dueAt: 5 }),
      ]),
    )
    test('a collection is read whole, by id', async () => {
      expect(await ids({})).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
      expect(await ids({ descending: true })).toEqual(['f', 'e', 'd', 'c', 'b', 'a'])
      expect(await opened().count('tickets')).toBe(6)
      expect(await opened().find('messages')).toEqual({ documents: [] })
    })
    test('equal fields choose the group, and the order field orders it, equal ones by id', async () => {
      expect(await ids({ where: { state: 'open' }, order: 'dueAt' })).toEqual(['b', 'd', 'a'])
      expect(await ids({ where: { state: 'open' }, order: 'dueAt', descending: true })).toEqual([
        'a',
        'd',
        'b',
      ])
    })
    test('a document whose field of the index is absent or null is not in that index', async () => {
      expect(await ids({ where: { state: 'open' } })).toEqual(['a', 'b', 'd'])
      expect(await ids({ order: 'dueAt' })).toEqual(['f', 'b', 'd', 'c', 'a'])
      expect(await ids({ where: { state: 'open', street: '和平路' } })).toEqual(['a', 'b', 'e'])
    })
    test('several values are one ordered answer', async () => {
      const where = { state: { in: ['open', 'done', 'open', 'unknown'] } }
      expect(await ids({ where, order: 'dueAt' })).toEqual(['b', 'd', 'c', 'a'])
      expect(await ids({ where: { state: { in: [] } }, order: 'dueAt' })).toEqual([])
      expect(await ids({ where: { open: true }, order: 'dueAt' })).toEqual(['b', 'a'])
    })
    test('a range bounds the order field, and orders by it when no order is given', async () => {
      expect(await ids({ range: { field: 'dueAt', gte: 10, lt: 30 } })).toEqual(['b', 'd', 'c'])
      expect(await ids({ range: { field: 'dueAt', gt: 10, lte: 30 } })).toEqual(['c', 'a'])
      expect(await ids({ range: { field: 'dueAt', gt: 30, lt: 10 } })).toEqual([])
      expect(await ids({ range: { field: 'id', gte: 'd' } })).toEqual(['d', 'e', 'f'])
    })
    test('a limit cuts the answer, and its cursor goes on where it ended', async () => {
      const query = { where: { state: { in: ['open', 'done'] } }, order: 'dueAt', limit: 3 }
      const first = await opened().find('tickets', query)
      expect(first.documents.map((each) => each.id)).toEqual(['b', 'd', 'c'])
      const second = await opened().find('tickets', { ...query, cursor: first.next as string })
      expect(second.documents.map((each) => each.id)).toEqual(['a'])
      expect(second.next).toBeUndefined()
    })
    test('what is put or removed between two pages neither repeats nor hides the others', async () => {
      const query = { order: 'dueAt', descending: true, limit: 2 }
      const first = await opened().find('tickets', query)
      await opened().commit([remove('a'), remove('c'), put({ id: 'z', dueAt: 40 })])
      expect(await ids({ ...query, cursor: first.next as string })).toEqual(['d', 'b'])
    })
    test('a count counts all that match, whatever the limit', async () => {
      expect(await opened().count('tickets', { where: { state: 'open' }, limit: 1 })).toBe(3)
      expect(await opened().count('tickets', { range: { field: 'dueAt', gt: 5 } })).toBe(4)
      expect(await opened().count('tickets', { range: { field: 'dueAt', gt: 9, lt: 1 } })).toBe(0)
    })
    test('a changed document leaves its old group and order', async () => {
      await opened().commit([put({ id: 'b', state: 'done', dueAt: 50 })])
      expect(await ids({ where: { state: 'open' }, order: 'dueAt' })).toEqual(['d', 'a'])
      expect(await ids({ where: { state: 'done' }, order: 'dueAt' })).toEqual(['c', 'b'])
    })
    test.each<[string, NonNullable<Parameters<Store['find']>[1]>]>([
      ['fields without an index', { where: { text: 'x' } }],
      ['a part of an index', { where: { street: '和平路' } }],
      ['an order without an index', { where: { state: 'open', street: 'x' }, order: 'dueAt' }],
      ['a range on another field than the order', { order: 'id', range: { field: 'dueAt', gt: 1 } }],
      ['a range that is not a number', { range: { field: 'dueAt', gt: Number.NaN } }],
      ['no limit', { limit: 0 }],
      ['too great a limit', { limit: 10_001 }],
      ['a value that no field can have', { where: { state: null as unknown as string } }],
      ['a cursor that nobody gave', { cursor: 'bm9uc2Vuc2U' }],
    ])('a query with %s is refused', async (_, query) => {
      await expect(opened().find('tickets', query)).rejects.toThrow(QueryError)
    })
    test('a cursor of another query is refused', async () => {
      const { next } = await opened().find('tickets', { order: 'dueAt', limit: 1 })
      await expect(opened().find('tickets', { limit: 1, cursor: next as string })).rejects.toThrow(QueryError)
    })
  })
}
