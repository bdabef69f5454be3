/** A process that commits to ADDRESS as fast as it can, in pairs, from several callers, and prints the number of each commit that resolved. */
import { writeSync } from 'node:fs'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'

const [url = '', first] = process.argv.slice(2)
const store = await openPostgresStore({ url, schema: { notes: [] } })
let next = Number(first)

async function work(): Promise<void> {
  for (;;) {
    const number = next
    next += 1
    const put = (side: string) => ({ id: `${number}-${side}` })
    await store.commit(
      ['left', 'right'].map((side) => ({
        ...{ collection: 'notes', id: `${number}-${side}`, expect: 'absent' },
        put: put(side),
      })),
    )
    // Synchronous: what is acknowledged must be in the pipe before the kill, not in a buffer of this process.
    writeSync(1, `${number}\n`)
  }
}

await Promise.all(Array.from({ length: 8 }, work))
