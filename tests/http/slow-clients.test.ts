import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openHttpStage } from './http-stage.ts'

/** Whoever opens connections and says nothing. */
async function openSilent(url: string, count: number): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(url)
  const sockets = Array.from({ length: count }, () => connect({ host: hostname, port: Number(port) }))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  return sockets
}

test('one address holds only so many connections, and the door stays open for others', async () => {
  const { url, ask } = await openHttpStage({ limits: { connections: 8, connectionsOfAddress: 3 } })
  const sockets = await openSilent(url, 10)
  const turnedAway = sockets.slice(3)
  await Promise.all(turnedAway.map((socket) => socket.closed || once(socket, 'close')))
  expect(sockets.slice(0, 3).some((socket) => socket.closed)).toBe(false)
  // who lets go of one has a place again
  sockets[0]?.destroy()
  await expect.poll(async () => (await ask('/healthz').catch(() => undefined))?.status).toBe(200)
})

test('behind a proxy all come from one address, and none is turned away for it', async () => {
  const { url, ask } = await openHttpStage({
    ...{ proxy: true, limits: { connections: 8, connectionsOfAddress: 3 } },
  })
  await openSilent(url, 5)
  expect((await ask('/healthz')).status).toBe(200)
})
