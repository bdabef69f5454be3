/**
 * One writer for each data folder.
 *
 * On Linux the lock is an abstract Unix socket named after the folder's device and inode: the kernel frees it
 * with the process, also after kill -9. But it is one for each network namespace, so two containers on one
 * volume would both get it. Therefore also a heartbeat: `lock.json`, touched every two seconds. The heartbeat
 * of a dead process of the same namespace is known to be dead at once. Any other one is watched for a while,
 * which needs no clocks that agree: if it moves, its process lives; if it rests, it is taken over.
 */
import { randomUUID } from 'node:crypto'
import { readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { FILE_MODE } from '../durable-files.ts'

export const LOCK_FILE = 'lock.json'

export interface LockOptions {
  readonly onWarning: (warning: string) => void
  /** Another process has taken the folder over: this one must not write any more. */
  readonly onLost: (why: string) => void
  /** Milliseconds between two heartbeats. Default: 2,000. */
  readonly heartbeatMs?: number | undefined
  /** Default: on Linux only, no other system has abstract sockets. */
  readonly kernelLock?: boolean
}

export interface FolderLock {
  release(): Promise<void>
}

export class LockedError extends Error {
  readonly code = 'locked'
  /** undefined when the holder has not said it yet. */
  readonly holder: number | undefined

  constructor(folder: string, holder: Holder | undefined) {
    const who = holder
      ? `process ${holder.pid} on ${holder.hostname} (since ${holder.startedAt})`
      : 'another process'
    super(
      `${folder} is in use by ${who}: only one process may write to it. ` +
        'Talk to the running bot instead, or stop it and try again',
    )
    this.name = 'LockedError'
    this.holder = holder?.pid
  }
}

const holderShape = z.object({
  pid: z.int(),
  hostname: z.string(),
  /** Processes with the same one see each other's kernel locks (Linux), or process ids (elsewhere). */
  namespace: z.string(),
  token: z.string(),
  startedAt: z.string(),
})
type Holder = z.infer<typeof holderShape>

interface Heartbeat {
  /** undefined when the file is not readable as one. */
  readonly holder: Holder | undefined
  readonly beatAt: number
}

const HEARTBEAT_MS = 2_000
/** So many heartbeats must have been missed before a heartbeat counts as dead. */
const MISSED = 4
/** A heartbeat as old as this is dead without watching it, even if two clocks are half a minute apart. */
const LONG_DEAD_MS = 60_000

/** @throws LockedError */
export async function lockFolder(folder: string, options: LockOptions): Promise<FolderLock> {
  const { kernelLock = process.platform === 'linux', heartbeatMs = HEARTBEAT_MS } = options
  const path = join(folder, LOCK_FILE)
  const server = kernelLock ? await takeKernelLock(folder, path) : undefined
  try {
    const own = await describeSelf()
    const found = await readHeartbeat(path)
    if (found !== undefined) {
      await refuseIfAlive(folder, path, found, own, kernelLock, heartbeatMs)
      await rm(path, { force: true })
    }
    await claim(folder, path, own)
    const stop = keepBeating(folder, path, own, heartbeatMs, options)
    return {
      async release() {
        stop()
        if ((await readHeartbeat(path))?.holder?.token === own.token) {
          await rm(path, { force: true })
        }
        await closeServer(server)
      },
    }
  } catch (error) {
    await closeServer(server)
    throw error
  }
}

async function takeKernelLock(folder: string, path: string): Promise<Server> {
  const { dev, ino } = await stat(folder, { bigint: true })
  const server = createServer((socket) => socket.destroy())
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error) => (isCode(error, 'EADDRINUSE') ? resolve(false) : reject(error)))
    server.listen({ path: `\0linli-data-${dev}-${ino}` }, () => resolve(true))
  })
  if (!taken) {
    throw new LockedError(folder, (await readHeartbeat(path))?.holder)
  }
  // Holding a lock is no reason for a process to stay alive.
  return server.unref()
}

/** With the kernel lock in hand, a holder of the same namespace is dead: it would still have the lock. */
async function refuseIfAlive(
  folder: string,
  path: string,
  found: Heartbeat,
  own: Holder,
  kernelLock: boolean,
  heartbeatMs: number,
): Promise<void> {
  const sameNamespace = found.holder?.namespace === own.namespace
  if (sameNamespace && (kernelLock || !isAlive(found.holder?.pid))) {
    return
  }
  if (Date.now() - found.beatAt > LONG_DEAD_MS) {
    return
  }
  for (let beats = 0; beats < MISSED; beats += 1) {
    await wait(heartbeatMs)
    const later = await readHeartbeat(path)
    if (later === undefined) {
      return
    }
    if (later.beatAt !== found.beatAt || later.holder?.token !== found.holder?.token) {
      throw new LockedError(folder, later.holder)
    }
  }
}

/** `wx`: of two that come at the same moment one finds the file of the other. */
async function claim(folder: string, path: string, own: Holder): Promise<void> {
  const claimed = await writeFile(path, `${JSON.stringify(own)}\n`, { flag: 'wx', mode: FILE_MODE }).then(
    () => true,
    (error: unknown) => (isCode(error, 'EEXIST') ? false : Promise.reject(error)),
  )
  if (!claimed) {
    throw new LockedError(folder, (await readHeartbeat(path))?.holder)
  }
}

function keepBeating(
  folder: string,
  path: string,
  own: Holder,
  heartbeatMs: number,
  options: LockOptions,
): () => void {
  const beat = async () => {
    const found = await readHeartbeat(path)
    if (found === undefined) {
      await claim(folder, path, own)
    } else if (found.holder?.token !== own.token) {
      stop()
      const { message } = new LockedError(folder, found.holder)
      options.onLost(`this process was silent for too long and has lost its data folder: ${message}`)
    } else {
      // A touch needs no space, so a full disk does not stop the heart.
      const now = new Date()
      await utimes(path, now, now)
    }
  }
  const timer = setInterval(() => {
    beat().catch((error: unknown) => options.onWarning(`${path}: no heartbeat: ${String(error)}`))
  }, heartbeatMs).unref()
  const stop = () => clearInterval(timer)
  return stop
}

async function readHeartbeat(path: string): Promise<Heartbeat | undefined> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return { holder: parseHolder(text), beatAt: mtimeMs }
  } catch (error) {
    if (isCode(error, 'ENOENT')) {
      return undefined
    }
    throw error
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    return holderShape.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined
    }
    throw error
  }
}

async function describeSelf(): Promise<Holder> {
  return {
    pid: process.pid,
    hostname: hostname(),
    namespace: process.platform === 'linux' ? await linuxNamespace() : `${process.platform}/${hostname()}`,
    token: randomUUID(),
    startedAt: new Date().toISOString(),
  }
}

async function linuxNamespace(): Promise<string> {
  const [boot, network] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    readlink('/proc/self/ns/net'),
  ])
  return `${boot.trim()}/${network}`
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) {
    return true
  }
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
}

async function closeServer(server: Server | undefined): Promise<void> {
  if (server?.listening) {
    await new Promise<void>((done) => server.close(() => done()))
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
