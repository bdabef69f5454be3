import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import type { StatusRow } from '../../bot/accounts/status.ts'
import { configuredAccounts } from '../../bot/commands/configured-accounts.ts'
import { startHouse } from '../../bot/commands/open-house.ts'
import { type Config, readConfig } from '../../bot/config.ts'
import { schema } from '../../bot/schema.ts'
import { linli, ownDataFolder } from './terminal.ts'

const root = projectRoot()

async function configWith(
  accounts: string | undefined,
  environment: Record<string, string> = {},
): Promise<Config> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-accounts-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (accounts !== undefined) {
    await mkdir(join(folder, 'settings'))
    await writeFile(join(folder, 'settings', 'accounts.yaml'), accounts)
  }
  return readConfig({ LINLI_DATA: folder, ...environment })
}

const read = async (accounts: string | undefined, environment: Record<string, string> = {}) =>
  configuredAccounts(root, await configWith(accounts, environment))

const north =
  '{ name: north, puppet: service, endpoint: "10.0.0.5:8788", token: LINLI_SECRET_NORTH, tls: off }'
const south = '{ name: south, puppet: service, endpoint: "10.0.0.6:8788", token: LINLI_SECRET_SOUTH }'
const secrets = { LINLI_SECRET_NORTH: 'insecure_n', LINLI_SECRET_SOUTH: 's' }

describe('the accounts of an installation', () => {
  test('are the one that the environment names while the list is empty, under its old name', async () => {
    expect(await read(undefined)).toEqual({
      accounts: [{ name: 'sim', puppet: 'sim', self: 'bot' }],
      kind: 'sim',
    })
    const gateway = { LINLI_GATEWAY_TOKEN: 't', LINLI_GATEWAY_ENDPOINT: '127.0.0.1:8788' }
    expect((await read(undefined, { LINLI_PUPPET: 'service', ...gateway })).accounts).toEqual([
      { name: 'main', puppet: 'service', endpoint: '127.0.0.1:8788', token: 't', tls: true },
    ])
    const { accounts } = await read('accounts: []', { LINLI_PUPPET: 'wechat4u' })
    expect(accounts).toEqual([
      { name: 'main', puppet: 'wechat4u', session: expect.stringMatching(/\/wechat4u\.memory-card\.json$/u) },
    ])
  })

  test('have the tokens that the environment holds, and each a session of its own', async () => {
    const web = '{ name: web, puppet: wechat4u }'
    expect(await read(`accounts: [${north}, ${south}, ${web}]`, secrets)).toMatchObject({
      accounts: [
        { name: 'north', token: 'insecure_n', tls: false },
        { name: 'south', token: 's', tls: true },
        { name: 'web', session: expect.stringMatching(/wechat4u-web\.memory-card\.json$/u) },
      ],
      kind: 'several',
    })
  })

  test.each([
    ['two of a name', `[${north}, ${north}]`, /two accounts are called north/],
    ['two on a gateway', `[${north}, ${north.replace('north', 'other')}]`, /a gateway serves one account/],
    ['a token itself', `[${north.replace('LINLI_SECRET_NORTH', 'insecure_abc')}]`, /never the token itself/],
    ['a slash in a name', `[${north.replace('north', 'a/b')}]`, /a to z, digits and -/],
    ['an unknown puppet', '[{ name: x, puppet: padlocal }]', /use service, wechat4u or sim/],
    ['no port', `[${north.replace(':8788', '')}]`, /use host:port/],
    ['simulated beside real', `[{ name: sim, puppet: sim }, ${north}]`, /use only sim, or none/],
    ['a simulated one of another name', '[{ name: one, puppet: sim }]', /the first .* is called sim/],
    ['a key that is none', `[${north.replace('tls', 'tsl')}]`, /tsl/],
  ])('are refused with what was expected: %s', async (_, list, message) => {
    await expect(read(`accounts: ${list}`, secrets)).rejects.toThrow(message)
  })

  test('are refused with everything that is missing in the environment at once', async () => {
    const missing = read(`accounts: [${north}, ${south}]`)
    await expect(missing).rejects.toThrow(
      /LINLI_SECRET_NORTH: account north[\s\S]*LINLI_SECRET_SOUTH: account south/u,
    )
    const database = { LINLI_DATABASE_URL: 'postgres://127.0.0.1/x' }
    const strange = read(`accounts: [${north}]`, { ...secrets, ...database, LINLI_ACCOUNTS: 'north, west' })
    await expect(strange).rejects.toThrow(/no account west; accounts.yaml has north/)
    expect(() => readConfig({ LINLI_ACCOUNTS: 'north' })).toThrow(
      /LINLI_DATABASE_URL: is needed by LINLI_ACCOUNTS/,
    )
  })
})

test('two simulated accounts live in one neighbourhood, and a group with both is answered by one', async () => {
  const config = await configWith('accounts: [{ name: sim, puppet: sim }, { name: second, puppet: sim }]', {
    LINLI_BURST_MS: '100',
    LINLI_GAP_REPLY_MS: '0',
    LINLI_GAP_JITTER_MS: '0',
    LINLI_GAP_GROUP_MS: '0',
  })
  const accounts = await configuredAccounts(root, config)
  const house = await startHouse({
    ...{ root, config, accounts, warn: () => undefined },
    ...{ onLink: () => undefined, onEnd: () => undefined },
  })
  onTestFinished(() => house.close())
  const said: string[] = []
  house.onHappening((each) => {
    if (each.type === 'sent') said.push(each.entry.account)
  })
  const say = { do: 'say', person: '王阿姨', group: '槐荫小区业主群', text: '3号楼电梯坏了' } as const
  await house.door.ask({ type: 'sim', act: say })
  await house.door.ask({ type: 'sim', act: { do: 'rest' } })
  expect(said).toEqual(['sim'])
  const rows = (await house.door.ask({ type: 'query', query: { type: 'status' } })) as StatusRow[]
  expect(rows.map(({ account, link }) => [account, link])).toEqual([
    ['sim', 'up'],
    ['second', 'up'],
  ])
  const world = (await house.door.ask({ type: 'sim', act: { do: 'world' } })) as { people: string[] }
  expect(world.people.some((name) => name.startsWith('小邻'))).toBe(false)
  expect(await house.house.store.count('groups')).toBe(2)
})

test('a group goes to another account by one command, when that account is in it', async () => {
  const folder = join(await ownDataFolder(), 'data')
  const { out } = await linli(['group', 'bind', '一号群', '--json'])
  const { group } = JSON.parse(out[0] ?? '') as { group: string }
  const refused = await linli(['group', 'owner', '一号群', 'north'])
  expect(refused.status).toBe(1)
  expect(refused.errors).toMatch(/account north is not in 一号群: let it in, .*linli group bind 一号群/u)
  const store = await openLowdbStore({ folder, schema })
  const put = { id: 'north/r', account: 'north', room: 'r', topic: '一号群', group }
  await store.commit([{ collection: 'rooms', id: put.id, put }])
  await store.close()
  expect((await linli(['group', 'owner', '一号群', 'north'])).out).toEqual([
    'account north speaks in 一号群 now',
  ])
  expect((await linli(['group', 'owner', group, 'north'])).out).toEqual(["一号群 is account north's already"])
  expect((await linli(['group', 'list'])).out[0]).toMatch(/account north/)
  expect((await linli(['group', 'owner', '二号群', 'north'])).errors).toMatch(/no group 二号群/)
})
