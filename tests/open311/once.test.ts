import { afterEach, beforeEach, expect, test } from 'vitest'
import { type City, openCity } from './city.ts'
import { lift, type Row } from './rows.ts'

/** The same report opens one ticket, however often it comes. */

let city: City
beforeEach(async () => {
  city = await openCity()
})
afterEach(() => city.close())

async function numberOf(
  form: Readonly<Record<string, string>>,
  headers?: Record<string, string>,
): Promise<string> {
  const reply = await city.post('requests.json', form, headers)
  const [row] = JSON.parse(reply.text) as Row[]
  return String(row?.['service_request_id'] ?? `${reply.status} ${row?.['description']}`)
}

const tickets = async () => (await city.stage.all('tickets')).length

test('a retry within ten minutes is the same report; half an hour later it is another', async () => {
  const first = await numberOf(lift)
  await city.stage.wait(9 * 60)
  expect(await numberOf(lift)).toBe(first)
  await city.stage.wait(30 * 60)
  expect(await numberOf(lift)).not.toBe(first)
  expect(await tickets()).toBe(2)
})

test('the window has no seam: two tries on both sides of any minute are one', async () => {
  for (let minute = 0; minute < 12; minute++) {
    const form = { ...lift, description: `第${minute}分钟电梯坏了` }
    const first = await numberOf(form)
    await city.stage.wait(60)
    expect(await numberOf(form)).toBe(first)
  }
  expect(await tickets()).toBe(12)
})

test('the same words from another device, or about another place, are another report', async () => {
  const first = await numberOf({ ...lift, device_id: 'a' })
  expect(await numberOf({ ...lift, device_id: 'b' })).not.toBe(first)
  expect(await numberOf({ ...lift, address_string: '12号楼' })).not.toBe(first)
  expect(await tickets()).toBe(3)
})

test('from one device the same words are one report, although the point wavers', async () => {
  const form = { service_code: 'facilities', description: '电梯坏了', device_id: 'a' }
  const first = await numberOf({ ...form, lat: '34.74661', long: '113.62536' })
  expect(await numberOf({ ...form, lat: '34.74663', long: '113.62539' })).toBe(first)
})

test('tries that come at the same moment open one ticket', async () => {
  const numbers = await Promise.all(Array.from({ length: 12 }, () => numberOf(lift)))
  expect(new Set(numbers).size).toBe(1)
  expect(await tickets()).toBe(1)
})

test('with a key of their own it is the same report for ever', async () => {
  const headers = { 'Idempotency-Key': 'r-1' }
  const first = await numberOf(lift, headers)
  await city.stage.wait(86_400)
  expect(await numberOf(lift, headers)).toBe(first)
  expect(await numberOf(lift, { 'Idempotency-Key': 'r-2' })).not.toBe(first)
  expect(await tickets()).toBe(2)
})

test('a key that comes again with another report is refused, and opens nothing', async () => {
  const headers = { 'Idempotency-Key': 'r-1' }
  await numberOf(lift, headers)
  expect(await numberOf({ ...lift, description: '别的事' }, headers)).toContain(
    '400 this Idempotency-Key came before',
  )
  expect(await tickets()).toBe(1)
})

test('two systems may use the same Idempotency-Key', async () => {
  const headers = { 'Idempotency-Key': 'r-1' }
  const api_key = await city.addKey('other-app', 'open311')
  expect(await numberOf(lift, headers)).not.toBe(await numberOf({ ...lift, api_key }, headers))
})

test('a private matter that comes again gets the same token', async () => {
  const form = { service_code: 'welfare', description: '低保停了', address_string: '3号楼' }
  const token = async () => (JSON.parse((await city.post('requests.json', form)).text) as Row[])[0]?.['token']
  const first = await token()
  expect(first).toMatch(/^20261118001-[\w-]{43}$/u)
  expect(await token()).toBe(first)
})
