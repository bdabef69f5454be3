import { copyFile, cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeLine, StoreDamagedError, StoreFormatError } from '../../adapters/storage/lowdb/lines.ts'
import { type LowdbStore, openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { temporaryFolder } from './temporary-folder.ts'

const schema = { notes: [] }
const NEVER = 1e9

async function open(folder: string, compactBytes = NEVER) {
  const warnings: string[] = []
  const store = await openLowdbStore({
    folder,
    schema,
    compactBytes,
    onWarning: (text) => warnings.push(text),
  })
  return { store, warnings }
}

/** Each commit puts two documents, so that half a commit would show. */
async function commitPair(store: LowdbStore, number: number): Promise<void> {
  await store.commit(
    ['left', 'right'].map((side) => {
      const id = `${String(number).padStart(5, '0')}-${side}`
      return { collection: 'notes', id, put: { id, text: '楼道堆物'.repeat(3) } as { id: string } }
    }),
  )
}

async function numbersIn(store: LowdbStore): Promise<number[]> {
  const { documents } = await store.find('notes', { limit: 10_000 })
  const sides = new Map<number, number>()
  for (const { id } of documents) {
    const number = Number(id.split('-')[0])
    sides.set(number, (sides.get(number) ?? 0) + 1)
  }
  for (const [number, count] of sides) {
    expect(count, `commit ${number} is there whole`).toBe(2)
  }
  return [...sides.keys()].sort((a, b) => a - b)
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at)
}

/** A closed folder with `count` commits, and the size of its journal after each. */
async function folderOf(count: number, compactBytes = NEVER): Promise<{ folder: string; sizes: number[] }> {
  const folder = await temporaryFolder()
  const { store } = await open(folder, compactBytes)
  const sizes: number[] = []
  for (const number of upTo(count)) {
    await commitPair(store, number)
    sizes.push(
      await stat(join(folder, 'journal.1.jsonl')).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  }
  await store.close()
  return { folder, sizes }
}

describe('after a crash', () => {
  test('a journal cut off anywhere keeps every commit before the cut, and works on', async () => {
    const { folder, sizes } = await folderOf(30)
    const journal = await readFile(join(folder, 'journal.1.jsonl'))
    const header = journal.indexOf(0x0a) + 1
    const scratch = await temporaryFolder()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: header, max: journal.length }), async (length) => {
        await writeFile(join(scratch, 'journal.1.jsonl'), journal.subarray(0, length))
        const { store, warnings } = await open(scratch)
        const whole = sizes.filter((size) => size <= length).length
        expect(await numbersIn(store)).toEqual(upTo(whole))
        expect(warnings).toHaveLength(length === header || sizes.includes(length) ? 0 : 1)
        await commitPair(store, whole)
        await store.close()
        const again = await open(scratch)
        expect(await numbersIn(again.store)).toEqual(upTo(whole + 1))
        expect(again.warnings).toEqual([])
        await again.store.close()
      }),
      { numRuns: 60 },
    )
  })

  test('rubbish after the last commit is cut, with a warning that says where', async () => {
    const { folder, sizes } = await folderOf(3)
    const path = join(folder, 'journal.1.jsonl')
    await writeFile(
      path,
      Buffer.concat([await readFile(path), Buffer.alloc(5_000, 0), Buffer.from('\nxx\n')]),
    )
    const { store, warnings } = await open(folder)
    expect(await numbersIn(store)).toEqual([0, 1, 2])
    expect(warnings).toEqual([expect.stringContaining(`interrupted at byte ${sizes.at(-1)}`)])
    await store.close()
  })

  test('between a new journal and its snapshot, both journals are read', async () => {
    const { folder } = await folderOf(5, 1)
    const copy = await temporaryFolder()
    // As if the crash had come before the newest snapshot got its name: the journals before it are still there.
    const { folder: whole } = await folderOf(2)
    await cp(whole, copy, { recursive: true })
    await writeFile(
      join(copy, 'journal.2.jsonl'),
      encodeLine('{"linli":"journal","format":1,"generation":2,"writtenAt":""}'),
    )
    await writeFile(join(copy, 'snapshot.2.jsonl.half.tmp'), 'half a snapshot')
    const { store, warnings } = await open(copy)
    expect(await numbersIn(store)).toEqual([0, 1])
    expect(warnings).toEqual([])
    expect((await readdir(copy)).sort()).toEqual(['journal.1.jsonl', 'journal.2.jsonl', 'lock.json'])
    await store.close()
    expect(await readdir(folder)).not.toContain('journal.1.jsonl')
  })

  test('older generations that a crash left behind are swept, once the newest snapshot has been read', async () => {
    const { folder } = await folderOf(6, 1)
    const names = await readdir(folder)
    expect(names).toHaveLength(2)
    const { folder: old } = await folderOf(1)
    await copyFile(join(old, 'journal.1.jsonl'), join(folder, 'journal.1.jsonl'))
    const { store } = await open(folder)
    expect(await numbersIn(store)).toEqual(upTo(6))
    await store.close()
    expect((await readdir(folder)).sort()).toEqual(names.sort())
  })
})

