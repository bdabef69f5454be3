import { describe, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

async function openWithTwo(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hear('石女士', '3号楼2单元单元门坏了关不上')
  await stage.hear('马叔', '5号楼1单元楼道里贴满了小广告')
  expect(stage.eventTypes.filter((type) => type === 'opened')).toHaveLength(2)
  return stage
}

describe('orders of staff that come in one breath', () => {
  test('are obeyed one after the other', async () => {
    const stage = await openWithTwo()
    await stage.say('网格员小赵', '接单 1118-001', { group: '' })
    await stage.say('网格员小赵', '接单 1118-002', { group: '' })
    await stage.wait(20)
    const taken = stage.events.filter((event) => event.type === 'acknowledged').map((event) => event.ticket)
    expect(taken).toEqual(['20261118-001', '20261118-002'])
    expect(stage.toldTo('网格员小赵').slice(-2)).toEqual([
      expect.stringContaining('1118-001'),
      expect.stringContaining('1118-002'),
    ])
  })

  test('see what the one before has changed', async () => {
    const stage = await openWithTwo()
    await stage.say('网格员小赵', '接单 1118-002', { group: '' })
    await stage.say('网格员小赵', '办结 1118-002 清理干净了', { group: '' })
    await stage.say('网格员小赵', '接单 1118-002', { group: '' })
    await stage.wait(20)
    const of = stage.events.filter((event) => event.ticket === '20261118-002').map((event) => event.type)
    expect(of.slice(2)).toEqual(['acknowledged', 'handling', 'done'])
  })

  test('a forgotten note may follow at once, and no order becomes part of it', async () => {
    const stage = await openWithTwo()
    await stage.say('网格员小赵', '#办结 1118-002')
    await stage.say('网格员小赵', '#办结 1118-002 清理干净了')
    await stage.wait(20)
    const done = stage.events.find((event) => event.type === 'done')
    expect(done).toMatchObject({ note: '清理干净了' })
  })

  test('what follows an order and is none belongs to it', async () => {
    const stage = await openWithTwo()
    await stage.say('网格员小赵', '办结 1118-002 清理干净了', { group: '' })
    await stage.say('网格员小赵', '也劝导了商户', { group: '' })
    await stage.wait(20)
    const done = stage.events.find((event) => event.type === 'done')
    expect(done).toMatchObject({ note: expect.stringContaining('也劝导了商户') })
  })
})
