import { afterEach, describe, expect, test } from 'vitest'
import { type Answered, type Asked, type ForeignCity, openForeignCity } from './foreign-city.ts'
import { failureOf, openClient, ticket } from './forwarded.ts'

/** The shapes in which FixMyStreet and uReport answer: written from their documentation and sources, none copied. */

let city: ForeignCity | undefined
afterEach(() => city?.close())

const json = 'application/json; charset=utf-8'
const xml = 'text/xml; charset=utf-8'

async function open(answer: (asked: Asked) => Answered | undefined, settings: object = {}) {
  city = await openForeignCity(answer)
  return { city, ...openClient({ endpoint: `${city.base}/open311/v2`, ...settings }) }
}

/** The calls that were made, as people would tell them. */
function calls(of: ForeignCity): readonly string[] {
  return of.asked.map(({ method, path }) => `${method} ${path.replace('/open311/v2/', '')}`)
}

const theirRequest = {
  service_request_id: 4711,
  status: 'open',
  service_name: 'Aufzug',
  service_code: 17,
  requested_datetime: '2026-11-18T10:00:01+08:00',
  updated_datetime: '2026-11-18T10:00:02+08:00',
}

describe('a server of uReport', () => {
  const description = '[LinLi 20261118-001] 11号楼1单元电梯问题\n电梯坏了，老人上不去 <急>&😀'
  const row = {
    ...theirRequest,
    description,
    agency_responsible: '',
    address: '11号楼1单元',
    lat: null,
    zipcode: '',
  }

  function answer({ method, path, form }: Asked): Answered {
    const ending = path.replace('/open311/v2/', '')
    if (ending === 'services.json')
      return {
        type: json,
        body: JSON.stringify([
          { service_code: 17, service_name: 'Aufzug', metadata: true, type: 'realtime' },
        ]),
      }
    if (ending === 'services/17.json') {
      const field = {
        variable: true,
        code: 'external_id',
        order: 1,
        datatype: 'string',
        required: false,
        values: [],
      }
      return { type: json, body: JSON.stringify({ service_code: '17', attributes: [field] }) }
    }
    if (ending === 'requests/4711.json') return { type: json, body: JSON.stringify([row]) }
    if (ending !== 'requests.json')
      return { status: 404, type: json, body: '[{"description":"unknownTicket"}]' }
    if (method === 'GET') return { type: json, body: '[]' }
    if (form.get('api_key') !== 'their-key')
      return { status: 400, type: json, body: '[{"code":"400","description":"clients/unknownClient"}]' }
    return { type: json, body: JSON.stringify([{ ...row, description: null }]) }
  }

  test('gets the number in the description and in the attribute that is meant for it', async () => {
    const opened = await open(answer, { format: 'json' })
    const forwarding = await opened.system.forward(ticket, undefined)
    expect(forwarding).toEqual({
      remote: { id: '4711', url: `${opened.city.base}/open311/v2/requests/4711.xml` },
      status: { state: 'open', said: 'open', updatedAt: Date.parse('2026-11-18T10:00:02+08:00') },
      differences: [],
    })
    expect(calls(opened.city)).toEqual([
      ...['GET requests.json', 'GET services.json', 'GET services/17.json', 'POST requests.json'],
      ...['GET requests.json', 'GET requests/4711.json'],
    ])
    const posted = opened.city.asked[3]
    expect(Object.fromEntries(posted?.form ?? [])).toEqual({
      api_key: 'their-key',
      service_code: '17',
      description,
      address_string: '幸福街道槐荫社区 11号楼1单元',
      'attribute[external_id]': '20261118-001',
    })
    expect(posted?.headers['content-type']).toBe('application/x-www-form-urlencoded; charset=utf-8')
  })

  test('its 400 for an unknown key is understood as that', async () => {
    const { system } = await open(answer, { format: 'json', apiKey: '' })
    expect((await failureOf(system.forward(ticket, undefined))).code).toBe('authority')
  })

  test('what it has already is found page by page, and not sent again', async () => {
    const other = (id: number) => ({
      ...row,
      service_request_id: id,
      description: `[LinLi 20261118-${id}] x`,
    })
    const opened = await open(
      (asked) => {
        if (!asked.path.endsWith('/requests.json')) return answer(asked)
        const [page, size] = [Number(asked.query.get('page')), Number(asked.query.get('page_size'))]
        const rows = page === 3 ? [row] : Array.from({ length: size }, (_, at) => other(page * 10_000 + at))
        return { type: json, body: JSON.stringify(rows) }
      },
      { format: 'json' },
    )
    expect((await opened.system.forward(ticket, undefined)).remote.id).toBe('4711')
    expect(calls(opened.city)).toEqual([
      ...['GET requests.json', 'GET requests.json', 'GET requests.json', 'GET requests/4711.json'],
    ])
    const asked = opened.city.asked[0]?.query
    expect(asked?.get('service_code')).toBe('17')
    expect(asked?.get('start_date')).toBe('2026-11-18T00:00:00Z')
    expect(asked?.get('end_date')).toBe('2026-11-18T03:00:00Z')
  })

  test('a server that does not know pages is not asked for ever', async () => {
    const opened = await open(
      (asked) => {
        if (asked.method === 'POST' || !asked.path.endsWith('/requests.json')) return answer(asked)
        const rows = Array.from({ length: 700 }, (_, at) => ({
          ...row,
          service_request_id: at,
          description: 'x',
        }))
        return { type: json, body: JSON.stringify(rows) }
      },
      { format: 'json' },
    )
    await opened.system.forward(ticket, undefined)
    expect(calls(opened.city).filter((call) => call === 'GET requests.json')).toHaveLength(4)
  })

  test('a create that was only slow and came through as well is shown to staff', async () => {
    let posted = false
    const opened = await open(
      (asked) => {
        if (asked.method === 'POST') posted = true
        if (asked.method === 'POST' || !asked.path.endsWith('/requests.json')) return answer(asked)
        const both = [{ ...row, service_request_id: 4700 }, row]
        return { type: json, body: JSON.stringify(posted ? both : []) }
      },
      { format: 'json' },
    )
    const { remote, differences } = await opened.system.forward(ticket, undefined)
    expect(remote.id).toBe('4711')
    expect(differences).toEqual([{ field: 'requests', ours: '4711', theirs: '4711, 4700' }])
  })
})

