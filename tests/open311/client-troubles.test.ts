import { afterEach, describe, expect, test } from 'vitest'
import { instant } from '../bot/stage.ts'
import { type Answered, type Asked, type ForeignCity, openForeignCity } from './foreign-city.ts'
import { failureOf, openClient, ticket } from './forwarded.ts'

/** What may go wrong with a server of others, and what they may say otherwise than we do. */

const cities: ForeignCity[] = []
afterEach(async () => {
  for (const each of cities.splice(0)) await each.close()
})

const json = 'application/json; charset=utf-8'
const request = { service_request_id: '12', status: 'open', service_code: '17' }

async function city(answer: (asked: Asked) => Answered | undefined): Promise<ForeignCity> {
  const opened = await openForeignCity(answer)
  cities.push(opened)
  return opened
}

/** One that works, but for what `strange` answers. */
async function open(strange: (asked: Asked) => Answered | undefined, settings: object = {}) {
  const opened = await city((asked) => strange(asked) ?? usual(asked))
  return { city: opened, ...openClient({ endpoint: `${opened.base}/v2`, format: 'json', ...settings }) }
}

function usual({ method, path }: Asked): Answered {
  if (path.endsWith('/services.json'))
    return { type: json, body: '[{"service_code":"17","metadata":"true","type":"realtime"}]' }
  if (path.endsWith('/services/17.json')) return { type: json, body: '{"service_code":"17","attributes":[]}' }
  if (path.endsWith('/requests.json') && method === 'GET') return { type: json, body: '[]' }
  return { type: json, body: JSON.stringify([request]) }
}

const onPost = (answer: Answered) => (asked: Asked) => (asked.method === 'POST' ? answer : undefined)

describe('an answer that is none', () => {
  test.each<[string, Answered, string]>([
    ['500', { status: 500, body: 'oops' }, 'unreachable'],
    ['503', { status: 503, headers: { 'retry-after': '7' } }, 'unreachable'],
    ['429', { status: 429, headers: { 'retry-after': '7' } }, 'busy'],
    ['401', { status: 401 }, 'authority'],
    ['502 with the page of a proxy in GBK', { status: 502, body: Uint8Array.of(0xb4, 0xed) }, 'unreachable'],
    [
      '403 with a reason',
      { status: 403, type: json, body: '[{"code":403,"description":"Invalid api_key"}]' },
      'authority',
    ],
    [
      '400',
      { status: 400, type: json, body: '{"errors":[{"code":400,"description":"no such street"}]}' },
      'refused',
    ],
    [
      'a page of HTML',
      { type: 'text/html', body: '<!DOCTYPE html><html><body>hello</body></html>' },
      'nonsense',
    ],
    ['nothing at all', {}, 'nonsense'],
    ['a word', { type: json, body: '"ok"' }, 'nonsense'],
    ['neither id nor token', { type: json, body: '[{"service_notice":"thanks"}]' }, 'nonsense'],
    ['what is not UTF-8', { type: json, body: Uint8Array.of(0x5b, 0xb5, 0xe7, 0x5d) }, 'nonsense'],
    ['a lost connection', { lost: true }, 'unreachable'],
    ['more than anybody reads', { type: json, body: `["${'x'.repeat(9 << 20)}"]` }, 'nonsense'],
  ])('%s is told as what it is', async (_, answer, code) => {
    const { system } = await open(onPost(answer))
    expect((await failureOf(system.forward(ticket, undefined))).code).toBe(code)
  })

  test('their words, and how long to wait, come along', async () => {
    const refused = await open(
      onPost({ status: 400, type: json, body: '[{"code":400,"description":"no such street"}]' }),
    )
    expect((await failureOf(refused.system.forward(ticket, undefined))).message).toMatch(
      /answers 400: no such street$/u,
    )
    const busy = await open(onPost({ status: 429, headers: { 'retry-after': '7' } }))
    expect((await failureOf(busy.system.forward(ticket, undefined))).retryAfter).toBe(7_000)
    const date = 'Fri, 20 Nov 2026 10:00:00 GMT'
    const until = { 'retry-after': 'Fri, 20 Nov 2026 10:02:00 GMT', date }
    const dated = await open(onPost({ status: 503, headers: until }))
    expect((await failureOf(dated.system.forward(ticket, undefined))).retryAfter).toBe(120_000)
  })

  test('an answer that does not come in time is given up', async () => {
    const { system } = await open(() => ({ after: 5_000 }), { timeout: 100 })
    expect((await failureOf(system.fetch({ id: '12' }))).code).toBe('unreachable')
  })

  test('nobody listens there', async () => {
    const gone = await city(usual)
    await gone.close()
    const { system } = openClient({ endpoint: `${gone.base}/v2` })
    expect((await failureOf(system.fetch({ id: '12' }))).code).toBe('unreachable')
  })

  test('an XML answer with a document type is refused, whatever it would say', async () => {
    const body =
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><service_requests><request>&e;</request></service_requests>'
    const { system } = await open(() => ({ type: 'text/xml', body }), { format: 'xml' })
    expect(await failureOf(system.fetch({ id: '12' }))).toMatchObject({
      code: 'nonsense',
      message: expect.stringContaining('DOCTYPE'),
    })
  })
})

