import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { readForwarding, secretsNeeded } from '../../adapters/ticketing/settings.ts'
import { openSystems } from '../../adapters/ticketing/systems.ts'
import { checkForwarding } from '../../bot/commands/doctor-forwarding.ts'
import { openForwarding } from '../../bot/commands/open-forwarding.ts'
import { readConfig } from '../../bot/config.ts'
import { realLore } from '../bot/stage.ts'
import { openCity } from './city.ts'

async function folderWith(yaml: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-forwarding-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'settings'))
  await writeFile(join(folder, 'settings/forwarding.yaml'), yaml)
  return folder
}

async function read(yaml: string) {
  return readForwarding(projectRoot(), await folderWith(yaml))
}

/** The comments of the shipped file, as somebody would take them over. */
const example = `
systems:
  city:
    kind: webhook
    url: https://12345.example/linli/tickets
    secretEnv: LINLI_SECRET_CITY
    readUrl: https://12345.example/linli/tickets/{id}
    states: { 已派单: open, 处理中: handling, 已办结: done, 已退回: declined }
    pollMinutes: 10
    personal: true
  street:
    kind: redmine
    url: https://redmine.example
    keyEnv: LINLI_SECRET_REDMINE
    project: xingfu
    tracker: 支持
    customField: 邻里单号
    statuses: { open: 新建, handling: 进行中, done: 已解决, closed: 已关闭, declined: 已拒绝 }
  open:
    kind: open311
    endpoint: https://open311.example/v2
    keyEnv: LINLI_SECRET_OPEN311
    services: { facilities: "003", sanitation: "007" }
    otherService: "001"
    address: 幸福街道槐荫社区
  wuye-group: { kind: wecom, keyEnv: LINLI_SECRET_WUYE }
  chengguan-group: { kind: dingtalk, keyEnv: LINLI_SECRET_DING, secretEnv: LINLI_SECRET_DING_SIGN }
  jiedao-group: { kind: feishu, keyEnv: LINLI_SECRET_FEISHU, secretEnv: LINLI_SECRET_FEISHU_SIGN }
  duty-desk: { kind: mail, to: [zhiban@street.example], from: linli@street.example }
rules:
  - { category: [facilities, safety], to: [city] }
  - { department: 城管, place: 槐荫社区, to: [street, open] }
  - { urgency: emergency, to: [duty-desk] }
alerts:
  - { events: [emergency, red, escalated], to: [jiedao-group, chengguan-group] }
  - { events: [opened, reopened], department: 物业, to: [wuye-group, duty-desk] }
`

describe('tickets/forwarding.yaml', () => {
  test('as shipped sends nothing anywhere', async () => {
    const settings = await readForwarding(projectRoot(), undefined)
    expect(settings).toEqual({ systems: {}, rules: [], alerts: [] })
  })

  test('takes every kind that its comments show, and makes a system of each', async () => {
    const settings = await read(example)
    const { texts } = await realLore()
    const secrets = { ...Object.fromEntries(secretsNeeded(settings).map((name) => [name, 'x'])) }
    const made = await openSystems(settings, {
      ...{ secrets: { ...secrets, LINLI_SMTP_URL: 'smtp://127.0.0.1:1' }, texts },
      ...{ now: () => 0, sleep: async () => undefined },
    })
    const shape = made.map(({ name, tickets, alerts, pollEvery, personal }) => [
      ...[name, Boolean(tickets), Boolean(alerts), pollEvery ?? 0, personal],
    ])
    expect(shape).toEqual([
      ['city', true, false, 600_000, true],
      ['street', true, false, 600_000, false],
      ['open', true, false, 600_000, false],
      ['wuye-group', false, true, 0, false],
      ['chengguan-group', false, true, 0, false],
      ['jiedao-group', false, true, 0, false],
      ['duty-desk', true, true, 0, false],
    ])
    expect([...secretsNeeded(settings)].sort()).toEqual([
      ...['LINLI_SECRET_CITY', 'LINLI_SECRET_DING', 'LINLI_SECRET_DING_SIGN', 'LINLI_SECRET_FEISHU'],
      ...['LINLI_SECRET_FEISHU_SIGN', 'LINLI_SECRET_OPEN311', 'LINLI_SECRET_REDMINE', 'LINLI_SECRET_WUYE'],
      'LINLI_SMTP_URL',
    ])
  })

  test('names all its mistakes at once', async () => {
    const wrong = read(`
systems:
  city: { kind: webhook, url: ftp://city.example, secretEnv: CITY_SECRET, secret: abc }
  wuye: { kind: wecom, keyEnv: LINLI_SECRET_WUYE }
rules:
  - { category: lifts, to: [city] }
`)
    await expect(wrong).rejects.toThrow(/forwarding\.yaml/u)
    const message = String(await wrong.catch((error: unknown) => error))
    for (const part of ['https://12345.example', 'LINLI_SECRET_CITY', '"secret"', 'category'])
      expect(message).toContain(part)
  })

  test('and rules that lead nowhere', async () => {
    const message = String(
      await read(`
systems: { wuye: { kind: wecom, keyEnv: LINLI_SECRET_WUYE } }
rules: [{ to: [city] }, { to: [wuye] }]
`).catch((error: unknown) => error),
    )
    expect(message).toContain('no system is called city: known are wuye')
    expect(message).toContain(
      'wuye is a wecom robot, which takes alerts and no tickets: name it under alerts',
    )
  })
})

