import { describe, expect, test } from 'vitest'
import { instant, openStage } from './stage.ts'

const broken = '3号楼2单元电梯坏了'
const nowhere = '电梯坏了'

describe('a report becomes a ticket', () => {
  test('with number, place, department and deadline, said in one short reply', async () => {
    const stage = await openStage()
    const [answer] = await stage.hear('石女士', broken)
    expect(answer?.text).toBe('收到，3号楼2单元电梯问题已登记，单号1118-001，交物业，11月23日18:00前办好。')
    expect(stage.events[0]).toMatchObject({ deadline: instant('2026-11-23 18:00'), department: '物业' })
  })

  test('numbers count up through the day and start anew at midnight', async () => {
    const stage = await openStage({ start: '2026-11-18 23:50' })
    await stage.hear('石女士', broken)
    await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的')
    await stage.wait(600)
    await stage.hear('小谢', '7号楼楼下垃圾桶满了三天没人清运')
    expect((await stage.all('tickets')).map(({ id }) => id)).toEqual([
      '20261118-001',
      '20261118-002',
      '20261119-001',
    ])
  })

  test('what was said in private stays there', async () => {
    const stage = await openStage()
    await stage.hear('石女士', broken, { group: '' })
    expect(stage.toldTo('石女士')).toHaveLength(1)
    expect(stage.events[0]).toMatchObject({ type: 'opened', group: null })
  })

  test('a quarrel between households is told of without its matter', async () => {
    const stage = await openStage()
    const [answer] = await stage.hear('石女士', '邻居家空调滴水滴到我家窗台')
    expect(stage.events[0]).toMatchObject({ category: 'neighbours' })
    expect(answer?.text).not.toMatch(/空调|滴水|邻居/u)
  })
})

describe('the place is asked for once', () => {
  test('in the same reply, and the answer amends the ticket', async () => {
    const stage = await openStage()
    const [answer] = await stage.hear('石女士', nowhere)
    expect(answer?.text).toContain('几号楼')
    expect(stage.events[0]).toMatchObject({ type: 'opened', place: null })
    const [noted] = await stage.hear('石女士', '3号楼2单元那边')
    expect(noted?.text).toContain('3号楼2单元')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
  })

  test('another trouble is another ticket, not the place of the first', async () => {
    const stage = await openStage()
    await stage.hear('石女士', '快递柜坏了，扫码没反应')
    await stage.hear('石女士', '菜市场旁边那家店卖的肉缺斤短两')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'opened', 'dispatched'])
    expect((await stage.all('tickets')).map(({ category }) => category)).toEqual(['facilities', 'consumer'])
  })

  test('who asks after another ticket meanwhile has not said where', async () => {
    const stage = await openStage()
    await stage.hear('石女士', nowhere)
    const [said] = await stage.hear('石女士', '上个月报的那个门禁多久能有人来')
    expect(said?.text ?? '').not.toContain('地点记为')
    expect((await stage.all('tickets'))[0]?.place).toBeNull()
  })

  test.each(['3号楼2单元', '3号楼', '在3号楼2单元', '三号楼二单元的'])('%s is an answer', async (place) => {
    const stage = await openStage()
    await stage.hear('石女士', nowhere)
    await stage.hear('石女士', place)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
  })

  test('29 minutes later it still is one, after 31 it is not', async () => {
    for (const [minutes, count] of [
      [29, 1],
      [31, 0],
    ] as const) {
      const stage = await openStage()
      await stage.hear('石女士', nowhere)
      await stage.wait(minutes * 60 - 20)
      await stage.hear('石女士', '3号楼2单元')
      expect(stage.eventTypes.filter((type) => type === 'amended')).toHaveLength(count)
    }
  })

  test('somebody else’s place is no answer', async () => {
    const stage = await openStage()
    await stage.hear('石女士', nowhere)
    await stage.hear('白阿姨', '我去3号楼拿快递')
    expect(stage.eventTypes).not.toContain('amended')
  })

  test('another trouble at another place is a ticket of its own', async () => {
    const stage = await openStage()
    await stage.hear('石女士', nowhere)
    await stage.hear('石女士', '5号楼停水了')
    expect(stage.events.filter(({ type }) => type === 'opened')).toHaveLength(2)
    expect(stage.eventTypes).not.toContain('amended')
  })
})