describe('a redirect', () => {
  test('on the same host is followed', async () => {
    const { system } = await open(({ path }) =>
      path === '/v2/requests/12.json'
        ? { status: 301, headers: { location: '/v3/requests/12.json' } }
        : undefined,
    )
    expect(await system.fetch({ id: '12' })).toMatchObject({ state: 'open' })
  })

  test.each([301, 302, 307, 308])(
    'to another host is not followed with %i: the key stays here',
    async (status) => {
      const other = await city(usual)
      const { system } = await open(({ method, path }) =>
        method === 'POST' || path.includes('requests/')
          ? { status, headers: { location: `${other.base.replace('127.0.0.1', 'localhost')}${path}` } }
          : undefined,
      )
      expect((await failureOf(system.forward(ticket, undefined))).message).toContain('nobody configured')
      expect((await failureOf(system.fetch({ id: '12' }))).code).toBe('nonsense')
      expect(other.asked).toEqual([])
    },
  )

  test('in circles ends', async () => {
    const { system } = await open(({ path }) => ({ status: 302, headers: { location: path } }))
    expect((await failureOf(system.fetch({ id: '12' }))).message).toContain('circles')
  })

  test('that would turn a report into a question is not followed', async () => {
    const { system, city: theirs } = await open(
      onPost({ status: 302, headers: { location: '/v2/elsewhere.json' } }),
    )
    expect((await failureOf(system.forward(ticket, undefined))).code).toBe('nonsense')
    expect(theirs.asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })
})

describe('before anything is sent', () => {
  async function refusal(
    strange: (asked: Asked) => Answered | undefined,
    settings: object = {},
    change: object = {},
  ) {
    const { system, city: theirs } = await open(strange, settings)
    const error = await failureOf(system.forward({ ...ticket, ...change }, undefined))
    expect(theirs.asked.filter(({ method }) => method === 'POST')).toEqual([])
    return `${error.code}: ${error.message}`
  }
  const none = () => undefined

  test('a category that no service stands for is refused', async () => {
    expect(await refusal(none, {}, { category: 'pets' })).toContain(
      'refused: 20261118-001 is not forwarded to city: no service stands for pets',
    )
  })

  test('a service that they do not have, and one that never answers, are refused', async () => {
    expect(await refusal(none, { services: { facilities: '99' } })).toContain('choose one of 17')
    const blackbox = { type: json, body: '[{"service_code":"17","type":"blackbox"}]' }
    expect(await refusal(({ path }) => (path.endsWith('services.json') ? blackbox : undefined))).toContain(
      'blackbox',
    )
  })

  test('a ticket without any place is refused', async () => {
    expect(await refusal(none, { address: '' }, { place: '' })).toContain('set address')
  })

  test('a ticket that has ended is not handed over any more', async () => {
    expect(await refusal(none, {}, { state: 'withdrawn' })).toContain('nothing to hand over')
  })

  test('an attribute that they want and nobody has set is refused, by its name', async () => {
    const wants = { code: 'floor', variable: 'true', required: 'true', description: 'Which floor?' }
    const definition = { type: json, body: JSON.stringify({ service_code: '17', attributes: [wants] }) }
    const asks = ({ path }: Asked) => (path.includes('services/') ? definition : undefined)
    expect(await refusal(asks)).toContain('floor (Which floor?)')
    const { system, city: theirs } = await open(asks, { attributes: { floor: '1' } })
    await system.forward(ticket, undefined)
    expect(theirs.asked.find(({ method }) => method === 'POST')?.form.get('attribute[floor]')).toBe('1')
  })
})

describe('what they say otherwise', () => {
  async function differences(row: object, change: object = {}) {
    const { system } = await open(({ path }) =>
      path.endsWith('/requests/12.json')
        ? { type: json, body: JSON.stringify([{ ...request, ...row }]) }
        : undefined,
    )
    return (await system.forward({ ...ticket, ...change }, { id: '12' })).differences
  }

  test('is shown field by field', async () => {
    const late = '2026-11-30T18:00:00+08:00'
    const theirs = { service_code: '18', description: 'Aufzug', address: '12号楼', expected_datetime: late }
    expect(await differences(theirs)).toEqual([
      { field: 'service_code', ours: '17', theirs: '18' },
      { field: 'description', ours: expect.stringContaining('[LinLi 20261118-001]'), theirs: 'Aufzug' },
      { field: 'address', ours: '幸福街道槐荫社区 11号楼1单元', theirs: '12号楼' },
      { field: 'expected_datetime', ours: '2026-11-23T18:00:00.000+08:00', theirs: late },
    ])
  })

  test('is nothing where they say nothing, or the same in other words', async () => {
    expect(await differences({})).toEqual([])
    const theirs = {
      address: '槐荫社区 11号楼 1单元',
      expected_datetime: '2026-11-20T00:00:00Z',
      status: 'In Progress',
    }
    expect(await differences(theirs)).toEqual([])
  })

  test('is that it is still open there when it has ended here: the standard knows no change', async () => {
    expect(await differences({}, { state: 'closed' })).toEqual([
      { field: 'status', ours: 'closed', theirs: 'open' },
    ])
  })
})

describe('their words for a state', () => {
  test.each([
    ['closed', 'done'],
    ['IN_PROGRESS', 'handling'],
    ['fixed - council', 'done'],
    ['Not responsible', 'declined'],
    ['已转办', 'handling'],
    ['quarantined', 'unknown'],
    ['', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s means %s', async (status, state) => {
    const { system } = await open(
      () => ({
        type: json,
        body: JSON.stringify([
          { ...request, status, status_notes: '', updated_datetime: '2026-11-18T10:00:00' },
        ]),
      }),
      { states: { 已转办: 'handling' } },
    )
    // a time without an offset is nobody's, an empty note none
    expect(await system.fetch({ id: '12' })).toEqual({ state, said: status })
  })
})

test('what is gone over there is undefined, and another request is never taken for ours', async () => {
  const gone = await open(() => ({ status: 404, type: json, body: '[{"code":404,"description":"gone"}]' }))
  expect(await gone.system.fetch({ id: '12' })).toBeUndefined()
  const careless = await open(() => ({
    type: json,
    body: JSON.stringify([{ ...request, service_request_id: 13 }]),
  }))
  expect(await careless.system.fetch({ id: '12' })).toBeUndefined()
})

test('an id that is longer than a number can be stays what it is', async () => {
  const id = '9007199254740993123'
  const { system } = await open(() => ({
    type: json,
    body: `[{"service_request_id":${id},"status":"open","x":"a 9007199254740993123"}]`,
  }))
  expect(await system.fetch({ id })).toMatchObject({ state: 'open' })
})

test('what lies months back is looked for in spans of less than ninety days', async () => {
  const opened = await city(usual)
  const now = () => instant('2027-06-01 10:00')
  const { system } = openClient({ endpoint: `${opened.base}/v2`, format: 'json' }, { now })
  await system.forward(ticket, undefined)
  const spans = opened.asked
    .filter(({ method, path }) => method === 'GET' && path.endsWith('/requests.json'))
    .map(({ query }) => Date.parse(query.get('end_date') ?? '') - Date.parse(query.get('start_date') ?? ''))
  // twice: before the create, and after it
  expect(spans).toHaveLength(6)
  for (const span of spans) expect(span).toBeLessThan(90 * 86_400_000)
})
