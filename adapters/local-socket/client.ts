/** The other commands' end of the socket: the same door as in the bot's own process. */
import type { Socket } from 'node:net'
import {
  type Answerable,
  type AnswerLine,
  answerLineSchema,
  type LocalDoor,
  LocalDoorError,
  type LocalRequest,
} from '../../bot/doors/local-request.ts'
import type { WatchEvent } from '../../bot/watching.ts'
import { readJsonLines } from '../jsonl.ts'
import { addressToCall } from './address.ts'
import { callSocket } from './call.ts'

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Answers may be long: everything about one person. */
const longestAnswer = 256 << 20

/** Undefined when no bot runs on this data folder. */
export async function callRunningBot(dataFolder: string): Promise<LocalDoor | undefined> {
  const socket = await callSocket(await addressToCall(dataFolder))
  return socket && createClient(socket)
}

function createClient(socket: Socket): LocalDoor {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: WatchEvent) => void>()
  let count = 0

  function lost(cause?: unknown): void {
    const error = new LocalDoorError('the bot ended before it answered: look at its own output', {
      code: 'gone',
      cause,
    })
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  function take(line: AnswerLine): void {
    if ('event' in line) {
      for (const listener of listeners) listener(line.event)
      return
    }
    const asked = line.request === null ? undefined : waiting.get(line.request)
    if (line.request !== null) waiting.delete(line.request)
    if ('result' in line) asked?.resolve(line.result)
    else asked?.reject(new LocalDoorError(line.error.message, { code: line.error.code }))
  }
  function send(request: LocalRequest): Promise<unknown> {
    const number = ++count
    return new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new LocalDoorError('the bot has ended', { code: 'gone' }))
        return
      }
      waiting.set(number, { resolve, reject })
      socket.write(`${JSON.stringify({ request: number, ...request })}\n`)
    })
  }
  socket.once('close', () => lost())
  socket.on('error', lost)
  listen(socket, take).catch(lost)
  return {
    ask: (request: Answerable) => send(request),
    async watch(listener) {
      listeners.add(listener)
      await send({ type: 'watch' })
      return () => listeners.delete(listener)
    },
    async close() {
      socket.destroy()
    },
  }
}

async function listen(socket: Socket, take: (line: AnswerLine) => void): Promise<void> {
  for await (const row of readJsonLines(socket, answerLineSchema, { maxBytes: longestAnswer })) {
    if ('error' in row)
      throw new LocalDoorError(`the running bot is of another version: restart it (${row.error})`, {
        code: 'bad-request',
      })
    take(row.value)
  }
}
