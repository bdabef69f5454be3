import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childNamed } from '../../adapters/xml/element.ts'
import { readXml } from '../../adapters/xml/read-xml.ts'
import { categories } from '../../intents/understanding.ts'
import { type City, openCity } from './city.ts'
import { expectError, lift, type Row, rowOf, rowsOf } from './rows.ts'

/** GeoReport v2 against our server over real HTTP, in both formats: what it says of itself, and how it refuses. */

let city: City
beforeAll(async () => {
  city = await openCity({ open311: { jurisdiction: 'huaiyin.example', contact: '值班室' } })
})
afterAll(() => city?.close())

describe.each(['json', 'xml'] as const)('in %s', (format) => {
  test('discovery names the endpoint, both formats, a contact and where a key is given', async () => {
    const reply = await city.get(`discovery.${format}`)
    expect(reply.status).toBe(200)
    if (format === 'json') {
      const { endpoints, ...rest } = JSON.parse(reply.text) as { endpoints: Row[] } & Row
      expect(Object.keys(rest)).toEqual(['changeset', 'contact', 'key_service'])
      expect(rest['contact']).toBe('值班室')
      expect(endpoints).toEqual([
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: city.base,
          changeset: rest['changeset'],
          type: 'production',
          formats: ['text/xml', 'application/json'],
        },
      ])
      return
    }
    const root = readXml(reply.text)
    expect(root.name).toBe('discovery')
    expect(root.children.map(({ name }) => name)).toEqual([
      'changeset',
      'contact',
      'key_service',
      'endpoints',
    ])
    const endpoint = childNamed(root, 'endpoints')?.children[0]
    expect(endpoint?.name).toBe('endpoint')
    expect(endpoint && childNamed(endpoint, 'formats')?.children).toEqual([
      { name: 'format', text: 'text/xml', children: [] },
      { name: 'format', text: 'application/json', children: [] },
    ])
  })

  test('services are our categories, each field of the standard filled', async () => {
    const reply = await city.get(`services.${format}`)
    const rows = rowsOf(format, reply, 'services', 'service')
    expect(rows.map((row) => row['service_code'])).toEqual(categories)
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        ...['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'],
      ])
      expect(String(row['metadata'])).toBe('true')
      expect(Object.values(row)).not.toContain(null)
    }
    const types = Object.fromEntries(rows.map((row) => [row['service_code'], row['type']]))
    expect(types['facilities']).toBe('realtime')
    expect([types['neighbours'], types['welfare'], types['conduct']]).toEqual(['batch', 'batch', 'batch'])
  })

  test('a service definition asks for building, unit and spot, none of them required', async () => {
    const reply = await city.get(`services/facilities.${format}`)
    expect(reply.status).toBe(200)
    if (format === 'json') {
      const { service_code, attributes } = JSON.parse(reply.text) as {
        service_code: string
        attributes: Row[]
      }
      expect(service_code).toBe('facilities')
      expect(attributes.map(({ code, order }) => [code, order])).toEqual([
        ...[
          ['building', 1],
          ['unit', 2],
          ['spot', 3],
        ],
      ])
      expect(attributes[0]).toMatchObject({ variable: true, datatype: 'string', required: false, values: [] })
      return
    }
    const root = readXml(reply.text)
    expect(root.name).toBe('service_definition')
    expect(childNamed(root, 'service_code')?.text).toBe('facilities')
    const [first] = childNamed(root, 'attributes')?.children ?? []
    expect(first?.name).toBe('attribute')
    expect(first && rowOf(first)).toMatchObject({
      variable: 'true',
      code: 'building',
      required: 'false',
      order: '1',
    })
    expect(first?.children.at(-1)?.name).toBe('values')
  })

  test('an unknown service is not found', async () => {
    expectError(format, await city.get(`services/potholes.${format}`), 404, 'potholes')
  })

  test('an unknown number is not found, and an address without an ending is refused', async () => {
    expectError(format, await city.get(`requests/20201118-001.${format}`), 404, '20201118-001')
    expectError(format, await city.get(`requests/..%2F..%2Fetc.${format}`), 404)
    expectError(format, await city.get(`nothing.${format}`), 404)
  })

  test('what is asked in another way than the standard knows is refused in its format', async () => {
    const put = await fetch(`${city.base}/requests.${format}`, { method: 'PUT' })
    expect(put.status).toBe(400)
    const multipart = new FormData()
    multipart.set('service_code', 'noise')
    const sent = await fetch(`${city.base}/requests.${format}`, { method: 'POST', body: multipart })
    expect(sent.status).toBe(400)
    expect(await sent.text()).toContain('application/x-www-form-urlencoded')
  })
})

test('what came in GBK, or is cut off inside a character, is refused', async () => {
  const send = async (body: string | Uint8Array<ArrayBuffer>) => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const reply = await fetch(`${city.base}/requests.json`, { method: 'POST', headers, body })
    return [reply.status, await reply.text()] as const
  }
  for (const wrong of [
    'description=%B5%E7%CC%DD',
    'description=%E7%94',
    'description=%zz',
    Uint8Array.of(0xb5, 0xe7),
  ]) {
    const [status, text] = await send(wrong)
    expect(status).toBe(400)
    expect(text).toContain('UTF-8')
  }
})

test('a form beyond all measure is refused before it is read', async () => {
  const reply = await city.post('requests.xml', { ...lift, description: 'x'.repeat(200_000) })
  expect(reply.status).toBe(400)
  expect(reply.text).toContain('<errors><error><code>400</code>')
})

test('without an ending the error comes in XML, which every client reads', async () => {
  const reply = await city.get('requests/20261118-001')
  expect(reply.status).toBe(400)
  expect(reply.type).toBe('text/xml; charset=utf-8')
})

test('switched off, nothing of it answers', async () => {
  const closed = await openCity({ open311: { closed: true } })
  try {
    expect((await closed.get('services.json')).status).toBe(404)
    expect((await closed.get('discovery.xml')).status).toBe(404)
    expect((await closed.post('requests.json', lift)).status).toBe(404)
  } finally {
    await closed.close()
  }
})

test('too many wrong keys have to wait', async () => {
  const strict = await openCity({ limits: { wrongKeys: { perSecond: 0.1, burst: 3 } } })
  try {
    const guess = async () => (await strict.post('requests.json', { ...lift, api_key: 'linli_guess' })).status
    expect([await guess(), await guess(), await guess(), await guess()]).toEqual([403, 403, 403, 429])
  } finally {
    await strict.close()
  }
})
