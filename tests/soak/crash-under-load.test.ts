import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { schema } from '../../bot/schema.ts'
import { formatPlace } from '../../intents/places.ts'
import { saidNumber } from '../../tickets/number.ts'
import type { Ticket } from '../../tickets/ticket.ts'
import { GatewayProcess } from '../wechat/gateway-process.ts'
import { type BotProcess, type Environment, linli, startBot } from './bot-process.ts'

/** 10 kills in `npm test`, 100 in `npm run soak`. */
const kills = Number(process.env['SOAK'] ?? 10)
const rooms = ['r1', 'r2', 'r3', 'r4']
const speakers = Array.from({ length: 300 }, (_, index) => `s${index}`)
const pauseBetweenLines = 25
const port = 20_000 + (process.pid % 20_000)
const token = 'insecure_0b7c4f7e-8a55-4a0c-9f39-1de1d9a5c0de'

let cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

test(
  `killed with -9 ${kills} times under load, the bot loses no acknowledged ticket and doubles none`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-soak-'))
    cleanUp.push(() => rm(folder, { recursive: true, force: true }))
    const environment = environmentFor(folder)
    const gateway = await startGateway()
    let bot = startBot(environment)
    cleanUp.push(() => bot.kill())
    await bot.up
    await bindRooms(gateway, environment)
    const acknowledged = new Map<string, string>()
    const load = startLoad(gateway)
    for (let round = 0; round < kills; round++) {
      await nextReply(gateway, bot)
      await sleep(Math.random() * 700)
      await bot.kill()
      await collect(gateway, acknowledged)
      bot = startBot(environment)
    }
    await nextReply(gateway, bot)
    await load.stop()
    await quiet(gateway, acknowledged)
    expect(await bot.stop(), bot.errors()).toBe(0)
    await checkLedger(folder, acknowledged)
  },
  kills * 15_000 + 120_000,
)

function environmentFor(folder: string): Environment {
  return {
    LINLI_DATA: folder,
    LINLI_PUPPET: 'service',
    LINLI_GATEWAY_ENDPOINT: `127.0.0.1:${port}`,
    LINLI_GATEWAY_TOKEN: token,
    LINLI_GATEWAY_TLS: 'off',
    LINLI_BURST_MS: '30',
    LINLI_GAP_REPLY_MS: '0',
    LINLI_GAP_JITTER_MS: '0',
    LINLI_GAP_GROUP_MS: '0',
    OPENAI_API_KEY: '',
  }
}

async function startGateway(): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start(port, token)
  cleanUp.push(() => gateway.kill())
  for (const id of ['staff', ...speakers]) await gateway.do({ do: 'contact', id, name: `居民${id}` })
  for (const id of rooms)
    await gateway.do({ do: 'room', id, topic: `小区${id}群`, members: ['bot', 'staff', ...speakers] })
  return gateway
}

/** As an operator does it: a code for the grid worker, said in private; a code for each group, said in it. */
async function bindRooms(gateway: GatewayProcess, environment: Environment): Promise<void> {
  await sayUntilAnswered(gateway, () => ({
    to: 'bot',
    text: codeIn(linli(environment, 'roster', 'add', '网格员小赵', 'grid_worker')),
  }))
  for (const room of rooms)
    await sayUntilAnswered(gateway, () => ({
      room,
      text: codeIn(linli(environment, 'group', 'bind', `小区${room}群`)),
    }))
  await gateway.do({ do: 'sent', clear: true })
}

async function sayUntilAnswered(gateway: GatewayProcess, line: () => object): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    await gateway.do({ do: 'sent', clear: true })
    await gateway.do({ do: 'say', from: 'staff', ...line() })
    for (let wait = 0; wait < 20; wait++) {
      await sleep(100)
      if ((await sentTexts(gateway)).length > 0) return
    }
  }
  throw new Error('the bot did not answer a code')
}

function codeIn(output: string): string {
  const code = /LL-[0-9A-Z]{8}/u.exec(output)?.[0]
  if (!code) throw new Error(`no code in ${output}`)
  return code
}

/** Somebody reports another lift in another entrance, every few milliseconds, for ever. */
function startLoad(gateway: GatewayProcess): { stop(): Promise<void> } {
  let running = true
  const saying = (async () => {
    for (let count = 0; running; count++) {
      const place = `${1 + (count % 300)}号楼${1 + Math.floor(count / 300)}单元`
      const from = speakers[count % speakers.length]
      const room = rooms[count % rooms.length]
      await gateway.do({ do: 'say', from, room, text: `@小邻 ${place}电梯坏了 没人修` })
      await sleep(pauseBetweenLines)
    }
  })()
  return {
    async stop() {
      running = false
      await saying
    },
  }
}

async function sentTexts(gateway: GatewayProcess): Promise<readonly string[]> {
  const { sent } = (await gateway.do({ do: 'sent' })) as unknown as { sent: readonly { text: string }[] }
  return sent.map((each) => each.text)
}

/** Until the bot speaks again after its start. */
async function nextReply(gateway: GatewayProcess, bot: BotProcess): Promise<void> {
  const before = await sentCount(gateway)
  for (let wait = 0; wait < 600; wait++) {
    if ((await sentCount(gateway)) > before) return
    await sleep(50)
  }
  throw new Error(`the bot did not come back: ${bot.errors()}`)
}

async function sentCount(gateway: GatewayProcess): Promise<number> {
  return ((await gateway.do({ do: 'state' })) as unknown as { sentCount: number }).sentCount
}

/** Ticket number → place, as the group was told. */
async function collect(gateway: GatewayProcess, acknowledged: Map<string, string>): Promise<void> {
  for (const text of await sentTexts(gateway)) {
    const told = /收到，(\d+号楼\d+单元).*单号(\d{4}-\d{3,})/u.exec(text)
    if (told?.[1] && told[2]) acknowledged.set(told[2], told[1])
  }
}

async function quiet(gateway: GatewayProcess, acknowledged: Map<string, string>): Promise<void> {
  for (let before = -1, now = 0; now !== before; now = await sentCount(gateway)) {
    before = now
    await collect(gateway, acknowledged)
    await sleep(2_000)
  }
}

async function checkLedger(folder: string, acknowledged: ReadonlyMap<string, string>): Promise<void> {
  const store = await openLowdbStore({ folder, schema })
  cleanUp.push(() => store.close())
  const tickets: Ticket[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await store.find<Ticket>('tickets', {
      limit: 1_000,
      ...(cursor !== undefined && { cursor }),
    })
    tickets.push(...page.documents)
    if (page.next === undefined) break
    cursor = page.next
  }
  const places = tickets.map((ticket) => formatPlace(ticket.place ?? {}, { withRoom: false }))
  const byNumber = new Map(tickets.map((ticket, index) => [saidNumber(ticket.id), places[index]]))
  expect(acknowledged.size).toBeGreaterThan(kills)
  expect([...acknowledged].filter(([number, place]) => byNumber.get(number) !== place)).toEqual([])
  expect(new Set(places).size).toBe(places.length)
}
