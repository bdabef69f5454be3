import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { type CopyRow, copiesOf } from '../../bot/notices/copies/copies.ts'
import type { Notice } from '../../bot/notices/notice.ts'
import type { Store } from '../../bot/ports/store.ts'
import { startReading } from '../../bot/reading.ts'
import { schema } from '../../bot/schema.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { type BotProcess, type Environment, startBot } from '../soak/bot-process.ts'
import { GatewayProcess } from '../wechat/gateway-process.ts'
import { put } from './district-stage.ts'

/** 8 kills in `npm test`, 50 in `npm run soak`. What was sent is what the gateway says, which lives on. */
const kills = Math.min(Number(process.env['SOAK'] ?? 8), 50)
const groups = kills >= 50 ? 642 : 150
const text = '【紧急】今晚有大风，请收好阳台上的花盆。'
const account = 'main'
const port = 20_000 + ((process.pid + 7_919) % 20_000)
const token = 'insecure_5d0f62a1-6f0e-4f55-8a0a-3d7f0b4c9e11'

let cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

test(
  `killed with -9 ${kills} times on the way to ${groups} groups: none gets it twice, none is forgotten`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-killed-'))
    cleanUp.push(() => rm(folder, { recursive: true, force: true }))
    const gateway = await startGateway()
    await inStore(folder, prepare)
    const environment = environmentFor(folder)
    let bot = startBot(environment)
    cleanUp.push(() => bot.kill())
    for (let kill = 0; kill < kills; kill++) {
      await nextSend(gateway, bot)
      await sleep(Math.random() * 250)
      await bot.kill()
      bot = startBot(environment)
    }
    await quiet(gateway, bot)
    expect(await bot.stop(), bot.errors()).toBe(0)
    const sent = await sentTo(gateway)
    await inStore(folder, (store) => judge(store, sent))
  },
  kills * 20_000 + 180_000,
)

/** Gaps of milliseconds; an emergency, so that the test may run at night. */
function environmentFor(folder: string): Environment {
  return {
    ...{ LINLI_DATA: folder, LINLI_PUPPET: 'service', OPENAI_API_KEY: '' },
    ...{ LINLI_GATEWAY_ENDPOINT: `127.0.0.1:${port}`, LINLI_GATEWAY_TOKEN: token, LINLI_GATEWAY_TLS: 'off' },
    ...{ LINLI_GAP_REPLY_MS: '5', LINLI_GAP_NOTICE_MS: '10', LINLI_GAP_JITTER_MS: '5' },
    LINLI_GAP_GROUP_MS: '5',
  }
}

async function startGateway(): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start(port, token)
  cleanUp.push(() => gateway.kill())
  for (let group = 0; group < groups; group++)
    await gateway.do({ do: 'room', id: `r-${group}`, topic: `${group}号群`, members: ['bot'] })
  // as long as a real one takes, so that many a kill comes while a copy is on its way
  await gateway.do({ do: 'gate', latencyMs: 8 })
  return gateway
}

async function inStore<Result>(folder: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openLowdbStore({ folder, schema })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Bound groups, and a notice whose time has come. */
async function prepare(store: Store): Promise<void> {
  for (let group = 0; group < groups; group++) {
    const [id, room, name] = [`g-${group}`, `r-${group}`, `${group}号群`]
    await put(store, 'groups', { id, name, places: [], tags: [], setting: 'answer', owner: account })
    await put(store, 'rooms', { id: `${account}/${room}`, account, room, topic: name, group: id })
  }
  const now = Date.now()
  const notice: Notice = {
    ...{ id: 'N1', state: 'scheduled', text, targetWords: '全部群', emergency: true, receipt: false },
    ...{ targets: { everywhere: true, places: [], tags: [], groups: [] }, expiresAt: now + day },
    ...{ author: 'operator', writtenAt: now, approval: [], groups, history: [] },
  }
  await put(store, 'notices', notice)
  await put(store, 'timers', { id: 'notice/N1', kind: 'notice', notice: 'N1', dueAt: now })
}

/** Room → how often it got the notice. */
async function sentTo(gateway: GatewayProcess): Promise<ReadonlyMap<string, number>> {
  const { sent } = (await gateway.do({ do: 'sent' })) as unknown as {
    sent: readonly { text: string; to: { room?: string } }[]
  }
  const counts = new Map<string, number>()
  for (const { text: said, to } of sent)
    if (said === text && to.room !== undefined) counts.set(to.room, (counts.get(to.room) ?? 0) + 1)
  return counts
}

async function sentCount(gateway: GatewayProcess): Promise<number> {
  return ((await gateway.do({ do: 'state' })) as unknown as { sentCount: number }).sentCount
}

/** Until the bot sends again after its start: so every kill comes in the middle of the run. */
async function nextSend(gateway: GatewayProcess, bot: BotProcess): Promise<void> {
  const before = await sentCount(gateway)
  for (let wait = 0; wait < 3_000; wait++) {
    if ((await sentCount(gateway)) > before) return
    await sleep(20)
  }
  throw new Error(`nothing was sent after ${before} of ${groups}: ${bot.errors()}`)
}

async function quiet(gateway: GatewayProcess, bot: BotProcess): Promise<void> {
  await bot.up
  for (let before = -1, now = 0; now !== before; now = await sentCount(gateway)) {
    before = now
    await sleep(2_500)
  }
}

async function judge(store: Store, sent: ReadonlyMap<string, number>): Promise<void> {
  const notice = await store.get<Notice & { version: number }>('notices', 'N1')
  expect(notice).toMatchObject({ state: 'finished', groups })
  expect([...sent].filter(([, count]) => count > 1)).toEqual([])
  const copies = await copiesOf(startReading(store), { id: 'N1' })
  expect(copies).toHaveLength(groups)
  expect(copies.filter((copy) => !isRight(copy, sent))).toEqual([])
  const unconfirmed = copies.filter(({ state }) => state === 'unconfirmed').length
  // one copy at a time: a kill leaves one in doubt at most
  expect(unconfirmed).toBeLessThanOrEqual(kills)
  expect(sent.size).toBeGreaterThanOrEqual(groups - kills)
}

/** Confirmed is there, once; what nobody knows is shown as such; nothing else is left over. */
function isRight({ group, state }: CopyRow, sent: ReadonlyMap<string, number>): boolean {
  const count = sent.get(group.replace('g-', 'r-')) ?? 0
  return state === 'unconfirmed' ? count <= 1 : state === 'confirmed' && count === 1
}
