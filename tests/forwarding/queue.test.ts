import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { awaken } from '../../bot/forwarding/awaken.ts'
import type { SystemState } from '../../bot/forwarding/delivery.ts'
import type { Store } from '../../bot/ports/store.ts'
import { schema } from '../../bot/schema.ts'
import type { Stage } from '../bot/stage.ts'
import { openCity } from './city.ts'
import { deliveryTo, openForwardingStage, toCity } from './forwarding-stage.ts'

const operator = { kind: 'operator' } as const
const hour = 3_600

async function report(stage: Stage, building = 3): Promise<void> {
  await stage.hear('石女士', `${building}号楼2单元电梯坏了`)
}

async function stateOf(stage: Stage): Promise<SystemState | undefined> {
  return stage.store.get<SystemState>('systemStates', 'city')
}

describe('what should be there stands in the transaction of the event', () => {
  test('so a ticket that could not be written leaves no delivery, and one that was is never without', async () => {
    const city = await openCity()
    const memory = openMemoryStore(schema)
    let full = false
    const store: Store = {
      ...memory,
      commit: async (changes) => {
        if (full) throw new Error('the disk is full')
        await memory.commit(changes)
      },
    }
    const stage = await openForwardingStage(toCity(city), { store })
    await stage.say('石女士', '3号楼2单元电梯坏了')
    full = true
    await expect(stage.wait(20)).rejects.toThrow('the disk is full')
    expect(await stage.all('deliveries')).toEqual([])
    expect(city.calls).toBe(0)
    full = false
    await stage.wait(20)
    expect(await stage.all('deliveries')).toHaveLength(1)
    expect(city.kept.size).toBe(1)
  })

  test('what happens while it waits is brought over in one message', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.mood = 'down'
    await report(stage)
    await execute(stage.house, operator, 'c1', { type: 'ticket.acknowledge', ticket: '20261118-001' })
    await execute(stage.house, operator, 'c2', {
      ...{ type: 'ticket.done', ticket: '20261118-001', note: '已修好', photos: [] },
    })
    city.mood = 'well'
    await stage.wait(hour)
    expect(city.messages).toHaveLength(1)
    expect(city.kept.get('20261118-001')?.ticket).toMatchObject({ state: 'done', note: '已修好' })
  })

  test('a ticket that no rule names stays here, and so does everything without rules', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hear('石女士', '小区垃圾堆了三天没人清')
    expect((await stage.all('tickets'))[0]?.category).toBe('sanitation')
    expect(await stage.all('deliveries')).toEqual([])
    expect(city.calls).toBe(0)
  })
})

describe('a crash', () => {
  test('between their write and ours doubles nothing: the same id goes out again, and they know our number', async () => {
    const city = await openCity()
    const memory = openMemoryStore(schema)
    let broken = false
    const store: Store = {
      ...memory,
      commit: async (changes) => {
        const isResult = changes.some(
          (change) => change.collection === 'deliveries' && 'put' in change && 'remoteId' in change.put,
        )
        if (broken && isResult) throw new Error('killed')
        await memory.commit(changes)
      },
    }
    const stage = await openForwardingStage(toCity(city), { store })
    broken = true
    await expect(report(stage)).rejects.toThrow('killed')
    expect(city.kept.size).toBe(1)
    expect(await deliveryTo(stage)).toMatchObject({ state: 'waiting', done: 0 })
    broken = false
    await stage.wait(60)
    expect(city.kept.size).toBe(1)
    expect(city.messages).toEqual(['city/20261118-001:2', 'city/20261118-001:2'])
    expect(await deliveryTo(stage)).toMatchObject({ state: 'settled', remoteId: 'C1' })
    expect(stage.eventTypes.filter((type) => type === 'forwarded')).toHaveLength(1)
  })

  test('what had moved over there until it was found again moves our ticket', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.mood = 'loses answers'
    await report(stage)
    const kept = city.kept.get('20261118-001')
    Object.assign(kept ?? {}, { status: '处理中' })
    city.mood = 'well'
    await stage.wait(60)
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'handling' })
    expect(city.kept.size).toBe(1)
  })
})

