/** What several processes on one PostgreSQL may rely on. Each store here stands for a process of its own. */
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openPostgresStore, type PostgresStoreOptions } from '../../adapters/storage/postgres/store.ts'
import {
  type Change,
  ConflictError,
  type Document,
  type Schema,
  StoreFailedError,
} from '../../bot/ports/store.ts'
import { asOwner, emptyDatabase } from './postgres-server.ts'

interface Note extends Document {
  readonly by?: string
  readonly count?: number
}

const schema: Schema = { notes: [{ equal: ['by'], order: 'count' }], fences: [] }

async function openStore(url: string, options: Partial<PostgresStoreOptions> = {}) {
  const store = await openPostgresStore({ url, schema, onWarning: () => undefined, ...options })
  onTestFinished(() => store.close())
  return store
}

function put(id: string, note: Omit<Note, 'id'> = {}, expected?: number | 'absent'): Change {
  const change = { collection: 'notes', id, put: { id, ...note } as Note }
  return expected === undefined ? change : { ...change, expect: expected }
}

/** Whoever of LinLi is connected to it is cut off. */
async function cutAll(url: string): Promise<void> {
  await asOwner(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'linli'`,
  )
}

describe('several processes on one database', () => {
  test('hear of each other’s commits, each once, in the order in which they were made, and of their own', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    const heard: Record<string, string[]> = { one: [], other: [] }
    one.watch((changes) => heard['one']?.push(changes.map(({ id }) => id).join('+')))
    other.watch((changes) => heard['other']?.push(changes.map(({ id }) => id).join('+')))
    for (let at = 0; at < 40; at += 1)
      await (at % 2 ? one : other).commit([put(`${at}`), ...(at % 10 ? [] : [put(`${at}b`)])])
    await Promise.all(Array.from({ length: 40 }, (_, at) => (at % 2 ? one : other).commit([put(`x${at}`)])))
    await expect.poll(() => heard['one']?.length).toBe(80)
    await expect.poll(() => heard['other']?.length).toBe(80)
    expect(heard['one']).toEqual(heard['other'])
    expect(heard['one']?.slice(0, 3)).toEqual(['0+0b', '1', '2'])
    expect(new Set(heard['one']).size).toBe(80)
  })

  test('hear of documents as they are stored, and of what is gone', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    const heard: Change[] = []
    one.watch((changes) => heard.push(...changes))
    await other.commit([put('a', { by: '李' })])
    await expect
      .poll(() => heard)
      .toEqual([{ collection: 'notes', id: 'a', put: { id: 'a', by: '李', version: 1 } }])
    await other.commit([{ collection: 'notes', id: 'a', remove: true }])
    await expect.poll(() => heard.at(-1)).toEqual({ collection: 'notes', id: 'a', remove: true })
  })

  test('hear also of a commit that is too large for a notification of PostgreSQL', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    const heard: number[] = []
    one.watch((changes) => heard.push(changes.length))
    await other.commit(
      Array.from({ length: 3_000 }, (_, at) =>
        put(`a rather long id of a note ${at}`, { by: 'x', count: at }),
      ),
    )
    await expect.poll(() => heard).toEqual([3_000])
    expect(await one.count('notes', { where: { by: 'x' }, range: { field: 'count', gte: 1_000 } })).toBe(
      2_000,
    )
  })

  test('20 writers in 4 processes raise one counter together and lose no step', async () => {
    const url = await emptyDatabase()
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)))
    const raise = async (store: (typeof stores)[number]): Promise<void> => {
      const read = await store.get<Note>('notes', 'counter')
      try {
        await store.commit([put('counter', { count: (read?.count ?? 0) + 1 }, read?.version ?? 'absent')])
      } catch (error) {
        expect(error).toBeInstanceOf(ConflictError)
        await raise(store)
      }
    }
    const writer = async (store: (typeof stores)[number]) => {
      for (let at = 0; at < 5; at += 1) await raise(store)
    }
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => writer(stores[at % 4] as (typeof stores)[number])),
    )
    expect(await stores[0]?.get('notes', 'counter')).toEqual({ id: 'counter', count: 100, version: 100 })
  })

  test('commits that name the same documents in opposite order all succeed: nobody waits for each other for ever', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    const both = (store: typeof one, ids: string[]) => store.commit(ids.map((id) => put(id)))
    await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        at % 2 ? both(one, ['a', 'b', 'c']) : both(other, ['c', 'b', 'a']),
      ),
    )
    expect(await one.get('notes', 'b')).toMatchObject({ version: 30 })
  })

  test('a commit that rests on a fence never stands beside the takeover that raised it', async () => {
    const url = await emptyDatabase()
    const [owner, heir] = [await openStore(url), await openStore(url)]
    const fence = (by: string) => ({
      collection: 'fences',
      id: 'account/main',
      put: { id: 'account/main', by } as Note,
    })
    await owner.commit([fence('owner')])
    const rested = { collection: 'fences', id: 'account/main', check: true, expect: 1 } as const
    let sent = 0
    const sending = (async () => {
      for (;;) {
        try {
          await owner.commit([put(`sent/${sent}`, { by: 'owner', count: sent }), rested])
          sent += 1
        } catch (error) {
          return error
        }
      }
    })()
    await wait(60)
    await heir.commit([fence('heir')])
    // whatever the owner has sent by now is all that it will ever have sent
    const then = await heir.count('notes', { where: { by: 'owner' }, order: 'count' })
    expect(await sending).toBeInstanceOf(ConflictError)
    expect(sent).toBe(then)
    expect(sent).toBeGreaterThan(0)
    expect(await heir.count('notes', { where: { by: 'owner' }, order: 'count' })).toBe(then)
  })

  test('a check that expects nothing to be there holds against the process that just puts it there', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    for (let round = 0; round < 20; round += 1) {
      const ids = [`a${round}`, `b${round}`] as const
      const commit = (store: typeof one, own: string, others: string) =>
        store.commit([put(own), { collection: 'notes', id: others, check: true, expect: 'absent' }])
      const outcomes = await Promise.allSettled([commit(one, ids[0], ids[1]), commit(other, ids[1], ids[0])])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })
})

describe('a connection that is cut', () => {
  test('is made again: readers, writers and watchers go on, every commit is made once and heard once', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url)]
    const heard: string[] = []
    one.watch((changes) => heard.push(...changes.map(({ id }) => id)))
    let stop = false
    const cutting = (async () => {
      while (!stop) {
        await cutAll(url)
        await wait(40)
      }
    })()
    const commits = Array.from({ length: 150 }, async (_, at) => {
      await wait(at * 4)
      await (at % 2 ? one : other).commit([put(`${at}`, { by: 'x', count: at })])
      expect(await other.get('notes', `${at}`)).toBeDefined()
    })
    await Promise.all(commits)
    stop = true
    await cutting
    const { documents } = await one.find<Note>('notes', { where: { by: 'x' }, order: 'count' })
    expect(documents.map(({ version }) => version)).toEqual(Array(150).fill(1))
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(150)
    expect(new Set(heard).size).toBe(150)
  })

  test('while nobody answers the store waits, says so, and gives up with a clear error that names no password', async () => {
    const url = await emptyDatabase()
    const warnings: string[] = []
    const store = await openStore(url, { patienceMs: 4_500, onWarning: (line) => warnings.push(line) })
    await asOwner(url.replace(/\/test_\w+$/u, ''), `drop database ${url.split('/').at(-1)} with (force)`)
    await expect(store.commit([put('a')])).rejects.toThrow(/3D000|does not exist.*LINLI_DATABASE_URL/u)
    const nowhere = openPostgresStore({
      ...{ url: 'postgres://linli:geheim@127.0.0.1:1/linli', schema, startPatienceMs: 300 },
    })
    await expect(nowhere).rejects.toThrow(
      'PostgreSQL at 127.0.0.1:1, database linli, user linli: connect ECONNREFUSED',
    )
    await expect(nowhere).rejects.not.toThrow('geheim')
    expect(warnings.join()).not.toContain('linli:linli')
  })

  test('a process that was cut off for longer than the records are kept fails rather than missing something', async () => {
    const url = await emptyDatabase()
    const [one, other] = [await openStore(url), await openStore(url, { lookEveryMs: 50 })]
    other.watch(() => undefined)
    await one.commit([put('a')])
    // as if it had heard of nothing while the records went
    await asOwner(url, 'update linli._commits set sequence = sequence + 1000')
    await one.commit([put('b')])
    await expect
      .poll(() => other.commit([put('c')]).catch((error: unknown) => error))
      .toBeInstanceOf(StoreFailedError)
  })
})

describe('the tables', () => {
  test('are made once when several processes start at once', async () => {
    const url = await emptyDatabase()
    const stores = await Promise.all(Array.from({ length: 6 }, () => openStore(url)))
    await Promise.all(stores.map((store, at) => store.commit([put(`${at}`)])))
    expect(await stores[0]?.count('notes')).toBe(6)
    expect(await asOwner(url, "select value from linli._facts where name = 'revision'")).toEqual([
      { value: '1' },
    ])
  })

  test('get the indexes of a newer program, filled with what is there; the process before it stops', async () => {
    const url = await emptyDatabase()
    const older = await openStore(url)
    await older.commit(Array.from({ length: 2_500 }, (_, at) => put(`${at}`, { by: 'x', count: at % 7 })))
    const newer = await openStore(url, {
      schema: { ...schema, notes: [...(schema['notes'] ?? []), { equal: ['count'] }] },
    })
    expect(await newer.count('notes', { where: { count: 3 } })).toBe(357)
    await expect(older.commit([put('late')])).rejects.toThrow('a newer LinLi has changed the tables')
    await expect(older.commit([put('later')])).rejects.toThrow(StoreFailedError)
    await expect(openStore(url)).rejects.toThrow('was used by a newer LinLi (notes has an index [count])')
    await expect(openStore(url, { schema: { notes: [] } })).rejects.toThrow('start that version')
  })

  test('of a layout that this program does not know are refused', async () => {
    const url = await emptyDatabase()
    await (await openStore(url)).close()
    await asOwner(url, "update linli._facts set value = '99' where name = 'layout'")
    await expect(openStore(url)).rejects.toThrow('a newer LinLi (layout 99')
  })

  test('answer every declared query from an index, however many documents there are', async () => {
    const url = await emptyDatabase()
    const filling = await openStore(url)
    for (let from = 0; from < 20_000; from += 5_000)
      await filling.commit(
        Array.from({ length: 5_000 }, (_, at) =>
          put(`n${from + at}`, { by: `p${at % 50}`, count: from + at }),
        ),
      )
    await filling.close()
    await asOwner(url, 'analyze')
    await asOwner(url, 'select pg_stat_reset()')
    const store = await openStore(url)
    const where = { by: { in: ['p1', 'p2', 'p3'] } }
    const { documents, next } = await store.find<Note>('notes', {
      where,
      order: 'count',
      limit: 10,
      descending: true,
    })
    expect(documents[0]).toMatchObject({ by: 'p3', count: 19_953 })
    await store.find('notes', { where, order: 'count', limit: 10, descending: true, cursor: next as string })
    await store.get('notes', 'n77')
    await store.find('notes', { where: { by: 'p7' }, limit: 5 })
    await store.commit([put('n77', { by: 'p1' }, 1)])
    const scans =
      "select coalesce(sum(seq_tup_read), 0)::int as read from pg_stat_user_tables where relname = 'notes'"
    await asOwner(url, 'select pg_stat_force_next_flush()')
    await wait(1_200)
    expect(await asOwner(url, scans)).toEqual([{ read: 0 }])
  })
})
