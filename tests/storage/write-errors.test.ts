import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type OpenFile, openOnDisk, type WritableFile } from '../../adapters/storage/durable-files.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { type Change, StoreFailedError } from '../../bot/ports/store.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A disk whose calls can be replaced, by the name of the file. */
interface Disk {
  readonly openFile: OpenFile
  fault: (path: string, call: keyof WritableFile, file: WritableFile, ...rest: unknown[]) => unknown
}

function createDisk(): Disk {
  const disk: Disk = {
    fault: () => undefined,
    async openFile(path, flags, mode) {
      const file: WritableFile = await openOnDisk(path, flags, mode)
      const through =
        <A extends unknown[], R>(call: keyof WritableFile, really: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> =>
          ((await disk.fault(path, call, file, ...args)) as R | undefined) ?? really.apply(file, args)
      return {
        write: through('write', file.write),
        datasync: through('datasync', file.datasync),
        sync: through('sync', file.sync),
        truncate: through('truncate', file.truncate),
        close: through('close', file.close),
      }
    },
  }
  return disk
}

function full(): never {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

function note(id: string): Change[] {
  return [{ collection: 'notes', id, put: { id } }]
}

async function openOn(disk: Disk, folder: string, compactBytes?: number) {
  const warnings: string[] = []
  const schema = { notes: [] }
  const store = await openLowdbStore({
    folder,
    schema,
    compactBytes,
    openFile: disk.openFile,
    onWarning: (text) => warnings.push(text),
  })
  return { store, warnings }
}

async function idsIn(folder: string): Promise<string[]> {
  const store = await openLowdbStore({ folder, schema: { notes: [] } })
  const { documents } = await store.find('notes')
  await store.close()
  return documents.map(({ id }) => id)
}

describe('a disk that fails', () => {
  test.each(['write', 'datasync'] as const)(
    'at %s rejects all who wait, and all who come after',
    async (failing) => {
      const [disk, folder] = [createDisk(), await temporaryFolder()]
      const { store } = await openOn(disk, folder)
      await store.commit(note('before'))
      disk.fault = (_, call) => (call === failing ? full() : undefined)
      const waiting = await Promise.allSettled([store.commit(note('1')), store.commit(note('2'))])
      expect(waiting.map((each) => each.status === 'rejected' && each.reason)).toEqual([
        expect.any(StoreFailedError),
        expect.any(StoreFailedError),
      ])
      disk.fault = () => undefined
      await expect(store.commit(note('after'))).rejects.toThrow(
        /expected to write to .*journal\.1\.jsonl, but the disk refused: ENOSPC.*free space or repair the disk first/,
      )
      await store.close()
      expect(await idsIn(folder)).toEqual(['before'])
    },
  )

  test('still answers questions after the failure', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    const { store } = await openOn(disk, folder)
    await store.commit(note('before'))
    disk.fault = (_, call) => (call === 'write' ? full() : undefined)
    await expect(store.commit(note('lost'))).rejects.toThrow(StoreFailedError)
    expect(await store.get('notes', 'before')).toEqual({ id: 'before', version: 1 })
    await expect(store.commit(note('another'))).rejects.toThrow(StoreFailedError)
    expect(await store.get('notes', 'another')).toBeUndefined()
    await store.close()
  })

  test('that takes a few bytes at a time gets all of them', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    disk.fault = (_, call, file, bytes, offset, length) =>
      call === 'write'
        ? file.write(bytes as Uint8Array, offset as number, Math.min(7, length as number))
        : undefined
    const { store } = await openOn(disk, folder, 500)
    for (let number = 10; number < 40; number += 1) {
      await store.commit(note(`${number}`))
    }
    await store.close()
    expect(await idsIn(folder)).toHaveLength(30)
  })

  test('that takes half a line and is full then leaves nothing of it', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    const { store } = await openOn(disk, folder)
    await store.commit(note('before'))
    const good = await readFile(join(folder, 'journal.1.jsonl'))
    let writes = 0
    disk.fault = (_, call, file, bytes, offset) => {
      writes += call === 'write' ? 1 : 0
      return call !== 'write'
        ? undefined
        : writes > 1
          ? full()
          : file.write(bytes as Uint8Array, offset as number, 9)
    }
    await expect(store.commit(note('half'))).rejects.toThrow(StoreFailedError)
    expect(await readFile(join(folder, 'journal.1.jsonl'))).toEqual(good)
    await store.close()
  })

  test('that takes no bytes and reports no error does not hang the store', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    const { store } = await openOn(disk, folder)
    disk.fault = (_, call) => (call === 'write' ? { bytesWritten: 0 } : undefined)
    await expect(store.commit(note('a'))).rejects.toThrow('the disk took none')
    await store.close()
  })

  test('that cannot even take back half a line loses only that line at the next start', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    const { store } = await openOn(disk, folder)
    await store.commit(note('before'))
    let writes = 0
    disk.fault = (_, call, file, bytes, offset) => {
      writes += call === 'write' ? 1 : 0
      if (call === 'truncate' || writes > 1) {
        full()
      }
      return call === 'write' ? file.write(bytes as Uint8Array, offset as number, 9) : undefined
    }
    await expect(store.commit(note('half'))).rejects.toThrow('and taking the line back')
    disk.fault = () => undefined
    await store.close()
    const warnings: string[] = []
    const again = await openLowdbStore({
      folder,
      schema: { notes: [] },
      onWarning: (text) => warnings.push(text),
    })
    expect(await again.count('notes')).toBe(1)
    expect(warnings).toEqual([expect.stringContaining('cut 9 bytes')])
    await again.close()
  })

  test('that loses a commit loses it from a snapshot taken meanwhile too', async () => {
    const [disk, folder] = [createDisk(), await temporaryFolder()]
    const { store } = await openOn(disk, folder)
    let snapshotIsWritten: () => void
    const written = new Promise<void>((resolve) => {
      snapshotIsWritten = resolve
    })
    disk.fault = async (path, call) => {
      if (path.endsWith('.tmp') && call === 'close') {
        snapshotIsWritten()
      } else if (path.endsWith('journal.1.jsonl') && call === 'datasync') {
        await written
        full()
      }
    }
    const target = join(await temporaryFolder(), 'snapshot.1.jsonl')
    const attempts = await Promise.allSettled([store.commit(note('lost')), store.snapshotTo(target)])
    expect(attempts.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await readdir(dirname(target))).toEqual([])
    await store.close()
  })

  test.each(['snapshot', 'journal'])(
    'while a new %s is written costs no commit: the old files are used on',
    async (kind) => {
      const [disk, folder] = [createDisk(), await temporaryFolder()]
      const { store, warnings } = await openOn(disk, folder, 300)
      disk.fault = (path, call) =>
        path.includes(`${kind}.`) && path.endsWith('.tmp') && call === 'write' ? full() : undefined
      for (let number = 100; number < 130; number += 1) {
        await store.commit(note(`${number}`))
      }
      expect(warnings[0]).toMatch(/(journals are kept|the old one is used on): Error: ENOSPC/)
      disk.fault = () => undefined
      await store.commit(note('130'))
      await store.close()
      expect(await idsIn(folder)).toHaveLength(31)
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    },
  )
})