describe('a system that is away', () => {
  test('for hours is asked less and less often, and has everything afterwards, each once', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hire('管理员老孙', 'admin')
    city.mood = 'down'
    for (let building = 1; building <= 20; building++) await report(stage, building)
    await stage.wait(6 * hour)
    // 5 s, 10 s, … up to an hour for the whole system: not once for each of twenty tickets
    expect(city.calls).toBeLessThan(40)
    expect(await stateOf(stage)).toMatchObject({ trouble: { code: 'unreachable' } })
    const told = stage.toldTo('管理员老孙').filter((text) => text.includes('连不上'))
    expect(told).toEqual([expect.stringContaining('“city”从11月18日09:00起连不上')])

    city.mood = 'well'
    await stage.wait(2 * hour)
    expect(city.kept.size).toBe(20)
    expect(new Set(city.messages).size).toBe(20)
    expect((await stage.all('deliveries')).every(({ state }) => state === 'settled')).toBe(true)
    expect(await stateOf(stage)).toMatchObject({ failures: 0, restsUntil: 0 })
    expect(await stateOf(stage)).not.toHaveProperty('trouble')
  })

  test('that asks to wait is left alone for as long as it said', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.mood = 'busy'
    await report(stage)
    city.mood = 'well'
    const { calls } = city
    await stage.wait(80)
    expect(city.calls).toBe(calls)
    await stage.wait(60)
    expect(city.kept.size).toBe(1)
  })

  test('only for one ticket, at which it breaks, gets all others meanwhile', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.poison = '4号楼'
    for (let building = 3; building <= 9; building++) await report(stage, building)
    await stage.wait(3 * hour)
    expect(city.kept.size).toBe(6)
    expect(await deliveryTo(stage, 'city/20261118-002')).toMatchObject({ state: 'waiting' })
    delete city.poison
    await stage.wait(2 * hour)
    expect(city.kept.size).toBe(7)
  })
})

test('a fault in an adapter is told with its ticket, and what waits behind it goes on', async () => {
  const city = await openCity()
  const stage = await openForwardingStage(toCity(city))
  const tickets = stage.house.otherSystems?.[0]?.tickets
  if (!tickets) throw new Error('no system')
  const { forward } = tickets
  Object.assign(tickets, {
    forward: async (...[ticket, remote]: Parameters<typeof forward>) => {
      if (ticket.text.startsWith('4号楼')) throw new TypeError('a bug in the adapter')
      return forward(ticket, remote)
    },
  })
  for (let building = 3; building <= 6; building++) await report(stage, building)
  await stage.wait(hour)
  expect(city.kept.size).toBe(3)
  expect(await deliveryTo(stage, 'city/20261118-002')).toMatchObject({
    ...{ state: 'failed', error: 'a bug in the adapter', attempts: 5 },
  })
})

describe('what only people can mend', () => {
  test('a wrong key: nothing is lost, admins hear of it once an hour, and a restart tries again', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hire('管理员老孙', 'admin')
    city.mood = 'wrong key'
    for (let building = 1; building <= 5; building++) await report(stage, building)
    await stage.wait(10 * 60)
    expect(stage.toldTo('管理员老孙')).toHaveLength(1)
    expect(stage.toldTo('管理员老孙')[0]).toContain('“city”不认我们的密钥')
    await stage.wait(hour)
    expect(stage.toldTo('管理员老孙')).toHaveLength(2)
    expect(city.calls).toBeLessThan(10)

    city.mood = 'well'
    await awaken(stage.house)
    await stage.wait(60)
    expect(city.kept.size).toBe(5)
  })

  test('a refusal: the ticket waits for an admin, who hears of all of them at once, and sends them again', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hire('管理员老孙', 'admin')
    city.mood = 'refuses'
    for (let building = 1; building <= 3; building++) await report(stage, building)
    await stage.wait(2 * hour)
    const told = stage.toldTo('管理员老孙')
    expect(told).toHaveLength(2)
    expect(told.join()).toContain('1118-003')
    expect(told[0]).toContain('单号1118-001：对方不收这张单子')
    expect(told[0]).not.toContain('no such department')
    const { calls } = city
    await stage.wait(hour)
    expect(city.calls).toBe(calls)

    city.mood = 'well'
    const rows = await query(stage.house, operator, { type: 'deliveries', which: 'open' })
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).toContain('no such department')
    const result = await execute(stage.house, operator, 'again', { type: 'forward.retry' })
    expect(result).toEqual({ deliveries: 3 })
    await stage.wait(5)
    expect(city.kept.size).toBe(3)
    expect(await query(stage.house, operator, { type: 'deliveries', which: 'open' })).toEqual([])
  })

  test.each([
    ['talks nonsense', 'was expected to answer with JSON'],
    ['redirects elsewhere', 'redirects to localhost:1'],
  ] as const)('a server that %s is tried five times and then shown', async (mood, said) => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    city.mood = mood
    await report(stage)
    await stage.wait(hour)
    expect(await deliveryTo(stage)).toMatchObject({ state: 'failed', error: expect.stringContaining(said) })
    expect(city.calls).toBe(5)
  })
})
