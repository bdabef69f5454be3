import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { openHttpStage } from './http-stage.ts'

/** What every request passes at the HTTP door: keys, limits, borders. */

const operator = { kind: 'operator' } as const
const alarm = { id: 'F-1', kind: 'fume', state: 'raised', at: '2026-11-18T09:00:00+08:00' }
const alarms = '/api/v1/alarms'

describe('an api key', () => {
  test('is needed, known, and good for what is asked', async () => {
    const { ask, key } = await openHttpStage()
    const none = await ask(alarms, { json: alarm })
    expect(none.status).toBe(401)
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/u)
    expect(none.json.error).toMatchObject({ code: 'unauthorized', message: /ask the operator/u })
    expect((await ask(alarms, { json: alarm, key: `linli_${'x'.repeat(43)}` })).status).toBe(401)
    const reader = await key('console', 'read')
    const refused = await ask(alarms, { json: alarm, key: reader })
    expect(refused.status).toBe(403)
    expect(refused.json.error.message).toMatch(/scope alarms; this one has read/u)
    const platform = await key('platform', 'alarms', 'open311')
    expect((await ask(alarms, { json: alarm, key: platform })).status).toBe(201)
    const header = { 'X-API-Key': platform }
    expect((await ask(`${alarms}/F-1`, { headers: header })).status).toBe(200)
  })

  test('that was taken back is refused from then on, and the other one of that name as well', async () => {
    const { ask, key, stage } = await openHttpStage()
    const keys = [await key('platform', 'alarms'), await key('platform', 'alarms')]
    expect((await ask(alarms, { json: alarm, key: keys[0] ?? '' })).status).toBe(201)
    await execute(stage.house, operator, 'r', { type: 'apikey.revoke', key: 'platform' })
    for (const each of keys) expect((await ask(`${alarms}/F-1`, { key: each })).status).toBe(401)
    await expect(
      execute(stage.house, operator, 's', { type: 'apikey.revoke', key: 'platform' }),
    ).rejects.toThrow(/no valid api key platform/u)
  })

  test('is kept nowhere: neither in the list, nor in the audit, nor in the store', async () => {
    const { ask, key, stage } = await openHttpStage()
    const secret = await key('platform', 'alarms')
    await ask(alarms, { json: alarm, key: secret })
    const everything = [await stage.all('apiKeys'), await stage.all('audit'), stage.happenings]
    expect(JSON.stringify(everything)).not.toContain(secret)
    const [listed] = (await query(stage.house, operator, { type: 'apikeys' })) as { id: string }[]
    expect(listed).toMatchObject({ name: 'platform', scopes: ['alarms'], lastUsedAt: stage.clock.now })
    expect(listed?.id).toHaveLength(12)
  })

  test('notes its use once a day', async () => {
    const { ask, key, stage } = await openHttpStage()
    const reader = await key('console', 'read')
    const use = async () => {
      await ask('/api/v1/tickets/20261118-001', { key: reader })
      return (await stage.all('apiKeys'))[0]?.version
    }
    const first = await use()
    stage.clock.now += 3_600_000
    expect(await use()).toBe(first)
    stage.clock.now += 86_400_000
    expect(await use()).toBe((first ?? 0) + 1)
  })

  test('of a system commands nothing but what is for systems, and gives no key', async () => {
    const { stage } = await openHttpStage()
    const system = { kind: 'system', name: 'platform' } as const
    for (const command of [
      { type: 'roster.add', name: '我', role: 'admin' },
      { type: 'apikey.add', name: 'x', scopes: ['read'], hash: 'a'.repeat(64) },
      { type: 'person.erase', person: 'p-1' },
    ])
      await expect(execute(stage.house, system, command.type, command)).rejects.toMatchObject({
        code: 'authority',
      })
    for (const type of ['roster', 'apikeys', 'groups'])
      await expect(query(stage.house, system, { type })).rejects.toMatchObject({ code: 'authority' })
  })
})

