import { describe, expect, test } from 'vitest'
import {
  chief,
  happened,
  leader,
  openDesk,
  openWithLamp,
  order,
  resident,
  ticketNow,
  until,
  worker,
} from './desk-stage.ts'

describe('派单: category, place and grid decide who answers for a ticket', () => {
  test('without a rule the grid worker of the place has it', async () => {
    const stage = await openWithLamp()
    expect((await ticketNow(stage)).assigned).toBe(`p-${worker}`)
  })

  test('a rule names the department and the person, for its place only', async () => {
    const routing = {
      rules: [{ words: ['路灯'], place: '槐荫社区', department: '城管', responsible: '林城' }],
      departments: [],
      fallback: { department: '社区', role: 'grid_leader' as const },
      smallMatters: { categories: [], workingHours: 4 },
    }
    const stage = await openWithLamp({ lore: { routing } })
    expect(await ticketNow(stage)).toMatchObject({ department: '城管', assigned: 'p-林城' })
    await stage.hear('别处居民', '柳林路口的路灯不亮', { group: '柳林群' })
    expect((await ticketNow(stage, '20261118-002')).department).toBe('物业')
  })

  test('where there is no grid worker the fallback owner has it', async () => {
    const stage = await openDesk()
    for (const name of [worker, '别处的人']) await stage.change('people', `p-${name}`, { role: 'resident' })
    await stage.hear(resident, '小区南门路灯不亮，黑漆漆的')
    expect((await ticketNow(stage)).assigned).toBe(`p-${leader}`)
  })
})

describe('小事不出栋: what is small is offered to the neighbours first', () => {
  const rubbish = '3号楼楼下垃圾堆了好几天没人清'

  test('a building leader takes it and does it', async () => {
    const stage = await openDesk()
    await stage.hire('钱楼长', 'building_leader', { places: ['huaiyin'] })
    await stage.hear(resident, rubbish)
    expect(stage.toldTo('钱楼长').at(-1)).toMatch(/方便先去看看吗.*接单 1118-001/u)
    await order(stage, '钱楼长', '接单 1118-001')
    expect(await order(stage, '钱楼长', '办结 1118-001 叫人清走了')).toContain('已办结')
    expect((await ticketNow(stage)).responsible).toBe('p-钱楼长')
  })

  test('when nobody moves for four working hours the grid worker is told', async () => {
    const stage = await openDesk()
    await stage.hire('钱楼长', 'building_leader', { places: ['huaiyin'] })
    await stage.hear(resident, rubbish)
    await until(stage, '2026-11-18 12:50')
    expect(stage.toldTo(worker).join()).not.toContain('没人接')
    await until(stage, '2026-11-18 13:10')
    expect(stage.toldTo(worker).at(-1)).toContain('楼栋里没人接')
  })

  test('a volunteer can take nothing else, and nothing of somebody else', async () => {
    const stage = await openWithLamp()
    await stage.hire('钱楼长', 'building_leader', { places: ['huaiyin'] })
    await order(stage, '钱楼长', '接单 1118-001')
    await order(stage, '钱楼长', '转城管 1118-001')
    expect(happened(stage, 'acknowledged', 'reassigned')).toEqual([])
  })
})