describe('a server of FixMyStreet', () => {
  const wrapped = {
    service_requests: [
      {
        ...theirRequest,
        status: 'investigating',
        description: 'Title: [LinLi 20261118-001] 11号楼1单元电梯问题 电梯坏了，老人上不去 <急>&😀',
        agency_responsible: { recipient: ['Stadt', 'Bezirk'] },
        detail: 'x',
        interface_used: 'Web interface',
        comment_count: 0,
      },
    ],
  }
  const service = {
    service_code: '17',
    service_name: 'Aufzug',
    description: 'Aufzug',
    metadata: 'false',
    type: 'realtime',
  }

  test('wraps its lists and makes an object of the agency, and is understood', async () => {
    const { system, city } = await open(
      ({ path }) => {
        if (path.endsWith('services.json'))
          return { type: json, body: JSON.stringify({ services: [service] }) }
        return { type: json, body: JSON.stringify(wrapped) }
      },
      { format: 'json' },
    )
    const { remote, status, differences } = await system.forward(ticket, undefined)
    expect([remote.id, status.state, status.said, differences]).toEqual([
      '4711',
      'handling',
      'investigating',
      [],
    ])
    expect(calls(city)).toEqual(['GET requests.json', 'GET requests/4711.json'])
  })

  test('of an older make puts every value into a list of its own, and is understood', async () => {
    const each = Object.fromEntries(
      Object.entries(wrapped.service_requests[0] ?? {}).map(([name, value]) => [name, [value]]),
    )
    const body = JSON.stringify({ requests: [{ request: [each] }] })
    const { system } = await open(() => ({ type: json, body }), { format: 'json' })
    expect(await system.fetch({ id: '4711' })).toMatchObject({ state: 'handling' })
  })

  test('takes a report in XML by a token, which is asked for until it is known', async () => {
    const rows = (inside: string) =>
      `\n<service_requests>\n <request>${inside}</request>\n</service_requests>\n`
    const token = (id: string) => rows(`<service_request_id>${id}</service_request_id><token>t/1</token>`)
    const polls: Answered[] = [
      { status: 404, body: '<errors><error><code>404</code></error></errors>' },
      { body: token('') },
      { body: token('') },
      { body: token('4711') },
    ]
    const answers: Readonly<Record<string, () => Answered | undefined>> = {
      'GET discovery.xml': () => ({ status: 404, type: 'text/html', body: '<h1>Not found</h1>' }),
      'GET services.xml': () => ({
        body: '<services><service><service_code>17</service_code><metadata>false</metadata><type>batch</type></service></services>',
      }),
      'GET requests.xml': () => ({ body: '<service_requests/>' }),
      'POST requests.xml': () => ({ body: token('') }),
      'GET tokens/t%2F1.xml': () => polls.shift(),
      'GET requests/4711.xml': () => ({
        body: rows(
          '<service_request_id>4711</service_request_id><status>closed</status><service_code>17</service_code>' +
            '<status_notes>Done &amp; dusted</status_notes>' +
            '<agency_responsible><recipient>Stadt</recipient></agency_responsible>',
        ),
      }),
    }
    const opened = await open(({ method, path }) => {
      const answer = answers[`${method} ${path.replace('/open311/v2/', '')}`]?.()
      return answer && { type: xml, ...answer }
    })
    const { remote, status, differences } = await opened.system.forward(ticket, undefined)
    expect(remote.id).toBe('4711')
    expect(opened.slept).toEqual([2_000, 2_000, 2_000, 2_000])
    expect(status).toEqual({ state: 'done', said: 'closed', note: 'Done & dusted' })
    expect(differences).toEqual([{ field: 'status', ours: 'open', theirs: 'closed' }])
  })
})

test('a token that is not exchanged in five tries is kept, and exchanged later', async () => {
  let known = false
  const { system, slept } = await open(
    ({ method, path }) => {
      if (path.includes('/services'))
        return { type: json, body: '[{"service_code":"17","metadata":false,"type":"batch"}]' }
      if (path.endsWith('/tokens/abc.json'))
        return { type: json, body: JSON.stringify([{ token: 'abc', service_request_id: known ? 12 : null }]) }
      if (path.endsWith('/requests/12.json'))
        return { type: json, body: '[{"service_request_id":12,"status":"closed"}]' }
      return { type: json, body: method === 'POST' ? '[{"token":"abc"}]' : '[]' }
    },
    { format: 'json' },
  )
  const { remote, status } = await system.forward(ticket, undefined)
  expect([remote, status, slept]).toEqual([
    { id: 'token:abc' },
    { state: 'open', said: 'token' },
    Array(5).fill(2_000),
  ])
  expect(await system.fetch(remote)).toEqual({ state: 'open', said: 'token' })
  known = true
  expect(await system.fetch(remote)).toEqual({ state: 'done', said: 'closed' })
  expect((await system.forward(ticket, remote)).remote.id).toBe('12')
})
