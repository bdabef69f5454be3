import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { type City, openCity } from './city.ts'
import { failureOf, openClient, ticket } from './forwarded.ts'

/** Our client against our server: two communities that use LinLi. */

const cities: City[] = []
let city: City
beforeEach(async () => {
  city = await openCity()
  cities.push(city)
})
afterAll(() => Promise.all(cities.map((each) => each.close())))

const services = { facilities: 'facilities', conduct: 'conduct' }

describe.each(['json', 'xml', 'discover'] as const)('with the format %s', (format) => {
  const client = (
    more: Readonly<Record<string, unknown>> = {},
    options: Parameters<typeof openClient>[1] = {},
  ) => openClient({ endpoint: city.base, apiKey: city.key, format, services, ...more }, options)

  test('a ticket becomes a request over there, is read back, and keeps its number', async () => {
    const { remote, status } = await client().system.forward(ticket, undefined)
    expect(remote.id).toBe('20261118-001')
    expect(remote.url).toBe(`${city.base}/requests/20261118-001.xml`)
    expect(status).toMatchObject({ state: 'open', said: 'open' })
    expect(status.updatedAt).toBe(city.stage.clock.now)
    const [theirs] = await city.stage.all('tickets')
    expect(theirs).toMatchObject({ category: 'facilities', reporter: 'system/city-app', group: null })
    expect(theirs?.text).toContain('[LinLi 20261118-001] 11号楼1单元电梯问题\n电梯坏了，老人上不去 <急>&😀')
    expect(theirs?.place).toMatchObject({ building: '11', unit: '1' })
  })

  test('forwarded again it opens no second one, whether we remember theirs or not', async () => {
    const { system } = client()
    const { remote } = await system.forward(ticket, undefined)
    expect((await system.forward(ticket, remote)).remote).toEqual(remote)
    // as after a crash before the answer was kept, and long after the short window
    await city.stage.wait(3_600)
    expect((await client().system.forward(ticket, undefined)).remote).toEqual(remote)
    expect(await city.stage.all('tickets')).toHaveLength(1)
  })

  test('two communities that forward to one city do not take the tickets of each other', async () => {
    const one = await client({ source: '槐荫社区' }).system.forward(ticket, undefined)
    const other = await client({ source: '河'.repeat(40) }).system.forward(ticket, undefined)
    expect(other.remote.id).not.toBe(one.remote.id)
    expect(await city.stage.all('tickets')).toHaveLength(2)
  })

  test('an answer that was lost on the way doubles nothing', async () => {
    let losses = 2
    const losing: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (init?.method !== 'POST' || losses === 0) return response
      losses -= 1
      await response.body?.cancel()
      throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
    }
    const { system } = client({}, { fetch: losing })
    expect((await failureOf(system.forward(ticket, undefined))).code).toBe('unreachable')
    expect((await failureOf(system.forward(ticket, undefined))).code).toBe('unreachable')
    expect((await system.forward(ticket, undefined)).remote.id).toBe('20261118-001')
    expect(await city.stage.all('tickets')).toHaveLength(1)
  })

  test('what they do with it comes back', async () => {
    const { system } = client()
    const { remote } = await system.forward(ticket, undefined)
    expect(await system.fetch(remote)).toMatchObject({ state: 'open', note: expect.stringContaining('物业') })
    const operator = { kind: 'operator' } as const
    const by = (type: string, more = {}) => ({ type, ticket: remote.id, ...more })
    await execute(city.stage.house, operator, 'c1', by('ticket.acknowledge'))
    expect(await system.fetch(remote)).toMatchObject({ state: 'open', said: 'open' })
    await city.stage.wait(3_600)
    await execute(city.stage.house, operator, 'c2', by('ticket.done', { note: '已换主板，联系人王建国' }))
    await city.stage.wait(3 * 86_400)
    const status = await system.fetch(remote)
    expect(status).toMatchObject({ state: 'done', said: 'closed' })
    // a sentence of ours, nothing that staff wrote
    expect(status?.note).not.toContain('主板')
  })

  test('a private matter is followed up through its token', async () => {
    const { system, slept } = client()
    const { remote, differences } = await system.forward({ ...ticket, category: 'conduct' }, undefined)
    expect(remote.id).toBe('20261118-001')
    expect(slept).toEqual([2_000])
    // taken, but never shown to anybody
    expect(differences).toEqual([{ field: 'request', ours: '20261118-001', theirs: '' }])
    expect(await system.fetch(remote)).toBeUndefined()
  })

  test('a wrong key is told as such, a service of no name as well', async () => {
    expect(await failureOf(client({ apiKey: 'linli_no' }).system.forward(ticket, undefined))).toMatchObject({
      code: 'authority',
      message: expect.stringContaining('not known'),
    })
    const wrong = client({ services: { facilities: 'potholes' } }).system.forward(ticket, undefined)
    expect((await failureOf(wrong)).code).toBe('refused')
    expect(await city.stage.all('tickets')).toEqual([])
  })
})
