import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LOCK_FILE, LockedError, type LockOptions, lockFolder } from '../../adapters/storage/lowdb/lock.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { StoreFailedError } from '../../bot/ports/store.ts'
import { startChild } from './child-process.ts'
import { temporaryFolder } from './temporary-folder.ts'

const quiet: LockOptions = { onWarning: () => undefined, onLost: () => undefined, heartbeatMs: 50 }
const isLinux = process.platform === 'linux'
/** So slow that whoever watched a heartbeat would run into the limit of the test. */
const NEVER_MS = 1_000_000

async function writeHeartbeat(folder: string, change: Record<string, unknown>): Promise<string> {
  const path = join(folder, LOCK_FILE)
  const holder = {
    pid: 4711,
    hostname: 'another-container',
    namespace: 'another-namespace',
    token: 'another',
    startedAt: '2026-11-20T02:00:00.000Z',
    ...change,
  }
  await writeFile(path, JSON.stringify(holder))
  return path
}

describe('a locked data folder', () => {
  test.runIf(isLinux)(
    'is refused to a second process, with the id of the first; kill -9 frees it at once',
    async () => {
      const folder = await temporaryFolder()
      for (let round = 0; round < 3; round += 1) {
        const holder = startChild('lock-holder.ts', folder, 'kernel')
        expect(await holder.line()).toBe('held')
        const second = lockFolder(folder, quiet)
        await expect(second).rejects.toThrow(LockedError)
        await expect(second).rejects.toMatchObject({ code: 'locked', holder: holder.process.pid })
        await expect(second).rejects.toThrow('Talk to the running bot instead, or stop it and try again')
        await holder.kill()
        // The heartbeat is still fresh; with one of this length, watching it would take hours.
        const lock = await lockFolder(folder, { ...quiet, heartbeatMs: NEVER_MS })
        await lock.release()
      }
    },
  )

  test('is refused to a second process without the kernel lock too; a dead process id frees it at once', async () => {
    const folder = await temporaryFolder()
    const holder = startChild('lock-holder.ts', folder, 'file')
    expect(await holder.line()).toBe('held')
    await expect(lockFolder(folder, { ...quiet, kernelLock: false })).rejects.toMatchObject({
      holder: holder.process.pid,
    })
    await holder.kill()
    const lock = await lockFolder(folder, { ...quiet, kernelLock: false, heartbeatMs: NEVER_MS })
    await lock.release()
  })

  test('is refused to the same process', async () => {
    const folder = await temporaryFolder()
    const store = await openLowdbStore({ folder, schema: {} })
    if (isLinux) {
      await expect(openLowdbStore({ folder, schema: {} })).rejects.toThrow(LockedError)
    }
    await store.close()
    await (await openLowdbStore({ folder, schema: {} })).close()
  })

  test('is given to exactly one of several that come at once', async () => {
    const folder = await temporaryFolder()
    for (const kernelLock of [isLinux, false]) {
      const attempts = await Promise.allSettled(
        Array.from({ length: 5 }, () => lockFolder(folder, { ...quiet, kernelLock })),
      )
      const taken = attempts.filter((each) => each.status === 'fulfilled')
      expect(taken).toHaveLength(1)
      await taken[0]?.value.release()
    }
  })
})

describe('the heartbeat of another container', () => {
  test('that moves refuses the folder, and names its holder', async () => {
    const folder = await temporaryFolder()
    const path = await writeHeartbeat(folder, {})
    const beating = setInterval(() => {
      const now = new Date()
      void utimes(path, now, now)
    }, 20)
    const attempt = lockFolder(folder, quiet)
    await expect(attempt).rejects.toThrow(
      'is in use by process 4711 on another-container (since 2026-11-20T02:00:00.000Z)',
    )
    clearInterval(beating)
  })

  test('that rests is taken over', async () => {
    const folder = await temporaryFolder()
    const path = await writeHeartbeat(folder, {})
    const lock = await lockFolder(folder, quiet)
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid })
    await lock.release()
    await expect(readFile(path)).rejects.toThrow('ENOENT')
  })

  test('that has rested for more than a minute is taken over without watching it', async () => {
    const folder = await temporaryFolder()
    const path = await writeHeartbeat(folder, {})
    const old = new Date(Date.now() - 120_000)
    await utimes(path, old, old)
    await (await lockFolder(folder, { ...quiet, heartbeatMs: NEVER_MS })).release()
  })

  test('that is unreadable is watched like any other', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, LOCK_FILE), 'half a li')
    await (await lockFolder(folder, quiet)).release()
  })

  test('found in place of the own one tells the process that it has lost its folder', async () => {
    const folder = await temporaryFolder()
    let tell: (why: string) => void
    const lost = new Promise<string>((resolve) => {
      tell = resolve
    })
    const lock = await lockFolder(folder, { ...quiet, onLost: (why) => tell(why) })
    await writeHeartbeat(folder, {})
    expect(await lost).toMatch(/has lost its data folder: .*process 4711 on another-container/)
    await lock.release()
  })

  test('found in place of the own one stops a store from writing', async () => {
    const folder = await temporaryFolder()
    const store = await openLowdbStore({ folder, schema: { notes: [] }, heartbeatMs: 20 })
    await store.commit([{ collection: 'notes', id: '0', put: { id: '0' } }])
    await writeHeartbeat(folder, {})
    const commitUntilRefused = async (): Promise<never> => {
      for (let number = 1; ; number += 1) {
        await store.commit([{ collection: 'notes', id: `${number}`, put: { id: `${number}` } }])
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    await expect(commitUntilRefused()).rejects.toThrow(StoreFailedError)
    await store.close()
    expect(await readFile(join(folder, LOCK_FILE), 'utf8')).toContain('another-container')
  })
})
