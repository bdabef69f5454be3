import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RedmineOptions } from '../../adapters/ticketing/redmine/options.ts'
import { createRedmine } from '../../adapters/ticketing/redmine/redmine.ts'
import type { TicketSystem } from '../../bot/ports/ticket-system.ts'
import { aTicket, seeded } from './a-ticket.ts'
import { hold, type SmallRedmine, send, smallRedmine } from './small-redmine.ts'

let redmine: SmallRedmine
beforeEach(async () => {
  redmine = await smallRedmine()
})
afterEach(() => redmine.close())

function adapter(change: Partial<RedmineOptions> = {}): TicketSystem {
  return createRedmine({ ...seeded, url: `${redmine.url}/`, key: 'k3y', timeout: 1_000, ...change }, fetch)
}

/** The first request of this kind goes wrong. */
function once(kind: string, trouble: SmallRedmine['trouble']): void {
  redmine.trouble = (request, response, act, body) => {
    if (!request.startsWith(kind)) return
    redmine.trouble = () => undefined
    trouble(request, response, act, body)
  }
}

describe('a create of which nobody knows whether it went through', () => {
  const fates = [
    { fate: 'was done, and the answer came too late', done: true, end: hold },
    { fate: 'was done, and the connection broke', done: true, end: (response) => response.destroy() },
    { fate: 'was done, and a proxy answered 502', done: true, end: (response) => send(response, [502]) },
    { fate: 'was never done', done: false, end: (response) => response.destroy() },
  ] satisfies { fate: string; done: boolean; end: (response: ServerResponse) => unknown }[]

  test.each(fates)('$fate: tried again there is one issue', async ({ done, end }) => {
    once('POST', (_request, response, act) => {
      if (done) act()
      end(response)
    })
    await expect(adapter().forward(aTicket(), undefined)).rejects.toMatchObject({ code: 'unreachable' })
    // another process: it remembers nothing
    const { remote, differences } = await adapter().forward(aTicket(), undefined)
    expect(redmine.issues.length).toBe(1)
    expect({ remote: remote.id, differences }).toEqual({ remote: '1', differences: [] })
  })

  test('asked for twice at once, it is made once', async () => {
    const system = adapter()
    const both = await Promise.all([
      system.forward(aTicket(), undefined),
      system.forward(aTicket(), undefined),
    ])
    expect(both.map(({ remote }) => remote.id)).toEqual(['1', '1'])
    expect(redmine.issues.length).toBe(1)
  })

  test('that was only slow and comes through after all is told, and the first issue counts', async () => {
    once('POST', (_request, _response, act) => act())
    const { remote, differences } = await adapter().forward(aTicket(), undefined)
    expect(remote.id).toBe('1')
    expect(differences).toEqual([{ field: 'issues', ours: '#1', theirs: '#1 #2' }])
  })

  test('is found by its subject where the field is no filter and the search by it answers with everything', async () => {
    await redmine.close()
    redmine = await smallRedmine({ filters: false })
    for (const id of ['20261120-001', '20261120-002', '20261120-003'])
      await adapter().forward(aTicket({ id }), undefined)
    expect((await adapter().forward(aTicket({ id: '20261120-002' }), undefined)).remote.id).toBe('2')
    expect(redmine.issues.length).toBe(3)
  })
})

describe('a note whose answer was lost', () => {
  test('is not added a second time', async () => {
    const { remote } = await adapter().forward(aTicket(), undefined)
    const done = aTicket({ state: 'done', sequence: 4, note: '已更换灯管' })
    once('PUT', (_request, response, act) => {
      act()
      response.destroy()
    })
    await expect(adapter().forward(done, remote)).rejects.toMatchObject({ code: 'unreachable' })
    await adapter().forward(done, remote)
    expect(redmine.issues[0]?.notes).toEqual(['已更换灯管\n\n〔邻里 20261120-003 #4〕'])
  })
})

describe('somebody else saves the same issue at the same moment', () => {
  const handling = aTicket({ state: 'handling', sequence: 3 })
  const conflict = [422, { errors: [] }] as const

  test('it is read again, and written once more with what still differs', async () => {
    const { remote } = await adapter().forward(aTicket(), undefined)
    once('PUT', (_request, response) => {
      // they took it into hand themselves
      Object.assign(redmine.issues[0] ?? {}, { status_id: 2 })
      send(response, conflict)
    })
    const { status, differences } = await adapter().forward(handling, remote)
    expect({ said: status.said, differences }).toEqual({ said: '进行中', differences: [] })
    expect(redmine.asked.filter((each) => each.startsWith('PUT')).length).toBe(2)
  })

  test('again and again: they are busy, and it is left for later', async () => {
    const { remote } = await adapter().forward(aTicket(), undefined)
    redmine.trouble = (request, response) => void (request.startsWith('PUT') && send(response, conflict))
    await expect(adapter().forward(handling, remote)).rejects.toMatchObject({ code: 'busy' })
    expect(redmine.issues[0]?.status_id).toBe(1)
  })
})

