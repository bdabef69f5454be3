/** Commits as fast as it can, in pairs, from several callers, and prints the number of each commit that resolved. */
import { writeSync } from 'node:fs'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'

const [folder, first] = process.argv.slice(2)
const store = await openLowdbStore({ folder: folder as string, schema: { notes: [] }, compactBytes: 20_000 })
let next = Number(first)

async function work(): Promise<void> {
  for (;;) {
    const number = next
    next += 1
    await store.commit(
      ['left', 'right'].map((side) => ({
        collection: 'notes',
        id: `${number}-${side}`,
        put: { id: `${number}-${side}` },
      })),
    )
    // Synchronous: what is acknowledged must be in the pipe before the kill, not in a buffer of this process.
    writeSync(1, `${number}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, work))
