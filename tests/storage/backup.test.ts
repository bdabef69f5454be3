import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backup, dailySnapshot } from '../../adapters/storage/lowdb/backup.ts'
import { openBackup } from '../../adapters/storage/lowdb/open-backup.ts'
import { restore } from '../../adapters/storage/lowdb/restore.ts'
import { type LowdbStore, openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { openPhotos } from '../../adapters/storage/photos.ts'
import { temporaryFolder } from './temporary-folder.ts'

const schema = { tickets: [{ equal: ['state'] }] }
const now = Date.parse('2026-11-20T16:30:00.000Z')
const DAY = 24 * 60 * 60 * 1000
const quiet = { now, onWarning: () => undefined }

function ticket(id: string, state: string) {
  return { collection: 'tickets', id, put: { id, state } as { id: string } }
}

/** A running store with a ticket, a photo and a model. */
async function runningStore() {
  const root = await temporaryFolder()
  const data = join(root, 'data')
  const store = await openLowdbStore({ folder: data, schema })
  const photos = await openPhotos(join(data, 'photos'))
  const { file } = await photos.save('1.jpg', Buffer.from('a photo'))
  await writeFile(join(data, 'model.json'), '{"weights":[1]}')
  await store.commit([ticket('a', 'open')])
  return { root, data, store, file, target: join(root, 'backup') }
}

async function statesIn(folder: string): Promise<readonly unknown[]> {
  const store = await openLowdbStore({ folder, schema })
  const { documents } = await store.find('tickets')
  await store.close()
  return documents
}

const contents = { linked: ['photos'], copied: ['model.json', 'not-there-yet'] }

describe('a backup', () => {
  test('of a running store, restored elsewhere, is the store of that moment with its photos and files', async () => {
    const { root, store, file, target } = await runningStore()
    const manifest = await backup(store, target, { now, contents })
    expect(manifest.createdAt).toBe('2026-11-20T16:30:00.000Z')
    await store.commit([ticket('a', 'done'), ticket('b', 'open')])
    await store.close()

    const restored = join(root, 'restored')
    expect(await restore(target, restored, quiet)).toEqual({
      documents: 1,
      elsewhere: false,
      createdAt: '2026-11-20T16:30:00.000Z',
      movedAside: undefined,
    })
    expect(await statesIn(restored)).toEqual([{ id: 'a', state: 'open', version: 1 }])
    expect(await readFile(join(restored, 'photos', file), 'utf8')).toBe('a photo')
    expect(await readFile(join(restored, 'model.json'), 'utf8')).toBe('{"weights":[1]}')
    expect((await readdir(restored)).sort()).toEqual([
      'journal.1.jsonl',
      'model.json',
      'photos',
      'snapshot.1.jsonl',
    ])
  })

  test('of a store whose documents are in PostgreSQL holds the files, says so, and brings back the files', async () => {
    const { root, store, data, file, target } = await runningStore()
    await store.close()
    const manifest = await backup({ folder: data }, target, { now, contents })
    expect(manifest).toMatchObject({
      documents: 'elsewhere',
      files: [{ path: `photos/${file}` }, { path: 'model.json' }],
    })
    const restored = join(root, 'restored')
    expect(await restore(target, restored, { ...quiet, filesOnly: true })).toMatchObject({
      documents: 0,
      elsewhere: true,
    })
    expect((await readdir(restored)).sort()).toEqual(['model.json', 'photos'])
    await expect(openBackup(target, schema)).rejects.toThrow('its documents were in PostgreSQL')
  })

  test('with documents is not brought back beside a PostgreSQL, where nobody would read them', async () => {
    const { root, store, target } = await runningStore()
    await backup(store, target, { now, contents })
    await store.close()
    const restored = join(root, 'restored')
    await expect(restore(target, restored, { ...quiet, filesOnly: true })).rejects.toThrow(
      'linli data move --to postgres',
    )
    await expect(readdir(restored)).rejects.toThrow('ENOENT')
  })

  test('links photos, which never change, and copies what may change', async () => {
    const { data, store, file, target } = await runningStore()
    await backup(store, target, { now, contents })
    await writeFile(join(data, 'model.json'), '{"weights":[2]}')
    await store.close()
    expect((await stat(join(target, 'photos', file))).ino).toBe((await stat(join(data, 'photos', file))).ino)
    expect(await readFile(join(target, 'model.json'), 'utf8')).toBe('{"weights":[1]}')
  })

  test('holds whole commits only, though commits run while it is made', async () => {
    const { root, store, target } = await runningStore()
    let running = true
    const load = (async () => {
      for (let number = 0; running; number += 1) {
        await store.commit([ticket(`${number}-left`, 'open'), ticket(`${number}-right`, 'open')])
      }
    })()
    await backup(store, target, { now })
    running = false
    await load
    await store.close()
    const { documents } = await restore(target, join(root, 'restored'), quiet)
    expect(documents % 2).toBe(1)
  })

  test('never writes over something', async () => {
    const { store, target } = await runningStore()
    await backup(store, target, { now })
    await expect(backup(store, target, { now })).rejects.toThrow('expected a new or empty folder, found')
    await store.close()
  })

  test('reaches no file outside the data folder', async () => {
    const { store, target } = await runningStore()
    await expect(backup(store, target, { now, contents: { copied: ['../secret'] } })).rejects.toThrow(
      'expected a name in the data folder',
    )
    await expect(stat(target)).rejects.toThrow('ENOENT')
    await store.close()
  })

  test('that fails leaves nothing behind', async () => {
    const { root, store, target } = await runningStore()
    const failing: Pick<LowdbStore, 'folder' | 'snapshotTo'> = {
      folder: store.folder,
      snapshotTo: () => Promise.reject(new Error('ENOSPC')),
    }
    await expect(backup(failing, target, { now })).rejects.toThrow('ENOSPC')
    expect(await readdir(root)).toEqual(['data'])
    await store.close()
  })
})

describe('restoring', () => {
  test('a folder that holds data is refused, unless forced: then the data is moved aside, not deleted', async () => {
    const { data, store, target } = await runningStore()
    await backup(store, target, { now, contents })
    await store.commit([ticket('b', 'open')])
    await store.close()
    await expect(restore(target, data, quiet)).rejects.toThrow('use --force to move what is there aside')
    expect(await statesIn(data)).toHaveLength(2)

    const { movedAside } = await restore(target, data, { ...quiet, force: true })
    expect(movedAside).toContain(join(data, 'before-restore-2026-11-20T16-30-00.000Z-'))
    expect(await statesIn(data)).toHaveLength(1)
    expect(await statesIn(movedAside as string)).toHaveLength(2)
  })

  test('from a daily snapshot inside the data folder works, and keeps the other days', async () => {
    const { data, store } = await runningStore()
    const day = await dailySnapshot(store, { now, contents })
    await store.commit([ticket('b', 'open')])
    await store.close()
    await restore(day, data, { ...quiet, force: true })
    expect(await statesIn(data)).toHaveLength(1)
    expect(await readdir(join(data, 'daily'))).toEqual(['2026-11-21'])
  })

  test('is refused while a bot runs on the folder', async () => {
    const { data, store, target } = await runningStore()
    await backup(store, target, { now })
    await expect(restore(target, data, { ...quiet, force: true })).rejects.toMatchObject({ code: 'locked' })
    await store.close()
  })

  test.each([
    [
      'a changed file',
      (target: string) => writeFile(join(target, 'model.json'), '{"weights":[9]}'),
      'other content',
    ],
    ['a shorter file', (target: string) => writeFile(join(target, 'model.json'), '{'), 'found 1 bytes'],
    [
      'no list of files',
      (target: string) => rename(join(target, 'manifest.json'), join(target, 'm')),
      'found none',
    ],
    [
      'a missing photo',
      (target: string) => rename(join(target, 'photos'), join(target, 'p')),
      'found nothing',
    ],
    [
      'a list that leads out of its folder',
      (target: string) =>
        writeFile(
          join(target, 'manifest.json'),
          '{"linli":"backup","format":1,"createdAt":"","files":[{"path":"a/../../x","bytes":1}]}',
        ),
      'a path below the folder',
    ],
    [
      'a newer format',
      (target: string) =>
        writeFile(join(target, 'manifest.json'), '{"linli":"backup","format":9,"createdAt":"","files":[]}'),
      'newer LinLi',
    ],
  ])('a backup with %s touches nothing', async (_, damage, message) => {
    const { data, store, target } = await runningStore()
    await backup(store, target, { now, contents })
    await store.close()
    const before = await readdir(data)
    await damage(target)
    await expect(restore(target, data, { ...quiet, force: true })).rejects.toThrow(message)
    expect(await readdir(data)).toEqual(before)
  })

  test('that was interrupted while files were moved is not taken for data, and can be done again', async () => {
    const { data, store, target } = await runningStore()
    await backup(store, target, { now })
    await store.close()
    await mkdir(join(data, 'restoring-1'))
    await expect(openLowdbStore({ folder: data, schema })).rejects.toThrow('a restore was interrupted here')
    await restore(target, data, { ...quiet, force: true })
    expect(await statesIn(data)).toHaveLength(1)
  })

  test('that was interrupted while copying leaves the data as it was', async () => {
    const { data, store } = await runningStore()
    await store.close()
    await mkdir(join(data, 'restoring.tmp'))
    expect(await statesIn(data)).toHaveLength(1)
    expect(await readdir(data)).not.toContain('restoring.tmp')
  })
})

describe('the daily snapshot', () => {
  test('is made once for each day in China, and the last seven are kept', async () => {
    const { data, store } = await runningStore()
    for (let day = 0; day < 9; day += 1) {
      await dailySnapshot(store, { now: now + day * DAY })
      await dailySnapshot(store, { now: now + day * DAY + 1 })
    }
    expect(await readdir(join(data, 'daily'))).toEqual(
      ['23', '24', '25', '26', '27', '28', '29'].map((day) => `2026-11-${day}`),
    )
    await store.close()
  })

  test('is a sign that there was data: when the data files have gone, the start is refused', async () => {
    const { data, store } = await runningStore()
    const day = await dailySnapshot(store, { now })
    await store.close()
    await rm(join(data, 'journal.1.jsonl'))
    await expect(openLowdbStore({ folder: data, schema })).rejects.toThrow(
      'the file is missing, though daily/ is there',
    )
    await restore(day, data, { ...quiet, force: true })
    expect(await statesIn(data)).toHaveLength(1)
  })

  test('survives a crash while it is made', async () => {
    const { data, store } = await runningStore()
    await mkdir(join(data, 'daily', '2026-11-19.tmp', 'photos'), { recursive: true })
    const folder = await dailySnapshot(store, { now })
    expect(await readdir(join(data, 'daily'))).toEqual(['2026-11-21'])
    expect(await readdir(folder)).toContain('manifest.json')
    await store.close()
  })
})
