import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { callRunningBot } from '../../adapters/local-socket/client.ts'
import { serveLocally } from '../../adapters/local-socket/server.ts'
import type { LocalDoor } from '../../bot/doors/local-request.ts'

const door: LocalDoor = {
  ask: async () => ({}),
  watch: async () => () => undefined,
  close: async () => undefined,
}

test('two bots of one database that start on one folder at the same moment both run, and one of them answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-sockets-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const both = [1, 2].map(() => serveLocally(folder, door, { shared: true }))
  const servers = await Promise.all(both)
  expect(new Set(servers.map(({ path }) => path)).size).toBe(2)
  onTestFinished(async () => {
    for (const server of servers) await server.close()
  })
  const running = await callRunningBot(folder)
  expect(running).toBeDefined()
  await running?.close()
})
