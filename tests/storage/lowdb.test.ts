import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { storeContract } from './store-contract.ts'
import { temporaryFolder } from './temporary-folder.ts'

storeContract('the lowdb store', async (schema) =>
  openLowdbStore({ folder: await temporaryFolder(), schema, onWarning: () => undefined }),
)

describe('the data folder', () => {
  test('is for its owner only, as are the files in it', async () => {
    const folder = join(await temporaryFolder(), 'a', 'data')
    const store = await openLowdbStore({ folder, schema: {} })
    await store.close()
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect((await stat(join(folder, 'journal.1.jsonl'))).mode & 0o777).toBe(0o600)
  })

  test('keeps the documents of a collection that the schema no longer has, until it has it again', async () => {
    const folder = await temporaryFolder()
    const note = { collection: 'notes', id: 'a', put: { id: 'a' } }
    const first = await openLowdbStore({ folder, schema: { notes: [] } })
    await first.commit([note])
    await first.close()
    const without = await openLowdbStore({ folder, schema: { others: [] }, compactBytes: 1 })
    await expect(without.get('notes', 'a')).rejects.toThrow('no collection notes')
    await without.commit([{ collection: 'others', id: 'b', put: { id: 'b' } }])
    await without.close()
    const again = await openLowdbStore({ folder, schema: { notes: [] } })
    expect(await again.get('notes', 'a')).toEqual({ id: 'a', version: 1 })
    await again.close()
  })

  test('gets the indexes of a new schema at the next start', async () => {
    const folder = await temporaryFolder()
    const first = await openLowdbStore({ folder, schema: { notes: [] } })
    await first.commit([{ collection: 'notes', id: 'a', put: { id: 'a', state: 'new' } as { id: string } }])
    await first.close()
    const again = await openLowdbStore({ folder, schema: { notes: [{ equal: ['state'] }] } })
    expect(await again.count('notes', { where: { state: 'new' } })).toBe(1)
    await again.close()
  })
})
