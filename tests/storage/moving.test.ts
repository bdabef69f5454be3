import { readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { openFolderForMove } from '../../adapters/storage/lowdb/moving-side.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { move } from '../../adapters/storage/moving.ts'
import { openDatabaseForMove } from '../../adapters/storage/postgres/moving-side.ts'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import type { Document, Store } from '../../bot/ports/store.ts'
import { startChild } from './child-process.ts'
import { asOwner, emptyDatabase } from './postgres-server.ts'
import { temporaryFolder } from './temporary-folder.ts'

const schema = { notes: [{ equal: ['by'], order: 'at' }], others: [] }
const at = new Date('2026-11-20T12:00:00Z')
const quiet = () => undefined

interface Note extends Document {
  readonly by?: string
  readonly at?: number | string
}

const odd: readonly Note[] = [
  { id: '\u0000', by: '\ud83d', at: '\u0001' },
  { id: '__proto__', by: '🔥', at: -0.5 },
  { id: '长'.repeat(2_000), by: "'; drop table notes; --", at: 1e21 },
  JSON.parse('{"id":"odd","b":1,"a":{"10":1,"9":[null,{}]},"__proto__":{"x":"\\ufffe"},"constructor":2}'),
]

/** A data folder with `count` notes, some of them changed, some removed, some odd. */
async function dataFolder(count: number): Promise<string> {
  const folder = await temporaryFolder()
  const store = await openLowdbStore({ folder, schema })
  const put = (note: Note) => ({ collection: 'notes', id: note.id, put: note })
  const notes = Array.from({ length: count }, (_, number) => ({
    id: `n${number}`,
    by: `人${number % 9}`,
    at: number,
  }))
  await store.commit([...odd, ...notes].map(put))
  await store.commit(notes.filter(({ at }) => at % 3 === 0).map((note) => put({ ...note, by: '改' })))
  await store.commit([
    { collection: 'others', id: 'x', put: { id: 'x' } },
    { collection: 'notes', id: 'n1', remove: true },
  ])
  await store.close()
  return folder
}

async function moveTo(to: 'postgres' | 'lowdb', folder: string, url: string, again = false) {
  const data = await openFolderForMove(folder, schema, quiet)
  try {
    const database = await openDatabaseForMove(url, schema)
    try {
      return await (to === 'postgres'
        ? move(data, database, { again, at })
        : move(database, data, { again, at }))
    } finally {
      await database.close()
    }
  } finally {
    await data.close()
  }
}

const openFolder = (folder: string) => openLowdbStore({ folder, schema, onWarning: quiet })
const openDatabase = (url: string) => openPostgresStore({ url, schema, onWarning: quiet })

/** Everything, through the store's own door. */
async function contentOf(store: Store): Promise<unknown[]> {
  const found: unknown[] = []
  for (const collection of ['notes', 'others']) {
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await store.find(collection, { limit: 5_000, ...(cursor !== undefined && { cursor }) })
      found.push(...page.documents)
      cursor = page.next
      more = cursor !== undefined
    }
  }
  await store.close()
  return found
}

/** @returns whether it had ended before it was killed */
async function moveKilledAfter(after: number, folder: string, url: string, to: string): Promise<boolean> {
  const mover = startChild('data-mover.ts', folder, url, to)
  expect(await mover.line()).toBe('begun')
  const ended = mover.line().then(() => true)
  ended.catch(() => undefined)
  const moved = await Promise.race([ended, wait(after).then(() => false)])
  await mover.kill()
  // the server notices a moment later that its client has gone
  const connected = `select 1 from pg_stat_activity where datname = current_database() and application_name = 'linli'`
  await expect.poll(() => asOwner(url, connected), { timeout: 10_000 }).toEqual([])
  return moved
}

/** A side that opens has nothing or everything; one that does not open says why. */
function expectWholeOrRefused(
  sides: readonly PromiseSettledResult<unknown[]>[],
  whole: readonly unknown[],
): void {
  for (const side of sides) {
    if (side.status === 'rejected')
      expect(String(side.reason)).toMatch(/interrupted|lives in PostgreSQL|moved away/u)
    else if (side.value.length > 0) expect(side.value).toEqual(whole)
  }
}

