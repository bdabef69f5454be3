import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type City, openCity, type Reply } from './city.ts'
import { expectError, lift, type Row, requestFields, rowsOf, w3c } from './rows.ts'

/** GeoReport v2 against our server over real HTTP, in both formats: reporting something. */

let city: City
beforeAll(async () => {
  city = await openCity({ open311: { jurisdiction: 'huaiyin.example', contact: '值班室' } })
})
afterAll(() => city?.close())

describe.each(['json', 'xml'] as const)('in %s', (format) => {
  const requests = (reply: Reply) => rowsOf(format, reply, 'service_requests', 'request')
  const post = (form: Readonly<Record<string, string>>) => city.post(`requests.${format}`, form)
  const only = (reply: Reply) => requests(reply)[0] as Row

  test('a report gets its number at once, and can be read by it', async () => {
    const posted = only(await post({ ...lift, description: `${lift.description} ${format}` }))
    expect(Object.keys(posted)).toEqual(['service_request_id', 'service_notice', 'account_id'])
    expect(posted['service_request_id']).toMatch(/^\d{8}-\d{3}$/u)
    expect(posted['service_notice']).toContain('物业')
    expect(posted['account_id']).toBeNull()

    const reply = await city.get(`requests/${posted['service_request_id']}.${format}`)
    expect(reply.status).toBe(200)
    const row = only(reply)
    expect(Object.keys(row)).toEqual(requestFields)
    expect(row).toMatchObject({
      service_request_id: posted['service_request_id'],
      status: 'open',
      service_name: '公共设施',
      service_code: 'facilities',
      description: '11号楼1单元电梯问题',
      agency_responsible: '物业',
      address: '11号楼1单元',
    })
    for (const field of ['requested_datetime', 'updated_datetime', 'expected_datetime'])
      expect(row[field]).toMatch(w3c)
    for (const field of ['service_notice', 'address_id', 'zipcode', 'lat', 'long', 'media_url'])
      expect(row[field]).toBeNull()
  })

  test.each([
    ['a point', { lat: '34.7466', long: '113.6253' }],
    ['an address', { address_string: '中山路88号' }],
    ['the id of an address', { address_id: 'HY-11-1' }],
  ])('%s alone says where it is', async (_, place) => {
    const form = { service_code: 'noise', description: `半夜施工 ${format} ${JSON.stringify(place)}` }
    expect((await post({ ...form, ...place })).status).toBe(200)
  })

  test('without a place the report is refused', async () => {
    expectError(format, await post({ service_code: 'noise', description: '半夜施工' }), 400, 'address_string')
  })

  test('a service that is named twice is not guessed at', async () => {
    const body = new URLSearchParams({ api_key: city.key, address_string: '南门', service_code: 'noise' })
    body.append('service_code', 'facilities')
    const { status, headers, ...reply } = await fetch(`${city.base}/requests.${format}`, {
      ...{ method: 'POST', body },
    }).then(async (response) => ({
      ...{ status: response.status, headers: response.headers, text: await response.text() },
    }))
    const type = headers.get('content-type') ?? ''
    expectError(format, { ...reply, status, headers, type }, 400, 'expected service_code once')
  })

  test('half a point is none', async () => {
    expectError(format, await post({ service_code: 'noise', lat: '34.7' }), 400, 'lat and long together')
    expectError(
      format,
      await post({ service_code: 'noise', lat: '91', long: '10' }),
      400,
      'lat and long together',
    )
    expectError(
      format,
      await post({ service_code: 'noise', lat: 'NaN', long: '0x10' }),
      400,
      'lat and long together',
    )
  })

  test('an empty parameter equals an absent one', async () => {
    const form = { ...lift, description: `空参数 ${format}` }
    const empty = { lat: '', long: '', email: '', media_url: '', jurisdiction_id: '', 'attribute[unit]': '' }
    expect((await post({ ...form, ...empty })).status).toBe(200)
    expectError(
      format,
      await post({ service_code: '', address_string: '南门' }),
      400,
      'service_code is missing',
    )
    const all = '?service_request_id=&service_code=&status=&start_date=&end_date=&page=&jurisdiction_id='
    expect((await city.get(`requests.${format}${all}`)).text).toBe(
      (await city.get(`requests.${format}`)).text,
    )
  })

  test('the key is asked for, and has to be one for Open311', async () => {
    const other = await city.addKey(`alarms-${format}`, 'alarms')
    expectError(format, await post({ ...lift, api_key: '' }), 403, 'api_key is missing')
    expectError(format, await post({ ...lift, api_key: 'linli_wrong' }), 403, 'not known')
    expectError(format, await post({ ...lift, api_key: other }), 403, 'open311')
  })

  test('a wrong key is told before anything else is looked at', async () => {
    expectError(format, await post({ api_key: 'linli_wrong', service_code: 'potholes' }), 403)
  })

  test('an unknown service, and another jurisdiction, are not found', async () => {
    expectError(format, await post({ ...lift, service_code: 'potholes' }), 404, 'potholes')
    expectError(
      format,
      await post({ ...lift, jurisdiction_id: 'elsewhere.example' }),
      404,
      'elsewhere.example',
    )
    expectError(format, await city.get(`services.${format}?jurisdiction_id=elsewhere.example`), 404)
    expect((await city.get(`services.${format}?jurisdiction_id=huaiyin.example`)).status).toBe(200)
  })

  test('everything that is wrong with a report is told at once, and nothing is opened', async () => {
    const before = (await city.stage.all('tickets')).length
    const wrong = {
      description: '字'.repeat(4_001),
      media_url: 'file:///etc/passwd',
      'attribute[colour]': 'red',
    }
    const reply = await post({ service_code: 'noise', ...wrong })
    expectError(format, reply, 400, '4000', 'media_url', 'colour', 'address_string')
    expect(rowsOf(format, reply, 'errors', 'error')).toHaveLength(4)
    expect((await city.stage.all('tickets')).length).toBe(before)
  })

  test('a description of 4,000 characters is taken, whatever bytes they have', async () => {
    const description = `${'😀'.repeat(3_990)}电梯坏了 ${format}`
    expect((await post({ ...lift, description })).status).toBe(200)
  })

  test('the form for several values is read, too', async () => {
    const form = {
      service_code: 'sanitation',
      description: `垃圾没人收 ${format}`,
      address_string: '槐荫小区',
    }
    const posted = only(await post({ ...form, 'attribute[building][]': '6', 'attribute[unit]': '2' }))
    const row = only(await city.get(`requests/${posted['service_request_id']}.${format}`))
    expect(row['address']).toBe('6号楼2单元')
  })

  test('a private matter is answered with a token, and the token with a number', async () => {
    const form = {
      service_code: 'conduct',
      description: `窗口的人骂人 ${format}`,
      address_string: '政务大厅',
    }
    const posted = only(await post(form))
    expect(Object.keys(posted)).toEqual(['token', 'service_notice', 'account_id'])
    const row = only(await city.get(`tokens/${posted['token']}.${format}`))
    expect(Object.keys(row)).toEqual(['service_request_id', 'token'])
    expect(row['token']).toBe(posted['token'])
    expectError(format, await city.get(`requests/${row['service_request_id']}.${format}`), 404)
  })

  test.each(['20261118001-x', 'x', '20261118001-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'the token %s leads nowhere',
    async (token) => {
      expectError(format, await city.get(`tokens/${token}.${format}`), 404)
    },
  )
})
