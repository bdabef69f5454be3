import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { forwardingSchema, rulesOf } from '../../adapters/ticketing/settings.ts'
import { openSystems } from '../../adapters/ticketing/systems.ts'
import { signatureOf } from '../../bot/forwarding/signature.ts'
import { realLore } from '../bot/stage.ts'
import { openHttpStage } from '../http/http-stage.ts'
import { citySecret, openCity } from './city.ts'
import { deliveryTo, toCity } from './forwarding-stage.ts'

/** Status webhooks in, over real HTTP. The city is never polled here: what moves, moves by what it posts. */

const ticket = '20261118-001'
const start = Date.parse('2026-11-18T09:00:00+08:00')

async function openHooks() {
  const city = await openCity()
  const yaml = toCity(city)
  const { readUrl, ...pushed } = yaml.systems.city
  const settings = forwardingSchema.parse({ ...yaml, systems: { city: pushed } })
  const { texts } = await realLore()
  const clock = { now: () => start }
  const otherSystems = await openSystems(settings, {
    secrets: { LINLI_SECRET_CITY: citySecret },
    ...{ texts, now: () => clock.now(), sleep: async () => undefined, guarded: false },
  })
  const door = await openHttpStage({ forwarding: { forwarding: rulesOf(settings), otherSystems } })
  const { stage } = door
  clock.now = () => stage.clock.now
  await stage.hire('管理员老孙', 'admin')
  await stage.hear('石女士', '3号楼2单元电梯坏了')
  const post = (body: object, sign: Signing = {}) => {
    const text = JSON.stringify(body)
    const id = sign.id ?? randomUUID()
    const timestamp = String(Math.floor((sign.now ?? stage.clock.now) / 1000))
    const signature = signatureOf(sign.secret ?? citySecret, { timestamp, id }, sign.signedBody ?? text)
    const headers = { 'X-LinLi-Id': id, 'X-LinLi-Timestamp': timestamp, 'X-LinLi-Signature': signature }
    return door.ask(`/hooks/v1/${sign.system ?? 'city'}/status`, {
      ...{ method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...headers } },
    })
  }
  const stateNow = async () => (await stage.all('tickets'))[0]?.state
  return { ...door, city, post, stateNow }
}

interface Signing {
  readonly id?: string
  readonly now?: number
  readonly secret?: string
  readonly signedBody?: string
  readonly system?: string
}

function at(time: string): string {
  return `2026-11-18T${time}+08:00`
}

describe('what a system posts', () => {
  test('moves our ticket step by step, and the residents are asked at the end', async () => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    const handling = await post({ id: ticket, status: '处理中', at: at('09:29:00') })
    expect(handling).toMatchObject({ status: 200, json: { ticket, moved: true, said: '处理中' } })
    expect(await stateNow()).toBe('handling')
    await stage.runUntil(Date.parse(at('10:30:00')))
    const done = await post({
      id: ticket,
      remoteId: 'C1',
      status: '已办结',
      note: '门机已换',
      at: at('10:29:00'),
    })
    expect(done.json).toMatchObject({ moved: true })
    expect(await stateNow()).toBe('done')
    await stage.wait(60)
    expect(stage.saidTo().at(-1)).toContain('门机已换')
    expect(stage.events.filter(({ by }) => by === 'system/city').map(({ type }) => type)).toEqual([
      ...['acknowledged', 'handling', 'done'],
    ])
  })

  test('declining gives the ticket back with the reason, tells an admin, and closes nothing', async () => {
    const { stage, post, stateNow, city } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    const messages = city.messages.length
    await post({ id: ticket, status: '已退回', note: '不属于本单位职责', at: at('09:29:00') })
    await stage.wait(60)
    expect(await stateNow()).toBe('dispatched')
    expect(stage.events.at(-1)).toMatchObject({
      type: 'returned',
      reason: '不属于本单位职责',
      by: 'system/city',
    })
    expect(stage.toldTo('管理员老孙').join()).toContain('“city”退回单号1118-001')
    // whoever sent it back is not sent it again by that
    expect(city.messages).toHaveLength(messages)
  })

  test('a word that nobody mapped moves nothing and is shown as a difference, told once', async () => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    const answer = await post({ id: ticket, status: '会办中', at: at('09:29:00') })
    expect(answer.json).toMatchObject({ moved: false, said: '会办中' })
    expect(await stateNow()).toBe('dispatched')
    expect((await deliveryTo(stage))?.differences).toEqual([
      { field: 'status', ours: 'dispatched', theirs: '会办中' },
    ])
    await stage.wait(7_200)
    expect(stage.toldTo('管理员老孙').filter((text) => text.includes('会办中'))).toHaveLength(1)
  })

  test('another word that nobody mapped is news again', async () => {
    const { stage, post } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    await post({ id: ticket, status: '会办中', at: at('09:29:00') })
    await stage.wait(7_200)
    await post({ id: ticket, status: '研究中', at: at('11:29:00') })
    await stage.wait(7_200)
    expect(stage.toldTo('管理员老孙').filter((text) => text.includes('研究中'))).toHaveLength(1)
  })

  test('what is older than what is known changes nothing', async () => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    await post({ id: ticket, status: '已办结', at: at('09:20:00') })
    await stage.hear('石女士', '@小邻 不满意，还是坏的')
    expect(await stateNow()).toBe('dispatched')
    // the first try of their queue comes late
    const late = await post({ id: ticket, status: '处理中', at: at('09:10:00') })
    expect(late.json).toMatchObject({ moved: false, why: 'older than what is known' })
    // and so does what was true before it was opened again
    const before = await post({ id: ticket, status: '已办结', note: '修好', at: at('09:25:00') })
    expect(before.json).toMatchObject({ moved: false })
    expect(await stateNow()).toBe('dispatched')
  })

  test('a clock over there that is two minutes slow is reckoned with', async () => {
    const { stage, post, stateNow } = await openHooks()
    const slow = 120_000
    await stage.runUntil(start + 60_000)
    const theirNow = stage.clock.now - slow
    const answer = await post(
      { id: ticket, status: '处理中', at: new Date(theirNow).toISOString() },
      { now: theirNow },
    )
    expect(answer.json).toMatchObject({ moved: true })
    expect(await stateNow()).toBe('handling')
  })

  test('our own words that come back move nothing', async () => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    const { version } = (await stage.all('tickets'))[0] ?? {}
    const answer = await post({ id: ticket, status: '已派单', at: at('09:29:00') })
    expect(answer).toMatchObject({ status: 200, json: { moved: false } })
    expect(await stateNow()).toBe('dispatched')
    expect((await stage.all('tickets'))[0]?.version).toBe(version)
  })
})

