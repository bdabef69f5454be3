/** What every implementation of Store promises. Run it against each of them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type Change,
  ConflictError,
  QueryError,
  type Schema,
  type Store,
  StoreFailedError,
} from '../../bot/ports/store.ts'
import { put, remove, schema, type Ticket } from './store-contract-tickets.ts'
import { findContract } from './store-find-contract.ts'

export function storeContract(name: string, open: (schema: Schema) => Promise<Store>): void {
  let store: Store

  describe(`${name} as a store`, () => {
    beforeEach(async () => {
      store = await open(schema)
    })
    afterEach(() => store.close())

    describe('checks what a commit rests on without changing it', () => {
      test('a commit whose check is not met changes nothing', async () => {
        await store.commit([put({ id: 'lease' }), put({ id: 'a' })])
        const check = { collection: 'tickets', id: 'lease', check: true, expect: 2 } as const
        await expect(store.commit([put({ id: 'a', text: 'new' }), check])).rejects.toThrow(ConflictError)
        expect(await store.get('tickets', 'a')).toEqual({ id: 'a', version: 1 })
      })

      test('a commit whose check is met leaves the checked document as it was, and watchers do not hear of it', async () => {
        await store.commit([put({ id: 'lease' })])
        const heard: string[] = []
        const stop = store.watch((changes) => heard.push(...changes.map(({ id }) => id)))
        const check = { collection: 'tickets', id: 'lease', check: true, expect: 1 } as const
        await store.commit([put({ id: 'a' }), check])
        await store.commit([put({ id: 'b' }), { ...check, id: 'nobody', expect: 'absent' }])
        await expect.poll(() => heard).toEqual(['a', 'b'])
        stop()
        expect((await store.get('tickets', 'lease'))?.version).toBe(1)
      })
    })

    describe('keeps documents', () => {
      test('a document that was put is found by its id, with version 1', async () => {
        await store.commit([put({ id: 'a', state: 'open', text: '电梯坏了🛗' })])
        expect(await store.get('tickets', 'a')).toEqual({
          id: 'a',
          state: 'open',
          text: '电梯坏了🛗',
          version: 1,
        })
      })
      test('an id that nobody put is undefined', async () => {
        expect(await store.get('tickets', 'nobody')).toBeUndefined()
      })
      test('each commit that changes a document makes its version one greater, whatever version it claims', async () => {
        await store.commit([put({ id: 'a' })])
        await store.commit([put({ id: 'a', version: 99 } as Ticket)])
        expect(await store.get('tickets', 'a')).toEqual({ id: 'a', version: 2 })
      })
      test('a document that was removed and put again begins at version 1', async () => {
        await store.commit([put({ id: 'a' })])
        await store.commit([remove('a')])
        expect(await store.get('tickets', 'a')).toBeUndefined()
        await store.commit([put({ id: 'a' }, 'absent')])
        expect(await store.get('tickets', 'a')).toEqual({ id: 'a', version: 1 })
      })
      test('undefined members are dropped and dates become text, as in JSON', async () => {
        await store.commit([put({ id: 'a', text: undefined, at: new Date(0) } as unknown as Ticket)])
        expect(await store.get('tickets', 'a')).toStrictEqual({
          id: 'a',
          at: '1970-01-01T00:00:00.000Z',
          version: 1,
        })
      })
      test('who changes an object after putting it, or after getting it, changes nothing in the store', async () => {
        const mine = { id: 'a', photos: ['1.jpg'] }
        await store.commit([put(mine)])
        mine.photos.push('2.jpg')
        const got = await store.get<typeof mine>('tickets', 'a')
        expect(() => got?.photos.push('3.jpg')).toThrow(TypeError)
        expect(await store.get('tickets', 'a')).toEqual({ id: 'a', photos: ['1.jpg'], version: 1 })
      })
      test('ids and fields may have any name, also those with a meaning in JavaScript', async () => {
        const odd = JSON.parse('{"id":"__proto__","__proto__":{"a":1},"constructor":2,"text":"\\ud83d"}')
        await store.commit([put(odd)])
        const got = await store.get('tickets', '__proto__')
        expect(JSON.stringify(got)).toBe(JSON.stringify({ ...odd, version: 1 }))
      })
      test('a collection that the schema does not name is refused', async () => {
        const change: Change = { collection: 'nothing', id: 'a', put: { id: 'a' } }
        await expect(store.commit([change])).rejects.toThrow(QueryError)
        await expect(store.get('nothing', 'a')).rejects.toThrow(QueryError)
        await expect(store.find('nothing')).rejects.toThrow('declare it in the schema')
      })
    })

    describe('commits all or nothing', () => {
      test('a change that expects another version is a conflict, and no other change of the commit is made', async () => {
        await store.commit([put({ id: 'a' })])
        const commit = store.commit([put({ id: 'b' }), put({ id: 'a', text: 'new' }, 7)])
        await expect(commit).rejects.toThrow(ConflictError)
        await expect(commit).rejects.toMatchObject({
          code: 'conflict',
          collection: 'tickets',
          documentId: 'a',
        })
        expect(await store.get('tickets', 'a')).toEqual({ id: 'a', version: 1 })
        expect(await store.get('tickets', 'b')).toBeUndefined()
      })
      test('a change that expects nothing to be there is a conflict when there is', async () => {
        await store.commit([put({ id: 'a' }, 'absent')])
        await expect(store.commit([put({ id: 'a' }, 'absent')])).rejects.toThrow(ConflictError)
      })
      test('a change that expects a version of a document that is not there is a conflict', async () => {
        await expect(store.commit([remove('a', 1)])).rejects.toThrow('expected version 1, found no document')
      })
      test('of many who create the same document at once exactly one succeeds', async () => {
        const attempts = await Promise.allSettled(
          Array.from({ length: 20 }, (_, by) => store.commit([put({ id: 'a', text: `${by}` }, 'absent')])),
        )
        expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      })
      test('a counter that everybody raises with the version they read loses no step', async () => {
        await store.commit([put({ id: 'counter', dueAt: 0 })])
        const raise = async (): Promise<void> => {
          const read = await store.get<Ticket>('tickets', 'counter')
          try {
            await store.commit([
              put({ id: 'counter', dueAt: (read?.dueAt ?? 0) + 1 }, read?.version ?? 'absent'),
            ])
          } catch (error) {
            expect(error).toBeInstanceOf(ConflictError)
            await raise()
          }
        }
        await Promise.all(Array.from({ length: 10 }, raise))
        expect(await store.get('tickets', 'counter')).toMatchObject({ dueAt: 10, version: 11 })
      })
      test('removing what is not there, and a commit of nothing, do nothing', async () => {
        await store.commit([remove('a')])
        await store.commit([])
        expect(await store.count('tickets')).toBe(0)
      })
      test.each([
        ['a document under another id', [{ collection: 'tickets', id: 'a', put: { id: 'b' } }]],
        ['two changes of one document', [put({ id: 'a' }), put({ id: 'a' })]],
        ['an object in an indexed field', [put({ id: 'a', state: {} } as unknown as Ticket)]],
        ['a boolean to order by', [put({ id: 'a', dueAt: true } as unknown as Ticket)]],
      ])('%s is refused as a mistake of the caller, and nothing is changed', async (_, changes) => {
        await expect(store.commit([put({ id: 'other' }), ...changes])).rejects.toThrow(TypeError)
        expect(await store.count('tickets')).toBe(0)
      })
    })

    findContract(() => store)

    describe('tells its watchers', () => {
      test('of each commit, in order, with the documents as they are stored', async () => {
        const told: (readonly Change[])[] = []
        const stop = store.watch((changes) => told.push(changes))
        await Promise.all([store.commit([put({ id: 'a' })]), store.commit([put({ id: 'a' }), remove('b')])])
        stop()
        await store.commit([put({ id: 'c' })])
        expect(told).toEqual([
          [{ collection: 'tickets', id: 'a', put: { id: 'a', version: 1 } }],
          [
            { collection: 'tickets', id: 'a', put: { id: 'a', version: 2 } },
            { collection: 'tickets', id: 'b', remove: true },
          ],
        ])
      })
      test('of nothing when there was a conflict', async () => {
        let told = 0
        store.watch(() => {
          told += 1
        })
        await expect(store.commit([put({ id: 'a' }, 3)])).rejects.toThrow(ConflictError)
        expect(told).toBe(0)
      })
      test('also when another watcher fails, and the commit stands', async () => {
        let told = 0
        store.watch(() => {
          throw new Error('a bug of the listener')
        })
        store.watch(() => {
          told += 1
        })
        await store.commit([put({ id: 'a' })])
        expect(told).toBe(1)
      })
    })

    test('a closed store takes no more commits, and closing it twice does no harm', async () => {
      await store.close()
      await expect(store.commit([put({ id: 'a' })])).rejects.toThrow(StoreFailedError)
    })
  })
}
