import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { serveLocally } from '../../adapters/local-socket/server.ts'
import { type LocalDoor, LocalDoorError } from '../../bot/doors/local-request.ts'
import type { WatchEvent } from '../../bot/watching.ts'

/** A house that knows one answer, and can be made to tell something. */
function createDoor() {
  const listeners = new Set<(event: WatchEvent) => void>()
  const door: LocalDoor = {
    async ask(request) {
      if (request.type === 'query') return [{ asked: request.query.type }]
      throw new LocalDoorError('not now', { code: 'unlawful' })
    },
    async watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => undefined,
  }
  return { door, listeners }
}

async function folder(...below: string[]): Promise<string> {
  const top = await mkdtemp(join(tmpdir(), 'linli-socket-'))
  onTestFinished(() => rm(top, { recursive: true, force: true }))
  const path = join(top, ...below)
  await mkdir(path, { recursive: true })
  return path
}

async function serve(data: string) {
  const { door, listeners } = createDoor()
  const server = await serveLocally(data, door)
  onTestFinished(() => server.close())
  return { server, listeners }
}

/** Sends raw lines, gives as many answers. */
async function raw(path: string, lines: readonly string[]): Promise<unknown[]> {
  const socket: Socket = connect(path)
  socket.end(lines.map((line) => `${line}\n`).join(''))
  const answers: unknown[] = []
  for await (const line of createInterface({ input: socket })) answers.push(JSON.parse(line))
  return answers
}

const query = '{"request":7,"type":"query","query":{"type":"roster"}}'

test('the socket is for the owner of the data folder only, and gone after the stop', async () => {
  const data = await folder()
  const { door } = createDoor()
  const server = await serveLocally(data, door)
  expect((await stat(server.path)).mode & 0o777).toBe(0o600)
  await server.close()
  expect(await readdir(data)).toEqual([])
  expect(await callRunningBot(data)).toBeUndefined()
})

test('bad lines get an answer that says what was expected, and the next line is served', async () => {
  const { server } = await serve(await folder())
  const long = `{"request":1,"type":"${'x'.repeat(33 << 20)}"}`
  const answers = await raw(server.path, [
    '{not json',
    '{"type":"query"}',
    long,
    '{"request":5,"type":"dance"}',
    query,
  ])
  expect(answers).toEqual([
    { request: null, error: { code: 'bad-request', message: expect.stringMatching(/line 1: .*expected/) } },
    { request: null, error: { code: 'bad-request', message: expect.stringMatching(/'request'/) } },
    { request: null, error: { code: 'bad-request', message: expect.stringMatching(/line 3: .*longer/) } },
    { request: 5, error: { code: 'bad-request', message: expect.stringMatching(/type/) } },
    { request: 7, result: [{ asked: 'roster' }] },
  ])
})

test('an actor cannot be chosen: unknown fields are refused', async () => {
  const { server } = await serve(await folder())
  const [answer] = await raw(server.path, [query.replace('}}', '},"actor":"p-1"}')])
  expect(answer).toMatchObject({ request: 7, error: { code: 'bad-request' } })
})

test('what is refused in the house is refused at the other end with the same code', async () => {
  const data = await folder()
  await serve(data)
  const client = await callRunningBot(data)
  await expect(client?.ask({ type: 'stop' })).rejects.toMatchObject({ code: 'unlawful', message: 'not now' })
  await client?.close()
})

test('who watches is told what happens, and who leaves is forgotten', async () => {
  const data = await folder()
  const { listeners } = await serve(data)
  const client = await callRunningBot(data)
  const told = new Promise((resolve) => client?.watch(resolve))
  await expect.poll(() => listeners.size).toBe(1)
  const event: WatchEvent = { type: 'question', at: '2026-11-20T10:00:00.000+08:00', text: '补贴怎么领' }
  for (const listener of listeners) listener(event)
  expect(await told).toEqual(event)
  await client?.close()
})

test('a socket left behind by a killed bot is replaced, and a living one is not', async () => {
  const data = await folder()
  const path = join(data, 'linli.sock')
  const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', script])
  expect(await readdir(data)).toEqual(['linli.sock'])
  expect(await callRunningBot(data)).toBeUndefined()
  await serve(data)
  const client = await callRunningBot(data)
  expect(await client?.ask({ type: 'query', query: { type: 'places' } })).toEqual([{ asked: 'places' }])
  await client?.close()
  await expect(serveLocally(data, createDoor().door)).rejects.toThrow(/another bot answers here already/)
})

test('a path too long for a socket is served through a short one of the same owner', async () => {
  const data = await folder('a'.repeat(60), 'b'.repeat(60))
  const { server } = await serve(data)
  expect(server.path.length).toBeLessThanOrEqual(107)
  const client = await callRunningBot(data)
  expect(await client?.ask({ type: 'query', query: { type: 'groups' } })).toEqual([{ asked: 'groups' }])
  await client?.close()
  await server.close()
  expect(await readdir(data)).toEqual([])
})

test('a socket that was deleted is made again, and the operator is told', async () => {
  const data = await folder()
  const lines: string[] = []
  const options = { lookEveryMs: 20, onWarning: (line: string) => lines.push(line) }
  const server = await serveLocally(data, createDoor().door, options)
  onTestFinished(() => server.close())
  await rm(server.path)
  await expect.poll(() => lines).toEqual([expect.stringMatching(/was deleted and is there again/)])
  const client = await callRunningBot(data)
  expect(await client?.ask({ type: 'query', query: { type: 'places' } })).toEqual([{ asked: 'places' }])
  await client?.close()
})