describe('nothing changes by', () => {
  const done = { id: ticket, status: '已办结', at: at('09:05:00') }
  const rejected: readonly (readonly [string, object, Signing, number])[] = [
    ['a forged signature', done, { secret: 'guessed' }, 401],
    ['a body that was changed on its way', done, { signedBody: '{"id":"20261118-001"}' }, 401],
    ['an old timestamp', done, { now: start - 6 * 60_000 }, 401],
    ['a timestamp from the future', done, { now: start + 7 * 60_000 }, 401],
    ['an unknown system', done, { system: 'town' }, 401],
    ['a number that we never gave', { ...done, id: '20261118-999' }, {}, 404],
    ['a number that is none', { ...done, id: '1118-001' }, {}, 400],
    ['somebody else’s id', { ...done, remoteId: 'C77' }, {}, 409],
    ['a field too many', { ...done, close: true }, {}, 400],
    ['a day without a time', { ...done, at: '2026-11-18' }, {}, 400],
  ]
  test.each(rejected)('%s', async (_, body, signing, status) => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(start + 60_000)
    const answer = await post(body, signing)
    expect(answer.status).toBe(status)
    expect(answer.json.error.message).toBeTruthy()
    expect(await stateNow()).toBe('dispatched')
  })

  test('a body that is nested too deep, in words', async () => {
    const { post, stateNow } = await openHooks()
    const note = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as unknown
    const refused = await post({ ...done, note })
    expect(refused).toMatchObject({ status: 400 })
    expect(refused.json.error.message).toMatch(/nested at most 32 deep/u)
    expect(await stateNow()).toBe('dispatched')
  })

  test('a time that lies hours ahead: what is true later would be old', async () => {
    const { post, stateNow } = await openHooks()
    const refused = await post({ ...done, at: at('17:05:00') })
    expect(refused).toMatchObject({ status: 422, json: { error: { code: 'incomplete' } } })
    expect(await stateNow()).toBe('dispatched')
  })

  test('a replay, also after a restart', async () => {
    const { stage, post, stateNow } = await openHooks()
    await stage.runUntil(Date.parse(at('09:30:00')))
    const body = { id: ticket, status: '处理中', at: at('09:29:00') }
    expect((await post(body, { id: 'once' })).status).toBe(200)
    const again = await post({ ...body, status: '已办结' }, { id: 'once' })
    expect(again).toMatchObject({ status: 409, json: { error: { code: 'replayed' } } })
    expect(await stateNow()).toBe('handling')
    // in the store, not in the memory of the process
    expect(await stage.store.get('audit', 'hook/city/once')).toBeDefined()
  })

  test('guessing signatures: after a few the address has to wait', async () => {
    const { post } = await openHooks()
    const statuses: number[] = []
    for (let guess = 0; guess < 15; guess++) statuses.push((await post(done, { secret: `g${guess}` })).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses.slice(10)).toContain(429)
  })

  test('a body without JSON, and one that is too large', async () => {
    const { ask } = await openHooks()
    const headers = { 'Content-Type': 'application/json' }
    const path = '/hooks/v1/city/status'
    expect((await ask(path, { method: 'POST', body: 'x'.repeat(70_000), headers })).status).toBe(413)
    expect((await ask(path, { method: 'POST', body: 'status=done' })).status).toBe(415)
  })
})
