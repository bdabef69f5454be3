import { existsSync, mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import type { WechatTimings } from '../../adapters/wechat/link-options.ts'
import { GatewayProcess } from './gateway-process.ts'
import { Recorder } from './recorder.ts'

const TOKEN = 'insecure_11111111-2222-4333-8444-555555555555'
const home = mkdtempSync(join(tmpdir(), 'linli-home-'))

let port: number
let gateway: GatewayProcess
const chats: WechatChat[] = []

beforeAll(async () => {
  process.env['HOME'] = home
  port = await freePort()
  gateway = await startGateway()
}, 30_000)

afterEach(async () => {
  await Promise.all(chats.splice(0).map((chat) => chat.stop()))
})

afterAll(async () => {
  await gateway.kill()
})

describe('through a gateway', { timeout: 30_000 }, () => {
  it('messages, photos, changes and friends arrive as in one process', async () => {
    const { chat, recorder } = await connect()
    await recorder.until('up')
    await gateway.do({ do: 'say', from: 'zhang', room: 'r1', text: '@小邻 停水了' })
    await gateway.do({ do: 'say', from: 'zhang', room: 'r1', image: 'leak.png' })
    await vi.waitFor(() => expect(recorder.heard().length).toBe(2), { timeout: 10_000 })
    await gateway.do({ do: 'rename', room: 'r1', topic: '一号楼' })
    const { id } = await gateway.do({ do: 'say', from: 'zhang', room: 'r1', text: '打错了' })
    await gateway.do({ do: 'recall', id })
    await gateway.do({ do: 'friend', id: 'wang', name: '王五', hello: 'A7K2' })
    const recalled = await recorder.until('recalled')
    expect(recalled.messageId).toBe(id)
    expect(recorder.heard()).toMatchObject([
      {
        sender: { id: 'zhang', name: '张三' },
        room: { topic: '幸福里1号楼' },
        mentioned: true,
        text: '@小邻 停水了',
      },
      { kind: 'image', photo: { name: 'leak.png' }, mentioned: false },
      { room: { topic: '一号楼' }, text: '打错了' },
    ])
    expect((await recorder.heard()[1]?.photo?.read())?.length).toBeGreaterThan(50)
    const request = await recorder.until('friend')
    expect(request).toMatchObject({ contact: { name: '王五' }, hello: 'A7K2' })
    await request.accept()
    expect((await gateway.do({ do: 'state' }))['friends']).toContain('wang')
    expect(await chat.rooms()).toMatchObject([{ id: 'r1', topic: '一号楼' }, { id: 'r2' }])
    await gateway.do({ do: 'rename', room: 'r1', topic: '幸福里1号楼' })
  })

  it('order is kept per room in a burst of 500, each answered', async () => {
    const { chat, recorder } = await connect(async (event) => {
      if (event.type !== 'message' || event.message.own || !event.message.room) return
      await chat.send({ room: event.message.room.id }, `re ${event.message.text}`)
    })
    await recorder.until('up')
    await gateway.do({ do: 'burst', rooms: ['r1', 'r2'], from: 'zhang', text: 'x', count: 500 })
    await vi.waitFor(() => expect(recorder.messages().length).toBe(1000), { timeout: 20_000, interval: 50 })
    for (const [room, first] of [
      ['r1', 0],
      ['r2', 1],
    ] as const) {
      const heard = recorder.heard().flatMap(({ room: where, text }) => (where?.id === room ? text : []))
      expect(heard).toEqual(Array.from({ length: 250 }, (_, index) => `x ${first + 2 * index}`))
    }
  })

  it('what the messenger says about haste is a rate error', async () => {
    const { chat, recorder } = await connect()
    await recorder.until('up')
    await gateway.do({ do: 'gate', error: '操作过于频繁，请稍后再试', times: 1 })
    await expect(chat.send({ room: 'r1' }, 'x')).rejects.toMatchObject({ code: 'rate' })
    await expect(chat.send({ room: 'r1' }, 'x')).resolves.toHaveProperty('messageId')
  })

  it('a wrong token is explained and never leads up', async () => {
    const { recorder } = await connect(undefined, { token: 'insecure_00000000-0000-4000-8000-000000000000' })
    expect((await recorder.until('down')).reason).toContain('token')
    expect(recorder.all('up')).toEqual([])
  })

  it('a second client does not disturb the first, and comes up when that has gone', async () => {
    const first = await connect()
    await first.recorder.until('up')
    const second = await connect(undefined, { timings: { loginLimitMs: 700 } })
    expect((await second.recorder.until('down')).reason).toContain('another client')
    await expect(first.chat.send({ room: 'r1' }, 'still here')).resolves.toHaveProperty('messageId')
    expect(second.recorder.all('up')).toEqual([])
    await first.chat.stop()
    await second.recorder.until('up')
    expect(first.recorder.all('down')).toEqual([])
  })

  it('a ding without answer rebuilds the link', async () => {
    const { chat, recorder } = await connect(undefined, { timings: { dingEveryMs: 200, dingLimitMs: 300 } })
    await recorder.until('up')
    await gateway.do({ do: 'ding', answers: false })
    expect((await recorder.until('down')).reason).toContain('ding')
    await gateway.do({ do: 'ding', answers: true })
    await recorder.until('up', 2)
    expect(recorder.all('lost').length).toBeGreaterThan(0)
    await expect(chat.send({ room: 'r1' }, 'back')).resolves.toHaveProperty('messageId')
  })

  it('a gateway that was killed is found again within 5 s, and the gap is told', async () => {
    const { chat, recorder } = await connect()
    await recorder.until('up')
    const killedAt = Date.now()
    await gateway.kill()
    await recorder.until('down')
    await expect(chat.send({ room: 'r1' }, 'x')).rejects.toMatchObject({ code: 'offline' })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    gateway = await startGateway()
    const listeningAt = Date.now()
    const up = await recorder.until('up', 2)
    expect(up.at - listeningAt).toBeLessThan(5000)
    const [lost] = recorder.all('lost')
    expect(lost?.from).toBeLessThanOrEqual(killedAt)
    expect(lost?.to).toBe(up.at)
    expect(recorder.all('down').length).toBe(1)
    await gateway.do({ do: 'say', from: 'zhang', room: 'r1', text: '来水了' })
    await vi.waitFor(() => expect(recorder.heard()).toMatchObject([{ text: '来水了' }]), { timeout: 10_000 })
  })

  it('the puppet of the gateway was stopped by none of this, and nothing lies in the home directory', async () => {
    const { chat, recorder } = await connect()
    await recorder.until('up')
    await chat.stop()
    const again = await connect()
    await again.recorder.until('up')
    expect((await gateway.do({ do: 'state' }))['stops']).toBe(0)
    expect(existsSync(join(home, '.wechaty'))).toBe(false)
  })
})

async function connect(
  also?: ConstructorParameters<typeof Recorder>[1],
  options: { token?: string; timings?: Partial<WechatTimings> } = {},
): Promise<{ chat: WechatChat; recorder: Recorder }> {
  const { token = TOKEN, timings } = options
  const chat = createWechatChat({
    account: 'main',
    puppet: { kind: 'service', endpoint: `127.0.0.1:${port}`, token, tls: false },
    timings: { minTimeMs: 0, ...timings },
  })
  chats.push(chat)
  const recorder = new Recorder(chat, also)
  await chat.start()
  return { chat, recorder }
}

async function startGateway(): Promise<GatewayProcess> {
  const started = await GatewayProcess.start(port, TOKEN)
  await started.do({ do: 'contact', id: 'zhang', name: '张三' })
  await started.do({ do: 'room', id: 'r1', topic: '幸福里1号楼', members: ['bot', 'zhang'] })
  await started.do({ do: 'room', id: 'r2', topic: '幸福里2号楼', members: ['bot', 'zhang'] })
  return started
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
