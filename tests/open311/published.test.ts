import { afterEach, beforeEach, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { maskPersonalData } from '../../intents/personal-data.ts'
import { type City, openCity } from './city.ts'
import type { Row } from './rows.ts'

/** What of the ledger everybody may read, and what nobody outside ever sees. */

let city: City
beforeEach(async () => {
  city = await openCity()
})
afterEach(() => city.close())

const operator = { kind: 'operator' } as const

/** Everything that can be read without a key. */
async function everythingPublic(): Promise<string> {
  const numbers = (await city.stage.all('tickets')).map(({ id }) => id)
  const paths = ['discovery', 'services', 'requests', ...numbers.map((id) => `requests/${id}`)]
  const all = paths.flatMap((path) => [`${path}.json`, `${path}.xml`])
  const replies = await Promise.all([...all, `requests.json?service_request_id=${numbers}`].map(city.get))
  return replies.map(({ text }) => text).join('\n')
}

async function listed(): Promise<readonly Row[]> {
  return JSON.parse((await city.get('requests.json')).text) as Row[]
}

test('a complaint said in a group is listed by what and where, never as it was said', async () => {
  await city.stage.hear(
    '李桂芳',
    '我是11号楼1单元502的李桂芳，电话13800138000，电梯坏了三天了，我妈出不了门',
    {
      mentioned: true,
    },
  )
  const [row] = await listed()
  expect(row).toMatchObject({ description: '11号楼1单元电梯问题', address: '11号楼1单元', status: 'open' })
  const open = await everythingPublic()
  for (const secret of ['李桂芳', '13800138000', '502', '我妈', '出不了门', '三天'])
    expect(open).not.toContain(secret)
})

test('what staff write while they handle it is not told: names stand in it', async () => {
  await city.stage.hear('甲', '3号楼2单元路灯不亮', { mentioned: true })
  const [{ id } = { id: '' }] = await city.stage.all('tickets')
  await execute(city.stage.house, operator, 'c1', { type: 'ticket.acknowledge', ticket: id })
  await execute(city.stage.house, operator, 'c2', {
    type: 'ticket.done',
    ticket: id,
    note: '张师傅换了灯管，户主王建国在场',
  })
  const [row] = await listed()
  // done, but those who reported it have not said so
  expect(row).toMatchObject({ status: 'open', status_notes: expect.stringContaining('说已办好') })
  expect(await everythingPublic()).not.toMatch(/张师傅|王建国|灯管/u)
})

test('what was told in private is not listed, and not found by its number', async () => {
  await city.stage.hear('甲', '3号楼2单元路灯不亮', { group: '' })
  const [ticket] = await city.stage.all('tickets')
  expect(ticket?.group).toBeNull()
  expect(await listed()).toEqual([])
  expect((await city.get(`requests/${ticket?.id}.json`)).status).toBe(404)
})

test.each([
  ['neighbours', '楼上邻居天天漏水到我家，吵架也不修'],
  ['welfare', '低保停了没人管'],
  ['conduct', '窗口工作人员骂人'],
])('a matter of %s is not listed, nor found, nor chosen by its service', async (category, text) => {
  const command = { type: 'ticket.open', category, text, where: '3号楼' }
  const { ticket } = await execute(city.stage.house, { kind: 'system', name: 'x' }, 'c1', command)
  expect(await listed()).toEqual([])
  expect((await city.get(`requests/${ticket}.xml`)).status).toBe(404)
  expect((await city.get(`requests.json?service_code=${category}`)).text).toBe('[]')
  expect((await city.get(`requests.json?service_request_id=${ticket}`)).text).toBe('[]')
})

test('of an emergency the place is not told', async () => {
  await city.stage.hear('甲', '快来人啊，5号楼2单元着火了！')
  const [row] = await listed()
  expect(row).toMatchObject({ address: null, agency_responsible: expect.any(String) })
  expect(row?.['description']).not.toContain('5号楼')
})

test('who reports through an app is kept for staff alone', async () => {
  const contact = { first_name: '桂芳', last_name: '李', phone: '13800138000', email: 'guifang@mail.example' }
  const other = { device_id: 'dev-77', account_id: 'acc-88', media_url: 'https://photos.example/a.jpg' }
  const point = { lat: '34.746611', long: '113.625368' }
  const form = {
    service_code: 'sanitation',
    address_string: '6号楼2单元301室',
    description: '我是李桂芳，垃圾没人收',
  }
  const posted = await city.post('requests.json', { ...form, ...contact, ...other, ...point })
  const [ticket] = await city.stage.all('tickets')
  expect(ticket).toMatchObject({
    reporter: 'system/city-app',
    place: { building: '6', unit: '2', room: '301' },
  })
  expect(ticket?.text).toBe(
    '我是李桂芳，垃圾没人收\n坐标：34.746611，113.625368\n照片链接（没有打开过）：https://photos.example/a.jpg\n' +
      '回访联系：李 桂芳 13800138000 guifang@mail.example\n6号楼2单元301室',
  )
  const open = `${await everythingPublic()}${posted.text}`
  expect(open).toContain('6号楼2单元')
  expect(open).not.toMatch(/桂芳|13800138000|guifang|dev-77|acc-88|photos\.example|34\.7466|301/u)
  // and wherever else it is shown to others, the line with who it was is hidden as a whole
  expect(maskPersonalData(ticket?.text ?? '')).toContain('\n回访联系：[联系方式]\n')
})

test('nobody goes and looks at media_url, wherever it points', async () => {
  const seen: string[] = []
  const real = globalThis.fetch
  const media_url = 'http://127.0.0.1:9/latest/meta-data'
  globalThis.fetch = (input, init) => {
    seen.push(String(input))
    return real(input, init)
  }
  try {
    const form = { service_code: 'noise', address_string: '南门', description: '吵', media_url }
    expect((await city.post('requests.json', form)).status).toBe(200)
    await city.stage.wait(3_600)
  } finally {
    globalThis.fetch = real
  }
  expect(seen.filter((address) => address.includes('meta-data'))).toEqual([])
})

test('words of danger make it an emergency, whoever says them, and the app says whom to call', async () => {
  await city.stage.hire('赵强', 'grid_worker')
  const form = {
    service_code: 'safety',
    description: '5号楼2单元着火了，有人没出来',
    address_string: '5号楼2单元',
  }
  const posted = await city.post('requests.json', form)
  expect(posted.text).toMatch(/119/u)
  const [ticket] = await city.stage.all('tickets')
  expect(ticket).toMatchObject({ urgency: 'emergency', place: { building: '5', unit: '2' } })
  await city.stage.wait(5)
  expect(city.stage.toldTo('赵强').join('\n')).toContain('【紧急】')
})

test('odd letters come through both formats as they were', async () => {
  const description = ']]> & <b>"\'</b> 😀 𠮷 \u0000\u0007\u202eabc 路灯不亮'
  await city.post('requests.xml', { service_code: 'facilities', description, address_string: '<南门> & 😀' })
  const [ticket] = await city.stage.all('tickets')
  expect(ticket?.text).toBe(']]> & <b>"\'</b> 😀 𠮷 abc 路灯不亮\n<南门> & 😀')
  expect(await everythingPublic()).toContain('南门')
})
