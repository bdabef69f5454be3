/** The running bot's end of the socket: one JSON request a line in, one JSON answer a line out. */
import { chmod, lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { z } from 'zod'
import {
  type AnswerLine,
  type LocalDoor,
  type LocalRequest,
  localRequestSchema,
} from '../../bot/doors/local-request.ts'
import { readJsonLines } from '../jsonl.ts'
import { addressToServe, type SocketAddress } from './address.ts'
import { callSocket } from './call.ts'

export interface LocalServer {
  readonly path: string
  close(): Promise<void>
}

export interface LocalServerOptions {
  /** How often to see whether the socket is still there. Default: 30,000 ms. */
  readonly lookEveryMs?: number
  /** Several processes may serve one folder: the first has the name that commands look for. Default: no. */
  readonly shared?: boolean
  /** One line for the operator. */
  readonly onWarning?: (line: string) => void
}

/** Milliseconds. */
export const socketIsLookedAfter = 30_000

/** An import of the grid is one request. */
const longestRequest = 32 << 20
/** One that does not read what it asked to watch must not fill our memory. */
const mostUnread = 4 << 20
const mostConnections = 32

const envelope = z.looseObject({ request: z.int() })

/** @throws Error when another bot answers there already */
export async function serveLocally(
  dataFolder: string,
  door: LocalDoor,
  { lookEveryMs = socketIsLookedAfter, onWarning = () => undefined, shared = false }: LocalServerOptions = {},
): Promise<LocalServer> {
  let address = addressToServe(dataFolder, shared && (await isServed(dataFolder)) ? process.pid : undefined)
  const sockets = new Set<Socket>()
  const open = async () => {
    const opened = createServer((socket) => {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      // whoever asked has gone: nothing is left to do for them
      socket.on('error', () => socket.destroy())
      converse(socket, door).catch(() => socket.destroy())
    })
    opened.maxConnections = mostConnections
    await listen(opened, address)
    return opened
  }
  const openFirst = async () => {
    await prepare(address)
    return open()
  }
  let server = await openFirst().catch((error: unknown) => {
    // another one that started at the same moment was faster
    if (!shared) throw error
    address = addressToServe(dataFolder, process.pid)
    return openFirst()
  })
  let looking: Promise<void> | undefined
  /** A socket that somebody deleted leaves a bot that nobody can reach. */
  const look = async () => {
    if (await isThere(address.path)) return
    // those who are connected stay so
    server.close()
    if (address.folder !== undefined) await ownFolder(address.folder)
    server = await open()
    onWarning(`${address.path} was deleted and is there again: let nothing clean up this folder`)
  }
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => onWarning(`${address.path} cannot be made again: ${String(error)}`))
      .finally(() => {
        looking = undefined
      })
  }, lookEveryMs).unref()
  return {
    path: address.path,
    async close() {
      clearInterval(timer)
      await looking
      for (const socket of sockets) socket.destroySoon()
      await new Promise<void>((done) => server.close(() => done()))
      await removeTraces(address)
    },
  }
}

async function isServed(dataFolder: string): Promise<boolean> {
  const answering = await callSocket(addressToServe(dataFolder).path)
  answering?.destroy()
  return answering !== undefined
}

async function prepare({ path, folder }: SocketAddress): Promise<void> {
  if (process.platform === 'win32') return
  if (folder !== undefined) await ownFolder(folder)
  const answering = await callSocket(path)
  if (answering) {
    answering.destroy()
    throw new Error(`${path}: another bot answers here already: stop it first`)
  }
  // left behind by a process that was killed
  await rm(path, { force: true })
}

/** In a folder for everybody, a name may have been taken by somebody else to listen in. */
async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await lstat(folder)
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return
  throw new Error(
    `${folder}: expected a folder of this account alone: remove it, or use a shorter data folder`,
  )
}

async function listen(server: Server, { path, pointer }: SocketAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
  if (process.platform === 'win32') return
  await chmod(path, 0o600)
  if (pointer !== undefined) await writeFile(pointer, `${path}\n`, { mode: 0o600 })
}

async function isThere(path: string): Promise<boolean> {
  if (process.platform === 'win32') return true
  try {
    return (await lstat(path)).isSocket()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

/** Also for a restore, which must find a data folder without a trace of a bot that was killed. */
export async function removeTraces({ path, folder, pointer }: SocketAddress): Promise<void> {
  if (process.platform === 'win32') return
  await rm(path, { force: true })
  if (pointer !== undefined) await rm(pointer, { force: true })
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}

async function converse(socket: Socket, door: LocalDoor): Promise<void> {
  const write = (line: AnswerLine) => {
    if (socket.destroyed) return
    if (socket.writableLength > mostUnread) socket.destroy()
    else socket.write(`${JSON.stringify(line)}\n`)
  }
  let unwatch: (() => void) | undefined
  socket.once('close', () => unwatch?.())
  for await (const row of readJsonLines(socket, envelope, { maxBytes: longestRequest })) {
    if ('error' in row) {
      const message = `line ${row.line}: ${row.error}; expected {"request":1,"type":"hello"}`
      write({ request: null, error: { code: 'bad-request', message } })
      continue
    }
    const { request, ...rest } = row.value
    const parsed = localRequestSchema.safeParse(rest)
    if (!parsed.success) write({ request, error: { code: 'bad-request', message: faultsOf(parsed.error) } })
    else if (parsed.data.type === 'watch') {
      unwatch ??= await door.watch((event) => write({ event }))
      write({ request, result: {} })
    } else write(await answerTo(door, request, parsed.data))
  }
  socket.end()
}

async function answerTo(
  door: LocalDoor,
  request: number,
  asked: Exclude<LocalRequest, { type: 'watch' }>,
): Promise<AnswerLine> {
  try {
    return { request, result: (await door.ask(asked)) ?? {} }
  } catch (error) {
    // told to whoever asked, and no reason for the bot to end
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed'
    return { request, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

function faultsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`).join('; ')
}
