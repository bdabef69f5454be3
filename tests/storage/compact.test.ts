import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('what was removed is in no file of the store after it was compacted, and the rest is kept', async () => {
  const folder = await temporaryFolder()
  const store = await openLowdbStore({ folder, schema: { notes: [] } })
  for (const id of ['secret-word', 'other']) await store.commit([{ collection: 'notes', id, put: { id } }])
  await store.commit([{ collection: 'notes', id: 'secret-word', remove: true }])
  await store.compact()
  for (const name of await readdir(folder))
    expect(await readFile(join(folder, name), 'utf8')).not.toContain('secret-word')
  await store.compact()
  await store.close()
  const again = await openLowdbStore({ folder, schema: { notes: [] } })
  expect(await again.get('notes', 'other')).toMatchObject({ id: 'other' })
  await again.close()
})
