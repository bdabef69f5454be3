import { expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { startChild } from './child-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const ROUNDS = 5

test('kill -9 while commits run loses nothing that was acknowledged and leaves no half commit', async () => {
  const folder = await temporaryFolder()
  const acknowledged = new Set<number>()
  let first = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const writer = startChild('crash-writer.ts', folder, String(first))
    // Some moment between the first and the two-thousandth commit of this round.
    const killAt = Math.floor(Math.random() * 2_000)
    let seen = 0
    writer.lines.on('line', (line) => {
      acknowledged.add(Number(line))
      seen += 1
      if (seen === killAt + 1) {
        writer.process.kill('SIGKILL')
      }
    })
    await new Promise((resolve) => writer.lines.once('close', resolve))
    await writer.kill()

    const store = await openLowdbStore({ folder, schema: { notes: [] }, onWarning: () => undefined })
    const sides = new Map<number, number>()
    for (const number of await allNumbers(store)) {
      sides.set(number, (sides.get(number) ?? 0) + 1)
    }
    await store.close()
    expect([...sides].filter(([, count]) => count !== 2)).toEqual([])
    expect([...acknowledged].filter((number) => !sides.has(number))).toEqual([])
    expect(acknowledged.size).toBeGreaterThan(0)
    first = Math.max(...sides.keys()) + 1
  }
}, 30_000)

async function allNumbers(store: Awaited<ReturnType<typeof openLowdbStore>>): Promise<number[]> {
  const numbers: number[] = []
  let cursor: string | undefined
  do {
    const page = await store.find('notes', { limit: 10_000, ...(cursor === undefined ? {} : { cursor }) })
    numbers.push(...page.documents.map(({ id }) => Number(id.split('-')[0])))
    cursor = page.next
  } while (cursor !== undefined)
  return numbers
}