describe('the secrets', () => {
  test('are taken from LINLI_SECRET_ names, and a name that is none of them is still a mistake', () => {
    const config = readConfig({ LINLI_SECRET_CITY: 'abc', LINLI_SMTP_URL: 'smtps://u:p@mail.example:465' })
    expect(config.secrets).toEqual({
      ...{ LINLI_SECRET_CITY: 'abc', LINLI_SMTP_URL: 'smtps://u:p@mail.example:465' },
    })
    expect(() => readConfig({ LINLI_SECRETS_CITY: 'abc' })).toThrow('no such setting')
    expect(() => readConfig({ LINLI_SMTP_URL: 'user:geheim@mail' })).toThrow('smtps://')
    expect(() => readConfig({ LINLI_SMTP_URL: 'user:geheim@mail' })).not.toThrow('geheim')
  })

  test('that are missing keep a bot from starting, all named at once', async () => {
    const config = { ...readConfig({ LINLI_DATA: await folderWith(example), LINLI_SECRET_CITY: 'x' }) }
    const { texts } = await realLore()
    const opened = openForwarding({ root: projectRoot(), config }, texts)
    await expect(opened).rejects.toThrow(/LINLI_SECRET_REDMINE[\s\S]*LINLI_SMTP_URL/u)
    await expect(opened).rejects.not.toThrow(/LINLI_SECRET_CITY/u)
  })
})

describe('linli doctor', () => {
  async function findings(yaml: string, environment: Record<string, string> = {}) {
    const config = readConfig({ LINLI_DATA: await folderWith(yaml), ...environment })
    const found: string[] = []
    for await (const { state, text } of checkForwarding(projectRoot(), config)) found.push(`${state} ${text}`)
    return found
  }

  test('says who answers, who does not, what is not set, and what nothing goes to', async () => {
    const city = await openCity()
    const found = await findings(
      `
systems:
  city: { kind: webhook, url: "${city.url}/tickets", secretEnv: LINLI_SECRET_CITY }
  gone: { kind: webhook, url: "http://127.0.0.1:1/tickets", secretEnv: LINLI_SECRET_GONE }
rules: [{ to: [city] }]
`,
      { LINLI_SECRET_CITY: 'x' },
    )
    expect(found).toEqual([
      'bad forwarding: LINLI_SECRET_GONE is not set',
      'note forwarding: nothing goes to gone',
      'good forwarding: city (webhook, 127.0.0.1) answers',
      expect.stringMatching(/^bad forwarding: gone .* does not answer: /u),
    ])
    // asked without leaving a trace over there
    expect(city.calls).toBe(0)
  })

  test('names what is wrong in the file, and is content with none', async () => {
    expect((await findings('systems: [1]')).join()).toMatch(/^bad forwarding: .*settings\/forwarding\.yaml/u)
    expect(await findings('')).toEqual([expect.stringContaining('note forwarding: no other system')])
  })
})
