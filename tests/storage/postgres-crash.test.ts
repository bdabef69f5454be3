import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import type { Store } from '../../bot/ports/store.ts'
import { startChild } from './child-process.ts'
import { emptyDatabase } from './postgres-server.ts'

/** How long another process is held up, in ms, by one that was just stopped in the middle of its work. */
async function heldUp(store: Store, id: string): Promise<number> {
  const begun = performance.now()
  await store.commit([{ collection: 'notes', id, put: { id } }])
  return performance.now() - begun
}

async function opened(url: string): Promise<Store> {
  const store = await openPostgresStore({ url, schema: { notes: [] }, onWarning: () => undefined })
  onTestFinished(() => store.close())
  return store
}

async function numbersIn(store: Store): Promise<number[]> {
  const { documents } = await store.find('notes', { limit: 10_000 })
  const pairs = documents.map(({ id }) => id.split('-')).filter(([, side]) => side !== undefined)
  const sides = new Map<number, number>()
  for (const [number] of pairs) sides.set(Number(number), (sides.get(Number(number)) ?? 0) + 1)
  // half a commit would be a number with one side
  expect([...sides.values()].every((count) => count === 2)).toBe(true)
  return [...sides.keys()]
}

describe('a process on PostgreSQL', () => {
  test('that is killed in the middle of its commits loses none that was acknowledged, leaves none half done, and holds up nobody', async () => {
    const url = await emptyDatabase()
    const store = await opened(url)
    const acknowledged = new Set<number>()
    for (const round of [1, 2, 3, 4]) {
      const writer = startChild('postgres-writer.ts', url, `${round * 1_000}`)
      const begun = writer.line()
      writer.lines.on('line', (line: string) => acknowledged.add(Number(line)))
      await begun
      await wait(50 + round * 37)
      await writer.kill()
      expect(await heldUp(store, `after${round}`)).toBeLessThan(4_000)
    }
    const found = new Set(await numbersIn(store))
    expect(acknowledged.size).toBeGreaterThan(40)
    expect([...acknowledged].filter((number) => !found.has(number))).toEqual([])
  })

  test('that freezes with the lock in hand holds up the others for seconds only, and goes on when it wakes', async () => {
    const url = await emptyDatabase()
    const store = await opened(url)
    const writer = startChild('postgres-writer.ts', url, '0')
    const acknowledged = new Set<number>()
    const begun = writer.line()
    writer.lines.on('line', (line: string) => acknowledged.add(Number(line)))
    await begun
    for (const round of [1, 2, 3]) {
      writer.process.kill('SIGSTOP')
      expect(await heldUp(store, `frozen${round}`)).toBeLessThan(9_000)
      const before = acknowledged.size
      writer.process.kill('SIGCONT')
      await expect.poll(() => acknowledged.size, { timeout: 10_000 }).toBeGreaterThan(before + 20)
    }
    await writer.kill()
    const found = new Set(await numbersIn(store))
    expect([...acknowledged].filter((number) => !found.has(number))).toEqual([])
  })
})