describe('the same problem is one ticket', () => {
  test('a neighbour becomes a supporter with one short word, the next ones without', async () => {
    const stage = await openStage()
    await stage.hear('石女士', broken)
    expect(await stage.hear('马叔', '3号楼的电梯又坏了')).toHaveLength(1)
    expect(await stage.hear('小谢', '3号楼2单元电梯坏了好几天了')).toHaveLength(0)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'supported', 'supported'])
  })

  test('我家也是 right after it is support, an hour later it is talk', async () => {
    const stage = await openStage()
    await stage.hear('石女士', '5号楼停水了')
    await stage.hear('马叔', '我家也是')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'supported'])
    await stage.wait(3600)
    await stage.hear('小谢', '我家也是')
    expect(stage.eventTypes.filter((type) => type === 'supported')).toHaveLength(1)
  })

  test('the reporter who says it again is not answered, a day later it counts as urging', async () => {
    const stage = await openStage()
    await stage.hear('石女士', broken)
    expect(await stage.hear('石女士', broken)).toEqual([])
    expect(stage.silences).toContain('alreadyOpen')
    await stage.runUntil(instant('2026-11-19 10:00'))
    await stage.hear('石女士', '3号楼2单元电梯还是坏的')
    expect(stage.eventTypes.at(-1)).toBe('urged')
  })

  test('of work that is reported as done the reporter may say so again without harm', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', broken)
    await stage.hear('网格员小赵', '@小邻 办结 1118-001 已维修')
    await stage.runUntil(instant('2026-11-19 10:00'))
    const said = stage.saidTo().length
    await stage.hear('石女士', `@小邻 ${broken}`)
    expect(stage.saidTo()).toHaveLength(said + 1)
    expect(stage.eventTypes).not.toContain('urged')
  })

  test('within 30 days of closing it is a new ticket that recurred', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', broken)
    await stage.hear('网格员小赵', '@小邻 办结 1118-001 已维修')
    await stage.hear('石女士', '满意')
    await stage.runUntil(instant('2026-12-01 10:00'))
    await stage.hear('马叔', broken)
    expect(stage.eventTypes.slice(-3)).toEqual(['opened', 'dispatched', 'recurred'])
    expect(stage.events.at(-1)).toMatchObject({ earlier: '20261118-001' })
  })
})

describe('photos and voice', () => {
  test('a photo right after a report is added to it silently', async () => {
    const stage = await openStage()
    await stage.hear('石女士', broken)
    expect(await stage.hear('石女士', '', { photo: 'lift.jpg' })).toEqual([])
    expect(stage.events.at(-1)).toMatchObject({ type: 'amended', photos: [{ name: 'lift.jpg' }] })
  })

  test('a photo before its words waits for them', async () => {
    const stage = await openStage()
    expect(await stage.hear('石女士', '', { photo: 'lift.jpg' })).toEqual([])
    await stage.hear('石女士', broken)
    expect(stage.events[0]).toMatchObject({ type: 'opened', photos: [{ name: 'lift.jpg' }] })
  })

  test('the photo belongs to the newest of two reports', async () => {
    const stage = await openStage()
    await stage.hear('石女士', nowhere)
    await stage.hear('石女士', '小区南门路灯不亮，黑漆漆的')
    await stage.hear('石女士', '', { photo: 'lamp.jpg' })
    expect(stage.events.at(-1)).toMatchObject({ type: 'amended', ticket: '20261118-002' })
  })

  test('a voice message gets one kind sentence a day for each person', async () => {
    const stage = await openStage()
    expect(await stage.hear('白阿姨', '', { kind: 'voice' })).toHaveLength(1)
    expect(await stage.hear('白阿姨', '', { kind: 'voice' })).toEqual([])
    expect(await stage.hear('马叔', '', { kind: 'voice' })).toHaveLength(1)
    await stage.runUntil(instant('2026-11-19 08:00'))
    expect(await stage.hear('白阿姨', '', { kind: 'voice' })).toHaveLength(1)
  })

  test('stickers and cards get nothing', async () => {
    const stage = await openStage()
    expect(await stage.hear('白阿姨', '', { kind: 'other' })).toEqual([])
    expect(stage.silences).toEqual(['empty'])
  })
})