describe('转派和退单: a ticket moves on with a reason', () => {
  test.each(['转城管', '转城管 1118-001', '1118-001 转城管局', '改派 1118-001 城管', '转给城管 1118-001'])(
    '“%s” hands it to the department, whose people are told',
    async (text) => {
      const stage = await openWithLamp()
      expect(await order(stage, worker, text)).toMatch(/转给城管 林城/u)
      expect(await ticketNow(stage)).toMatchObject({
        department: '城管',
        assigned: 'p-林城',
        state: 'dispatched',
      })
      expect(stage.toldTo('林城').at(-1)).toMatch(/【派单】单号1118-001.*接单 1118-001/u)
    },
  )

  test('to a department that only this roster knows', async () => {
    const stage = await openWithLamp()
    await stage.hire('文小旅', 'department', { department: '文旅' })
    expect(await order(stage, worker, '转文旅')).toContain('转给文旅 文小旅')
  })

  test('to a colleague by name', async () => {
    const stage = await openWithLamp()
    await order(stage, leader, '转孙丽 1118-001')
    expect((await ticketNow(stage)).assigned).toBe(`p-${leader}`)
  })

  test('to nobody that is known: the departments are named, and nothing moves', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '转火星 1118-001')).toMatch(/没认出.*城管/u)
    expect(happened(stage, 'reassigned')).toEqual([])
  })

  test('to a department of which nobody is on the roster: done, and whoever did it is told to phone', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '转环卫 1118-001')).toMatch(/转给环卫了。名册里没有环卫的人，请打电话/u)
    expect(await ticketNow(stage)).toMatchObject({ department: '环卫' })
  })

  describe('a complaint about staff', () => {
    const rude = '社区窗口的工作人员态度恶劣，冲老人吼，要投诉他'

    test.each([worker, '别处的人', '林组长'])('is not handed to %s', async (name) => {
      const stage = await openDesk()
      await stage.hire('林组长', 'grid_leader', { places: ['huaiyin'] })
      await stage.hear('石女士', `${rude}，就是那个林组长`, { mentioned: true })
      expect(await ticketNow(stage)).toMatchObject({ category: 'conduct' })
      expect(await order(stage, chief, `转${name} 1118-001`)).toContain('只能转给网格长以上')
      expect(happened(stage, 'reassigned')).toEqual([])
    })

    test('about how an earlier ticket was handled is not handed to whoever had that', async () => {
      const stage = await openWithLamp()
      await order(stage, leader, '接单 1118-001')
      await stage.hear('石女士', `办1118-001的${rude}`)
      expect((await ticketNow(stage, '20261118-002')).category).toBe('conduct')
      expect(await order(stage, chief, '转孙丽 1118-002')).toContain('只能转给网格长以上')
    })

    test('goes to a leader of whom nobody complains', async () => {
      const stage = await openDesk()
      await stage.hire('林组长', 'grid_leader', { places: ['huaiyin'] })
      await stage.hear('石女士', rude, { mentioned: true })
      expect(await order(stage, chief, '转林组长 1118-001')).toContain('林组长')
      expect((await ticketNow(stage)).assigned).toBe('p-林组长')
    })
  })

  test('退单 goes back to the fallback owner with its reason', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '转城管 1118-001')
    expect(stage.toldTo('林城').at(-1)).toContain('转给您：请您接着办。')
    expect(await order(stage, '林城', '退单 1118-001')).toContain('请写退回的原因')
    await order(stage, '林城', '退单 1118-001 灯是物业装的')
    expect(await ticketNow(stage)).toMatchObject({ department: '社区', assigned: `p-${leader}` })
    expect(stage.toldTo(leader).at(-1)).toMatch(/【退单】.*灯是物业装的/u)
  })

  test('first receiver owns: the second 接单 does not take it away', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '接单 1118-001')
    await order(stage, leader, '接单 1118-001')
    expect((await ticketNow(stage)).responsible).toBe(`p-${worker}`)
  })
})

describe('吹哨报到: several departments at one ticket', () => {
  test('each reports for duty with one word, arrivals are recorded, the lead department concludes', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '吹哨 城管 消防 1118-001')).toMatch(/叫了城管 消防，30分钟内报到/u)
    expect(stage.toldTo('林城').at(-1)).toMatch(/【吹哨】单号1118-001.*请城管30分钟内报到/u)
    expect(await order(stage, '林城', '报到')).toContain('城管已报到')
    expect(stage.toldTo(worker).at(-1)).toContain('城管到了，还差消防')
    expect(await order(stage, '肖防', '报到 1118-001')).toContain('消防已报到')
    expect(stage.toldTo(worker).at(-1)).toContain('都到齐了')
    const { whistle } = await ticketNow(stage)
    expect(whistle?.departments.map(({ department, reportedBy }) => [department, reportedBy])).toEqual([
      ['城管', 'p-林城'],
      ['消防', 'p-肖防'],
    ])
    expect(await order(stage, '肖防', '办结 1118-001 看过了')).toContain('归物业办')
    expect(await order(stage, '吴业', '办结 1118-001 三家一起修好了')).toContain('已办结')
  })

  test('who has not come in time is reported to an admin and to whoever whistled', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '吹哨 城管 消防 1118-001')
    await order(stage, '林城', '报到')
    await stage.wait(31 * 60)
    expect(stage.toldTo(chief).at(-1)).toMatch(/【未报到】.*消防到时间还没报到/u)
    expect(stage.toldTo(worker).at(-1)).toContain('消防到时间还没报到')
    expect(happened(stage, 'escalated')).toHaveLength(1)
  })

  test('whose department has nobody on the roster is said at once', async () => {
    const stage = await openWithLamp()
    expect(await order(stage, worker, '吹哨 城管 应急 1118-001')).toMatch(/没有应急的人，请打电话/u)
  })

  test.each([
    ['林城', '报到 1118-001', '没有吹哨'],
    [worker, '吹哨 1118-001', '请写叫哪些部门'],
    [worker, '吹哨 天兵 1118-001', '没认出'],
  ])('%s: “%s” changes nothing and is told %s', async (name, text, hint) => {
    const stage = await openWithLamp()
    expect(await order(stage, name, text)).toContain(hint)
    expect(happened(stage, 'whistled', 'reported_for_duty')).toEqual([])
  })

  test('somebody whose department the roster does not say names it, unless only one is missing', async () => {
    const stage = await openWithLamp()
    await stage.hire('新来的', 'department')
    await order(stage, worker, '吹哨 城管 消防 1118-001')
    expect(await order(stage, '新来的', '报到')).toContain('城管报到 1118-001')
    expect(await order(stage, '新来的', '消防报到')).toContain('消防已报到')
    expect(await order(stage, '新来的', '报到')).toContain('城管已报到')
  })

  test('a department that was not called need not report', async () => {
    const stage = await openWithLamp()
    await order(stage, worker, '吹哨 城管 1118-001')
    expect(await order(stage, '肖防', '报到 1118-001')).toContain('没有叫您的部门')
  })
})