describe('limits', () => {
  test('a key that asks too often waits, and is served again after the time it was told', async () => {
    const { ask, key, stage } = await openHttpStage({ limits: { key: { perSecond: 0.5, burst: 3 } } })
    const reader = await key('console', 'read')
    const look = () => ask('/api/v1/tickets/20261118-001', { key: reader })
    const statuses = []
    for (let count = 0; count < 4; count++) statuses.push((await look()).status)
    expect(statuses).toEqual([404, 404, 404, 429])
    const refused = await look()
    expect(refused.headers.get('retry-after')).toBe('2')
    stage.clock.now += 2_000
    expect((await look()).status).toBe(404)
    expect((await look()).status).toBe(429)
  })

  test('an address that asks too often waits, whatever it asks for', async () => {
    const { ask } = await openHttpStage({ limits: { address: { perSecond: 1, burst: 5 } } })
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await ask('/healthz')).status))
    expect(statuses.filter((status) => status === 200)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3)
  })

  test('who guesses keys is shut out after ten, also with a good one, until they waited', async () => {
    const { ask, key, stage } = await openHttpStage()
    const good = await key('console', 'read')
    for (let guess = 0; guess < 10; guess++)
      expect((await ask('/api/v1/tickets/1', { key: `linli_guess${guess}` })).status).toBe(401)
    const shut = await ask('/api/v1/tickets/1', { key: good })
    expect(shut.status).toBe(429)
    stage.clock.now += Number(shut.headers.get('retry-after')) * 1000
    expect((await ask('/api/v1/tickets/1', { key: good })).status).toBe(404)
  })

  test('behind a proxy each caller has an own limit; without one X-Forwarded-For is only words', async () => {
    const limits = { address: { perSecond: 1, burst: 1 } }
    const from = (last: string) => ({ headers: { 'X-Forwarded-For': `1.1.1.1, ${last}` } })
    const proxied = await openHttpStage({ limits, proxy: true })
    expect((await proxied.ask('/healthz', from('10.0.0.1'))).status).toBe(200)
    expect((await proxied.ask('/healthz', from('10.0.0.2'))).status).toBe(200)
    expect((await proxied.ask('/healthz', from('10.0.0.2'))).status).toBe(429)
    const direct = await openHttpStage({ limits })
    expect((await direct.ask('/healthz', from('10.0.0.1'))).status).toBe(200)
    expect((await direct.ask('/healthz', from('10.0.0.2'))).status).toBe(429)
  })

  test('a body that says it is too large, or turns out to be, is refused', async () => {
    const { ask, key } = await openHttpStage()
    const platform = await key('platform', 'alarms')
    const large = await ask(alarms, { key: platform, json: { ...alarm, text: 'x'.repeat(70_000) } })
    expect(large.status).toBe(413)
    expect(large.json.error.message).toMatch(/larger than 64 KB: send less/u)
    const chunk = new TextEncoder().encode(' '.repeat(16_384))
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 1
        if (sent > 40) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const streamed = await ask(alarms, {
      ...{ key: platform, body: endless },
      headers: { 'Content-Type': 'application/json' },
    }).catch(() => ({ status: 413 }))
    expect(streamed.status).toBe(413)
  })

  test('a request that the house cannot answer in time is told to come again', async () => {
    const { ask, key, stage } = await openHttpStage({ limits: { request: 200 } })
    const reader = await key('console', 'read')
    Object.assign(stage.store, { get: () => new Promise(() => undefined) })
    const late = await ask('/api/v1/tickets/20261118-001', { key: reader })
    expect(late.status).toBe(503)
    expect(late.json.error.message).toMatch(/no answer within .* s: try again/u)
    expect(late.headers.get('retry-after')).toBe('10')
  })

  test('a request that never ends is cut off', async () => {
    const { url } = await openHttpStage({ limits: { request: 300 } })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const ended = new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (data) => {
        text += data
      })
      socket.on('close', () => resolve(text))
    })
    socket.write('POST /api/v1/alarms HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n')
    expect(await ended).toMatch(/^(?:HTTP\/1\.1 408|$)/u)
  }, 60_000)
})

describe('borders', () => {
  test.each([
    ['no JSON', '{"id": ', 'application/json', 400, /expected JSON/u],
    [
      'another type',
      'id=1',
      'application/x-www-form-urlencoded',
      415,
      /expected Content-Type application\/json/u,
    ],
    ['nothing', '', 'application/json', 400, /expected JSON/u],
    ['a number', '7', 'application/json', 400, /object/u],
    ['deep nesting', '['.repeat(60_000), 'application/json', 400, /expected JSON/u],
    ['a prototype', '{"__proto__": {"id": "1"}}', 'application/json', 400, /'id'/u],
  ])('%s is refused in words', async (_, body, type, status, message) => {
    const { ask, key } = await openHttpStage()
    const platform = await key('platform', 'alarms')
    const refused = await ask(alarms, {
      key: platform,
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    })
    expect(refused.status).toBe(status)
    expect(refused.json.error.message).toMatch(message)
  })

  test('bytes that are no UTF-8 are refused, not guessed at', async () => {
    const { ask, key } = await openHttpStage()
    const body = new Uint8Array([0x7b, 0x22, 0xb5, 0xe7, 0xcc, 0xdd, 0x22, 0x7d])
    const headers = { 'Content-Type': 'application/json' }
    const refused = await ask(alarms, { key: await key('platform', 'alarms'), body, headers })
    expect(refused.status).toBe(400)
    expect(refused.json.error.message).toMatch(/expected UTF-8/u)
  })

  test('what stands nowhere is not found, and the wrong method is told the right one', async () => {
    const { ask } = await openHttpStage()
    for (const path of ['/', '/api', '/api/v1', '/api/v1/people', '/../../etc/passwd', '/healthz/x', '/%00'])
      expect((await ask(path)).status, path).toBe(404)
    const wrong = await ask('/api/v1/alarms', { method: 'DELETE' })
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
    expect((await ask('/healthz', { method: 'HEAD' })).status).toBe(200)
  })

  test('every answer has an id, and headers that keep browsers from trying things', async () => {
    const { ask } = await openHttpStage()
    for (const path of ['/healthz', '/nowhere']) {
      const { headers } = await ask(path)
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/u)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/u)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  test('what fails inside is told to the operator with its id, and to the caller without a word of it', async () => {
    const { ask, key, stage } = await openHttpStage()
    const reader = await key('console', 'read')
    Object.assign(stage.store, {
      get: async () => {
        throw new Error('the secret of the house')
      },
    })
    const failed = await ask('/api/v1/tickets/20261118-001', { key: reader })
    expect(failed.status).toBe(500)
    expect(failed.text).not.toMatch(/secret|at .*\.ts/u)
    const [trouble] = stage.happenings.flatMap((each) => (each.type === 'trouble' ? [each.text] : []))
    expect(trouble).toContain(failed.headers.get('x-request-id'))
    expect(trouble).toContain('the secret of the house')
  })

  test('a line of the log names the route and the key, never what stands in the path', async () => {
    const { ask, key, log } = await openHttpStage()
    await ask('/api/v1/tickets/13812345678', { key: await key('console', 'read') })
    await ask('/search/13812345678')
    expect(log[0]).toMatch(/^http [0-9a-f]{16} GET \/api\/v1\/tickets\/:number 404 \d+ ms key=console$/u)
    expect(log[1]).toMatch(/GET other 404/u)
    expect(log.join()).not.toContain('138')
  })
})