describe('troubles have their names', () => {
  const answers = [
    ['429 with a time', [429], { 'retry-after': '90' }, { code: 'busy', retryAfter: 90_000 }],
    [
      '429 until a date',
      [429],
      { 'retry-after': 'Fri, 20 Nov 2026 10:02:00 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' },
      { code: 'busy', retryAfter: 120_000 },
    ],
    ['503 with a time', [503], { 'retry-after': '30' }, { code: 'unreachable', retryAfter: 30_000 }],
    ['500', [500], {}, { code: 'unreachable' }],
    ['401', [401], {}, { code: 'authority' }],
    ['403', [403], {}, { code: 'authority' }],
    ['another address', [302], { location: 'https://elsewhere.example.org/' }, { code: 'nonsense' }],
    ['JSON of another shape', [200, { issue: { id: '7' } }], {}, { code: 'nonsense' }],
    ['no JSON', [200, undefined], {}, { code: 'nonsense' }],
  ] as const

  test.each(answers)('%s', async (_, [status, value], headers, expected) => {
    redmine.trouble = (_request, response) => {
      for (const [name, text] of Object.entries(headers)) response.setHeader(name, text)
      send(response, [status, value])
    }
    const error = await adapter()
      .fetch({ id: '7' })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(expected)
    expect(String(error)).not.toContain('k3y')
    expect(redmine.asked.length, 'the key follows nowhere').toBe(1)
  })

  test('a server that does not answer in time is unreachable', async () => {
    redmine.trouble = (_request, response) => hold(response)
    const refusal = { code: 'unreachable', message: expect.stringContaining('within 100 ms') }
    await expect(adapter({ timeout: 100 }).fetch({ id: '7' })).rejects.toMatchObject(refusal)
  })

  test('a server that is not there is unreachable', async () => {
    const system = adapter()
    await redmine.close()
    const refusal = { code: 'unreachable', message: expect.stringContaining('ECONNREFUSED') }
    await expect(system.forward(aTicket(), undefined)).rejects.toMatchObject(refusal)
  })

  test('an answer without end is cut off', async () => {
    redmine.trouble = (_request, response) => {
      response.writeHead(200)
      response.end(Buffer.alloc(17 * 1024 * 1024, 0x20))
    }
    const refusal = { code: 'nonsense', message: expect.stringContaining('more than 16777216 bytes') }
    await expect(adapter().fetch({ id: '7' })).rejects.toMatchObject(refusal)
  })

  test('a reference that is no number of an issue goes nowhere', async () => {
    await expect(adapter().fetch({ id: '../users/1' })).rejects.toMatchObject({ code: 'refused' })
    expect(redmine.asked).toEqual([])
  })
})

test('A server that breaks on an emoji twice gets the ticket at the third try, with □ in its place', async () => {
  redmine.trouble = (request, response, _act, body) =>
    void (request.startsWith('POST') && /\p{Emoji_Presentation}/u.test(body) && send(response, [500]))
  const system = adapter()
  const ticket = aTicket({ text: '电梯又坏了😱' })
  for (let time = 1; time <= 2; time++)
    await expect(system.forward(ticket, undefined)).rejects.toMatchObject({ code: 'unreachable' })
  expect((await system.forward(ticket, undefined)).differences).toEqual([])
  expect(redmine.issues[0]?.description).toContain('电梯又坏了□')
})

test('A server that breaks once for a reason of its own loses no emoji', async () => {
  once('POST', (_request, response) => send(response, [500]))
  const system = adapter()
  const ticket = aTicket({ text: '电梯又坏了😱' })
  await expect(system.forward(ticket, undefined)).rejects.toMatchObject({ code: 'unreachable' })
  await system.forward(ticket, undefined)
  expect(redmine.issues[0]?.description).toContain('电梯又坏了😱')
})

test('Settings that are wrong are all told at once, and never the key', () => {
  const wrong = { ...seeded, url: 'ftp://x', key: 'secret key', project: '幸福', timeout: 5 }
  expect(() => createRedmine(wrong, fetch)).toThrow(/https:\/\/tickets.*without spaces.*identifier.*100/su)
  expect(() => createRedmine(wrong, fetch)).not.toThrow(/secret/u)
  const withPassword = { ...seeded, url: 'https://a:b@tickets.example.org', key: 'k' }
  expect(() => createRedmine(withPassword, fetch)).toThrow(/without user and password/u)
})
