import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import type { CollectionName, Documents } from '../../bot/documents.ts'
import type { Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'
import { emptyDatabase } from '../storage/postgres-server.ts'
import { GatewayProcess } from '../wechat/gateway-process.ts'
import { type BotProcess, runCommand, startBot } from './bot-process.ts'

/** Several accounts behind gateways of their own, one group each, several bots on one PostgreSQL: all real processes. */
export interface District {
  readonly store: Store
  readonly gateways: ReadonlyMap<string, GatewayProcess>
  /** A bot that takes these accounts at once, and others when nobody else does. */
  start(prefers: readonly string[], more?: Readonly<Record<string, string>>): BotProcess
  /** A command of the operator in a process of its own. @returns what it printed; rejects when it says no */
  linli(...args: readonly string[]): Promise<string>
  /** Somebody says it in the group of that account, each time another resident. */
  say(account: string, text: string): Promise<string>
  /** What went out at that gateway. */
  sent(account: string): Promise<readonly string[]>
  all<C extends CollectionName>(collection: C): Promise<readonly Documents[C][]>
}

/** What one speaker says in one breath is one utterance: so each line has a speaker of its own. */
export const residents = Array.from({ length: 40 }, (_, at) => ({ id: `r${at}`, name: `居民${at}` }))
const roomId = 'r-yard'
export const groupOf = (account: string) => `g-${account}`

export async function openDistrict(accounts: readonly string[]): Promise<District> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-leases-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const url = await emptyDatabase()
  const store = await openPostgresStore({ url, schema })
  onTestFinished(() => store.close())
  const gateways = new Map<string, GatewayProcess>()
  const entries: string[] = []
  const secrets: Record<string, string> = {}
  for (const account of accounts) {
    const port = await freePort()
    const secret = `LINLI_SECRET_${account.toUpperCase()}`
    secrets[secret] = `insecure_${account}`
    entries.push(
      `  - { name: ${account}, puppet: service, endpoint: '127.0.0.1:${port}', token: ${secret}, tls: off }`,
    )
    gateways.set(account, await openGateway(account, port, `insecure_${account}`))
    await bind(store, account)
  }
  await mkdir(join(folder, 'settings'), { recursive: true })
  await writeFile(join(folder, 'settings', 'accounts.yaml'), `accounts:\n${entries.join('\n')}\n`)
  let lines = 0
  const at = (account: string) => {
    const gateway = gateways.get(account)
    if (!gateway) throw new Error(`no gateway for ${account}`)
    return gateway
  }
  const environment = { LINLI_DATA: folder, LINLI_DATABASE_URL: url, ...secrets }
  return {
    store,
    gateways,
    start: (prefers, more = {}) =>
      startBot({
        ...{ ...environment, LINLI_ACCOUNTS: prefers.join(','), LINLI_BURST_MS: '300' },
        ...{ LINLI_GAP_REPLY_MS: '0', LINLI_GAP_JITTER_MS: '0', LINLI_GAP_GROUP_MS: '0' },
        ...more,
      }),
    linli: (...args) => runCommand(args, environment),
    say: async (account, text) =>
      String(
        (await at(account).do({ do: 'say', from: `r${lines++ % residents.length}`, room: roomId, text }))[
          'id'
        ],
      ),
    sent: async (account) =>
      ((await at(account).do({ do: 'sent' }))['sent'] as { text: string }[]).map(({ text }) => text),
    all: async <C extends CollectionName>(collection: C) =>
      (await store.find<Documents[C]>(collection, { limit: 10_000 })).documents,
  }
}

async function openGateway(account: string, port: number, token: string): Promise<GatewayProcess> {
  const gateway = await GatewayProcess.start(port, token)
  onTestFinished(() => gateway.kill())
  for (const resident of residents) await gateway.do({ do: 'contact', ...resident })
  const members = ['bot', ...residents.map(({ id }) => id)]
  await gateway.do({ do: 'room', id: roomId, topic: `${account}小区业主群`, members })
  return gateway
}

async function bind(store: Store, account: string): Promise<void> {
  const group = groupOf(account)
  const setting = 'answer' as const
  const topic = `${account}小区业主群`
  const documents: [CollectionName, { readonly id: string }][] = [
    [
      'groups',
      { id: group, name: topic, places: [], tags: [], setting, owner: account } as Documents['groups'],
    ],
    ['rooms', { id: `${account}/${roomId}`, account, room: roomId, topic, group } as Documents['rooms']],
  ]
  await store.commit(documents.map(([collection, put]) => ({ collection, id: put.id, put })))
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Asks until it is so. @throws after `patience` ms, with what came last */
export async function until<Value>(
  what: string | (() => string),
  ask: () => Promise<Value | undefined | false>,
  patience = 60_000,
): Promise<Value> {
  for (const begun = Date.now(); Date.now() - begun < patience; await wait(100)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
  }
  throw new Error(`not within ${patience / 1000} s: ${typeof what === 'string' ? what : what()}`)
}