describe('damaged files', () => {
  test('one flipped byte in the middle of a journal refuses the start, and changes nothing', async () => {
    const { folder, sizes } = await folderOf(20)
    const path = join(folder, 'journal.1.jsonl')
    const good = await readFile(path)
    await fc.assert(
      fc.asyncProperty(
        // Not in the last two lines: damage there looks like a write that a crash cut off.
        fc.integer({ min: 0, max: (sizes.at(-3) as number) - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const bad = Buffer.from(good)
          bad.writeUInt8(bad.readUInt8(at) ^ bits, at)
          await writeFile(path, bad)
          await expect(open(folder)).rejects.toThrow(StoreDamagedError)
          expect(await readFile(path)).toEqual(bad)
        },
      ),
      { numRuns: 60 },
    )
    await writeFile(path, good)
    const { store } = await open(folder)
    expect(await numbersIn(store)).toEqual(upTo(20))
    await store.close()
  })

  test('the refusal names the file, the byte and the way out', async () => {
    const { folder, sizes } = await folderOf(5)
    const path = join(folder, 'journal.1.jsonl')
    const bytes = await readFile(path)
    bytes.write('坏', (sizes[1] as number) + 30)
    await writeFile(path, bytes)
    const refusal = open(folder)
    await expect(refusal).rejects.toMatchObject({ code: 'store-damaged', file: path, offset: sizes[1] })
    await expect(refusal).rejects.toThrow('restore the newest daily snapshot or backup: linli restore')
  })

  test('a snapshot that is cut off or changed anywhere refuses the start', async () => {
    const { folder } = await folderOf(8, 1)
    const name = (await readdir(folder)).find((each) => each.startsWith('snapshot')) as string
    const path = join(folder, name)
    const good = await readFile(path)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: good.length - 1 }), fc.boolean(), async (at, isCut) => {
        const bad = Buffer.from(good)
        bad.writeUInt8(bad.readUInt8(at) ^ 1, at)
        await writeFile(path, isCut ? good.subarray(0, at) : bad)
        await expect(open(folder)).rejects.toThrow(StoreDamagedError)
      }),
      { numRuns: 60 },
    )
  })

  test.each([/^snapshot/, /^journal/])('a missing file (%s) is not taken for an empty one', async (kind) => {
    const { folder } = await folderOf(8, 1)
    await rm(join(folder, (await readdir(folder)).find((name) => kind.test(name)) as string))
    await expect(open(folder)).rejects.toThrow('the file is missing')
  })

  test('an empty journal is damage, because a journal appears with its header', async () => {
    const { folder } = await folderOf(2)
    await truncate(join(folder, 'journal.1.jsonl'), 0)
    await expect(open(folder)).rejects.toThrow('its header is missing')
  })

  test('a file of a newer format refuses the start and says what to do', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'journal.1.jsonl'), encodeLine('{"linli":"journal","format":2,"new":true}'))
    await expect(open(folder)).rejects.toThrow(StoreFormatError)
    await expect(open(folder)).rejects.toThrow(
      'written by a newer LinLi (format 2; this one knows formats up to 1)',
    )
  })
})

describe('compaction', () => {
  test('goes on under load and loses nothing', async () => {
    const folder = await temporaryFolder()
    const { store, warnings } = await open(folder, 3_000)
    let next = 0
    const work = async () => {
      while (next < 600) {
        next += 1
        await commitPair(store, next - 1)
      }
    }
    await Promise.all(Array.from({ length: 16 }, work))
    await store.close()
    expect(warnings).toEqual([])
    const names = await readdir(folder)
    expect(names.filter((name) => name.startsWith('snapshot'))).toHaveLength(1)
    expect(Number(names[0]?.split('.')[1])).toBeGreaterThan(2)
    const again = await open(folder)
    expect(await numbersIn(again.store)).toEqual(upTo(600))
    await again.store.close()
  })

  test('a snapshot is of one instant: every copy of a busy folder is a store with whole commits only', async () => {
    const folder = await temporaryFolder()
    const { store } = await open(folder, 2_000)
    let acknowledged = 0
    let running = true
    const load = (async () => {
      for (let number = 0; running; number += 1) {
        await commitPair(store, number)
        acknowledged = number + 1
      }
    })()
    const scratch = await temporaryFolder()
    for (const round of upTo(8)) {
      const target = join(scratch, `snapshot.${round + 1}.jsonl`)
      const before = acknowledged
      await store.snapshotTo(target)
      const copy = await temporaryFolder()
      await copyFile(target, join(copy, 'snapshot.1.jsonl'))
      const bytes = await readFile(join(copy, 'snapshot.1.jsonl'))
      expect(bytes.length).toBeGreaterThan(0)
      await writeFile(
        join(copy, 'journal.1.jsonl'),
        encodeLine('{"linli":"journal","format":1,"generation":1,"writtenAt":""}'),
      )
      const read = await open(copy)
      const numbers = await numbersIn(read.store)
      expect(numbers).toEqual(upTo(numbers.length))
      expect(numbers.length).toBeGreaterThanOrEqual(before)
      await read.store.close()
    }
    running = false
    await load
    await store.close()
  })
})
