import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import type { Stage } from '../bot/stage.ts'
import { openCity } from './city.ts'
import { deliveryTo, openForwardingStage, toCity } from './forwarding-stage.ts'

const operator = { kind: 'operator' } as const
const hour = 3_600

async function report(stage: Stage, building = 3): Promise<void> {
  await stage.hear('石女士', `${building}号楼2单元电梯坏了`)
}

describe('asking how it goes', () => {
  test('rests while they are away, and hears afterwards what happened meanwhile', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    for (let building = 1; building <= 10; building++) await report(stage, building)
    city.mood = 'down'
    const { calls } = city
    await stage.wait(3 * hour)
    expect(city.calls - calls).toBeLessThan(25)
    for (const kept of city.kept.values()) kept.status = '处理中'
    city.mood = 'well'
    await stage.wait(2 * hour)
    expect((await stage.all('tickets')).map(({ state }) => state)).toEqual(Array(10).fill('handling'))
  })

  test('comes before every write, so that what they did meanwhile is not written over', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await report(stage)
    Object.assign(city.kept.get('20261118-001') ?? {}, { status: '已办结', note: '修好了' })
    await execute(stage.house, operator, 'c1', {
      ...{ type: 'ticket.reassign', ticket: '20261118-001', department: '城管', reason: '改派' },
    })
    await stage.wait(5)
    expect((await stage.all('tickets'))[0]).toMatchObject({ state: 'done', note: '修好了' })
    expect(city.kept.get('20261118-001')?.ticket).toMatchObject({ state: 'done', department: '城管' })
    expect(await deliveryTo(stage)).toMatchObject({ state: 'settled', differences: [] })
  })

  test('gives way to what is to be said: a round of many questions keeps no ticket waiting', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    for (let building = 1; building <= 12; building++) await report(stage, building)
    city.trace.length = 0
    city.onQuestion = async () => {
      delete city.onQuestion
      await execute(stage.house, operator, 'c1', {
        ...{ type: 'ticket.reassign', ticket: '20261118-009', department: '城管', reason: '改派' },
      })
    }
    await stage.wait(hour / 6)
    // the first question of the round, then the ticket: asked, sent, read back; then the other questions
    expect(city.trace.slice(0, 4)).toEqual([
      ...['GET /tickets/C1', 'GET /tickets/C9', 'POST /tickets', 'GET /tickets/C9'],
    ])
    expect(new Set(city.trace).size).toBe(13)
  })

  test('costs nothing for tickets that ended, and one that ended before it was there is nobody’s worry', async () => {
    const city = await openCity()
    const stage = await openForwardingStage(toCity(city))
    await stage.hire('管理员老孙', 'admin')
    city.mood = 'down'
    await report(stage)
    await stage.hear('石女士', '@小邻 撤销吧，已经好了')
    city.mood = 'refuses'
    await stage.wait(hour)
    expect(await deliveryTo(stage)).toMatchObject({ state: 'settled', live: false })
    expect(stage.toldTo('管理员老孙').filter((text) => text.includes('转办'))).toEqual([])
    const { calls } = city
    await stage.wait(2 * hour)
    expect(city.calls).toBe(calls)
  })
})

test('a word that nobody mapped is shown as a difference already when it is the first that they say', async () => {
  const city = await openCity()
  const stage = await openForwardingStage(toCity(city))
  await stage.hire('管理员老孙', 'admin')
  city.onQuestion = async () => {
    for (const kept of city.kept.values()) kept.status = '会办中'
  }
  await report(stage)
  expect((await deliveryTo(stage))?.differences).toEqual([
    { field: 'status', ours: 'dispatched', theirs: '会办中' },
  ])
  await stage.wait(2 * hour)
  expect(stage.toldTo('管理员老孙').filter((text) => text.includes('会办中'))).toHaveLength(1)
})
