import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { deepestJson, isTooDeep } from '../../adapters/json-depth.ts'
import { createRedmine } from '../../adapters/ticketing/redmine/redmine.ts'
import { createWebhook } from '../../adapters/ticketing/webhook.ts'
import { seeded } from '../redmine/a-ticket.ts'
import { openHttpStage } from './http-stage.ts'

/** 30,000 brackets fit into one body, and are more than a stack holds. */

const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

test('the depth is counted outside of strings only', () => {
  expect(isTooDeep(deep(deepestJson))).toBe(false)
  expect(isTooDeep(deep(deepestJson + 1))).toBe(true)
  expect(isTooDeep(JSON.stringify({ text: `\\"${'['.repeat(100)}` }))).toBe(false)
  expect(isTooDeep(JSON.stringify(Array(100).fill([{ a: [] }])))).toBe(false)
})

describe('what is nested too deep is refused in words', () => {
  test('in an alarm, whichever field it stands in', async () => {
    const { key, ask, stage } = await openHttpStage()
    const headers = { 'Content-Type': 'application/json' }
    const body = `{"id":"a","kind":"fume","place":${deep(30_000)}}`
    const asked = { method: 'POST', key: await key('platform', 'alarms'), headers }
    for (const sent of [body, deep(30_000)]) {
      const refused = await ask('/api/v1/alarms', { ...asked, body: sent })
      expect(refused.status).toBe(400)
      expect(refused.json.error.message).toMatch(/nested at most 32 deep/u)
    }
    expect(stage.happenings.filter(({ type }) => type === 'trouble')).toEqual([])
  })
})

describe('an answer that is nested too deep names the host and what to look at', () => {
  async function openDeep(): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"status":${deep(30_000)}}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const fault = { code: 'nonsense', message: expect.stringMatching(/127\.0\.0\.1:\d+ .*deep.*address/u) }

  test('of a webhook', async () => {
    const url = await openDeep()
    const webhook = createWebhook({
      ...{ name: 'city', url, readUrl: `${url}/{id}`, secret: 's', states: {}, now: Date.now },
    })
    await expect(webhook.fetch({ id: 'C1' })).rejects.toMatchObject(fault)
  })

  test('of a Redmine', async () => {
    const url = await openDeep()
    const redmine = createRedmine({ ...seeded, url: `${url}/`, key: 'k3y', timeout: 1_000 }, fetch)
    await expect(redmine.fetch({ id: '1' })).rejects.toMatchObject(fault)
  })
})
