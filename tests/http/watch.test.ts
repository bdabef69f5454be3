import { describe, expect, test } from 'vitest'
import { StoreFailedError } from '../../bot/ports/store.ts'
import { openHttpStage } from './http-stage.ts'

/** Health, readiness and numbers, for whoever watches over the process. */

describe('readiness', () => {
  test('is there while the store takes commits and every link is up', async () => {
    const { ask, stage } = await openHttpStage()
    expect(await ask('/readyz')).toMatchObject({ status: 200, json: { ready: true, reasons: [] } })
    Object.assign(stage.chat, { state: () => ({ state: 'waiting-for-scan', since: 0, qr: 'x' }) })
    expect(await ask('/readyz')).toMatchObject({
      ...{ status: 503, json: { ready: false, reasons: ['the link of account main is waiting-for-scan'] } },
    })
    expect((await ask('/healthz')).status).toBe(200)
  })

  test('is gone when the disk refuses writes, and why is told to the operator alone', async () => {
    const { ask, stage } = await openHttpStage()
    Object.assign(stage.store, {
      commit: async () => {
        throw new StoreFailedError('/data/journal: no space left')
      },
    })
    const found = await ask('/readyz')
    expect(found.status).toBe(503)
    expect(found.json.reasons).toEqual(['the store takes no commits: look into the log'])
    expect(JSON.stringify(stage.happenings)).toContain('no space left')
  })

  test('writes to the store once in a while, however often it is asked', async () => {
    const { ask, stage } = await openHttpStage()
    for (let count = 0; count < 20; count++) await ask('/readyz')
    expect((await stage.all('counters')).find(({ id }) => id === 'readyz')?.version).toBe(1)
  })
})

describe('metrics', () => {
  test('count what there is, in the Prometheus format, without a word of anybody', async () => {
    const { ask, stage } = await openHttpStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', '@小邻 3号楼2单元的路灯不亮了')
    await ask('/healthz')
    await ask('/nowhere')
    const { status, headers, text } = await ask('/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/u)
    expect(text).toContain('linli_info{version="9.9.9"')
    expect(text).toContain('linli_tickets{state="dispatched"} 1')
    expect(text).toContain('linli_tickets_light{light="blue"} 1')
    expect(text).toMatch(/linli_timers \d+/u)
    expect(text).toContain('linli_timers_late 0')
    expect(text).toContain('linli_links_up 1')
    expect(text).toContain('linli_messages_heard_total 1')
    expect(text).toContain('linli_messages_sent_total{kind="replies"} 1')
    expect(text).toContain('linli_http_requests_total{method="GET",route="/healthz",status="200"} 1')
    expect(text).toContain('linli_http_requests_total{method="GET",route="other",status="404"} 1')
    expect(text).not.toMatch(/[\u4e00-\u9fff]|main/u)
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{(?:\w+="[^"]*",?)+\})? -?[\d.]+(?:e[+-]?\d+)?)$/u,
      )
  })

  test('need a key with the scope read as soon as a proxy stands between', async () => {
    const { ask, key } = await openHttpStage({ proxy: true })
    const forwarded = { 'X-Forwarded-For': '10.0.0.9' }
    expect((await ask('/metrics', { headers: forwarded })).status).toBe(401)
    const alarms = await key('platform', 'alarms')
    expect((await ask('/metrics', { headers: forwarded, key: alarms })).status).toBe(403)
    expect((await ask('/metrics', { headers: forwarded, key: await key('prom', 'read') })).status).toBe(200)
  })
})

test('of several accounts each is told apart, and of several processes each tells of its own', async () => {
  const { ask, stage } = await openHttpStage({ accounts: ['north', 'south', 'west'] })
  Object.assign(stage.chats[1] ?? {}, { state: () => ({ state: 'down', since: 0, reason: 'cut' }) })
  const before = (await ask('/metrics')).text
  expect(before).toContain('linli_link_up{account="north"} 1')
  expect(before).toContain('linli_link_up{account="south"} 0')
  expect(before).toContain('linli_links 3')
  Object.assign(stage.house, { isHere: (account: string) => account !== 'south' })
  const after = (await ask('/metrics')).text
  expect(after).not.toContain('south')
  expect(after).toContain('linli_links_up 2')
  expect(await ask('/readyz')).toMatchObject({ status: 200, json: { ready: true } })
})
