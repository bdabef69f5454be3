import { describe, expect, test } from 'vitest'
import { lamp, openAsked, resident, ticketNow, worker } from './follow-up-stage.ts'
import { openStage } from './stage.ts'

describe('people speak of their own ticket in their own words', () => {
  test('in private what was followed up there is opened again', async () => {
    const stage = await openAsked({}, '')
    await stage.hear(resident, '还是吵，不满意', { group: '' })
    expect((await ticketNow(stage)).state).toBe('dispatched')
    expect(stage.toldTo(resident).at(-1)).toContain('对不住')
  })

  test.each(['怎么样了', '我那个事怎么样了？', '现在咋样了'])('“%s” in private is progress', async (text) => {
    const stage = await openStage()
    await stage.hear(resident, lamp, { group: '' })
    const [answer] = await stage.hear(resident, text, { group: '' })
    expect(answer?.text).toContain('单号1118-001（')
  })

  test.each([
    ['不用了 我儿子自己换了灯泡', 'withdrawn'],
    ['灯还是没人修', 'urged'],
  ])('“%s” in the group by the reporter: %s', async (text, happened) => {
    const stage = await openStage()
    await stage.hear(resident, lamp)
    await stage.hear('马叔', text)
    expect(stage.eventTypes).not.toContain(happened)
    await stage.hear(resident, text)
    expect(stage.eventTypes.at(-1)).toBe(happened)
  })

  test('“我的灯呢” in the group is progress, for whoever reported it', async () => {
    const stage = await openStage()
    await stage.hear(resident, lamp)
    expect(await stage.hear('马叔', '我的灯呢')).toEqual([])
    expect((await stage.hear(resident, '我的灯呢'))[0]?.text).toContain('单号1118-001（')
    expect(await stage.hear(resident, '我的快递呢')).toEqual([])
  })

  test.each(['说错了，是5栋', '1118-001 地点错了 应该是5号楼', '说错了，不是3栋，是5栋'])(
    '“%s” corrects the place and says so',
    async (text) => {
      const stage = await openStage()
      await stage.hear(resident, lamp)
      await stage.hear('马叔', text)
      expect(stage.eventTypes).not.toContain('amended')
      const [answer] = await stage.hear(resident, text)
      expect(answer?.text).toMatch(/地点记为5号楼.*单号1118-001/u)
      expect((await ticketNow(stage)).place).toMatchObject({ building: '5' })
    },
  )

  test.each(['灯的那个不用了', '那个灯的不用修了'])(
    '“%s” as answer to the question for the place withdraws',
    async (text) => {
      const stage = await openStage()
      await stage.hear(resident, '路灯坏了不亮')
      expect((await ticketNow(stage)).place).toBeNull()
      await stage.hear(resident, text)
      expect(await ticketNow(stage)).toMatchObject({ state: 'withdrawn', place: null })
    },
  )

  test('a description is the place', async () => {
    const stage = await openStage()
    await stage.hear(resident, '路灯坏了不亮')
    await stage.hear(resident, '小区大门口进来左手边')
    expect((await ticketNow(stage)).place).toEqual({ landmark: '小区大门口进来左手边' })
    expect(stage.eventTypes.filter((type) => type === 'opened')).toHaveLength(1)
  })
})

describe('support is for those who have the same trouble', () => {
  test.each(['我家也是醉了，天天堵车', '+1 今晚吃火锅', '同求拼单'])('“%s” is none', async (text) => {
    const stage = await openStage()
    await stage.hear(resident, '5号楼停水了')
    await stage.hear('马叔', text)
    expect(stage.eventTypes).not.toContain('supported')
  })

  test.each(['我家也是', '+1', '我家也停水了', '我们楼也是啊，急死了', '同问', '我家也是，停了一上午了'])(
    '“%s” is support',
    async (text) => {
      const stage = await openStage()
      await stage.hear(resident, '5号楼停水了')
      await stage.hear('马叔', text)
      expect(stage.eventTypes).toContain('supported')
    },
  )

  test('a quarrel between households takes no supporter, and a stranger opens it never again', async () => {
    const stage = await openStage()
    await stage.hire(worker, 'grid_worker')
    await stage.hear(resident, '邻居家空调滴水滴到我家窗台')
    expect((await ticketNow(stage)).category).toBe('neighbours')
    await stage.hear('马叔', '我家也是')
    expect((await ticketNow(stage)).supporters).toEqual([])
    await stage.hear(worker, '办结 1118-001 已经调解', { group: '' })
    for (const text of ['不满意', '@小邻 不满意 1118-001', '还是滴水']) await stage.hear('马叔', text)
    expect(await ticketNow(stage)).toMatchObject({ state: 'done', reopenings: 0 })
    await stage.hear(resident, '不满意')
    expect((await ticketNow(stage)).reopenings).toBe(1)
  })
})