describe('moving the data', () => {
  test('of 10,000 documents to PostgreSQL and back keeps every document, its version and every odd character', async () => {
    const [folder, url] = [await dataFolder(10_100), await emptyDatabase()]
    const before = await contentOf(await openFolder(folder))
    const there = await moveTo('postgres', folder, url)
    expect(Object.fromEntries(there.counts)).toEqual({ notes: 10_103, others: 1 })
    expect(await contentOf(await openDatabase(url))).toEqual(before)
    await expect(openFolder(folder)).rejects.toThrow('its data lives in PostgreSQL now')

    const store = await openDatabase(url)
    expect(await store.count('notes', { where: { by: '改' } })).toBe(3_367)
    await store.commit([{ collection: 'others', id: 'x', put: { id: 'x' }, expect: 1 }])
    await store.close()
    const back = await moveTo('lowdb', folder, url, true)
    expect(back.documents).toBe(there.documents)
    expect(back.hash).not.toBe(there.hash)
    await expect(openDatabase(url)).rejects.toThrow('its data was moved away')
    const home = await openFolder(folder)
    expect(await home.get('others', 'x')).toEqual({ id: 'x', version: 2 })
    expect((await contentOf(home)).length).toBe(before.length)
    expect((await readdir(folder)).filter((name) => name.startsWith('before-move-'))).toHaveLength(1)
  })

  test('keeps the bytes of a document but for where its version stands', async () => {
    const [folder, url] = [await dataFolder(1), await emptyDatabase()]
    await moveTo('postgres', folder, url)
    const store = await openDatabase(url)
    expect(JSON.stringify(await store.get('notes', 'odd'))).toBe(JSON.stringify({ ...odd[3], version: 1 }))
    await store.close()
  })

  test('is refused while a bot runs on either side', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    const bot = await openDatabase(url)
    await expect(moveTo('postgres', folder, url)).rejects.toThrow('is open in another process')
    await bot.close()
    const other = await openFolder(folder)
    await expect(moveTo('postgres', folder, url)).rejects.toThrow('is in use by process')
    await other.close()
    await moveTo('postgres', folder, url)
  })

  test('keeps every process away from the database while it lasts', async () => {
    const url = await emptyDatabase()
    const database = await openDatabaseForMove(url, schema)
    await expect(openDatabase(url)).rejects.toThrow('is just being moved')
    await database.close()
    await (await openDatabase(url)).close()
  })

  test('never takes the place of data in use, also not with --again', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    const bot = await openDatabase(url)
    await bot.commit([{ collection: 'others', id: 'mine', put: { id: 'mine' } }])
    await bot.close()
    await expect(moveTo('postgres', folder, url, true)).rejects.toThrow(
      'expected an empty database, found 1 documents',
    )
    await expect(moveTo('lowdb', folder, url, true)).rejects.toThrow(
      'expected a folder without data, found 7 documents',
    )
    await (await openFolder(folder)).close()
    expect(await contentOf(await openDatabase(url))).toHaveLength(1)
  })

  test('takes the place of what an earlier move left only when told so', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    await moveTo('postgres', folder, url)
    await expect(moveTo('lowdb', folder, url)).rejects.toThrow('--again moves it aside')
    await moveTo('lowdb', folder, url, true)
    await expect(moveTo('postgres', folder, url)).rejects.toThrow('--again puts the new ones in their place')
    await moveTo('postgres', folder, url, true)
    expect(await contentOf(await openDatabase(url))).toHaveLength(7)
  })

  test('is refused when the database belongs to a newer program', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    await (await openPostgresStore({ url, schema: { ...schema, later: [] } })).close()
    await expect(moveTo('postgres', folder, url)).rejects.toThrow('was used by a newer LinLi')
    await (await openFolder(folder)).close()
  })

  test('that does not arrive as it was sent is no move: the source is used on, the target refuses to start', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    const data = await openFolderForMove(folder, schema, quiet)
    const database = await openDatabaseForMove(url, schema)
    const tampering = {
      ...database,
      async *documents() {
        for await (const each of database.documents()) if (each.document.id !== 'n2') yield each
      },
    }
    await expect(move(data, tampering, { again: false, at })).rejects.toThrow(
      /expected 7 documents .* found 6/u,
    )
    await Promise.all([data.close(), database.close()])
    await expect(openDatabase(url)).rejects.toThrow('a move of data to it was interrupted')
    await (await openFolder(folder)).close()
    await moveTo('postgres', folder, url, true)
    expect(await contentOf(await openDatabase(url))).toHaveLength(7)
  })

  test.each(['postgres', 'lowdb'] as const)(
    'to %s, killed at any moment, leaves one whole side or says that it was interrupted, and can be repeated',
    async (to) => {
      const folder = await dataFolder(8_000)
      const whole = await contentOf(await openFolder(folder))
      const url = await emptyDatabase()
      if (to === 'lowdb') await moveTo('postgres', folder, url)
      for (const after of [0, 60, 150, 300, 500]) {
        const moved = await moveKilledAfter(after, folder, url, to)
        const sides = await Promise.allSettled([
          openFolder(folder).then(contentOf),
          openDatabase(url).then(contentOf),
        ])
        expectWholeOrRefused(sides, whole)
        if (moved || sides[to === 'postgres' ? 0 : 1]?.status === 'rejected') break
      }
      await moveTo(to, folder, url, true).catch((error: unknown) => {
        // the last one was killed after everything was done
        expect(String(error)).toMatch(/in use|lives in PostgreSQL|moved away/u)
      })
      const target = to === 'postgres' ? await openDatabase(url) : await openFolder(folder)
      expect(await contentOf(target)).toEqual(whole)
    },
  )

  test('to a folder, interrupted while files change places, is refused at the start and repeated', async () => {
    const [folder, url] = [await dataFolder(3), await emptyDatabase()]
    await moveTo('postgres', folder, url)
    await moveTo('lowdb', folder, url, true)
    await moveTo('postgres', folder, url, true)
    // the state between two renames
    await rename(join(folder, 'moved.json'), join(folder, 'arriving-1'))
    await expect(openFolder(folder)).rejects.toThrow('a move of data to it was interrupted')
    await moveTo('lowdb', folder, url, true)
    expect(await contentOf(await openFolder(folder))).toHaveLength(7)
    expect(await readFile(join(folder, 'journal.1.jsonl'), 'utf8')).toContain('2026-11-20T12:00:00.000Z')
  })
})
