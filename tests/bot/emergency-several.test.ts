import { describe, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

async function openWithStaff(): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-18 10:00' })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  return stage
}

function opened(stage: Stage): readonly object[] {
  return stage.events.filter(({ type }) => type === 'opened')
}

describe('who calls for whom', () => {
  test('two people call for two victims: each has a ticket, advice, and no place of the other', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '我妈摔倒起不来了 7号楼')
    const answers = await stage.hear('马叔', '孩子卡到喉咙了 喘不上气')
    expect(opened(stage)).toHaveLength(2)
    expect(answers[0]?.text).toContain('120')
    const alert = stage.toldTo('网格员小赵').at(-1) ?? ''
    expect(alert).toContain('地点未说明')
    expect(alert).not.toContain('7号楼')
  })

  test('whoever called tells further of the same person', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '我妈摔倒起不来了 7号楼')
    await stage.hear('石女士', '她晕过去了 叫不醒')
    expect(opened(stage)).toHaveLength(1)
  })

  test('a brawl swallows neither a silent neighbour nor a smoking box', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '3号楼有人打架动刀子了 快来人')
    await stage.hear('马叔', '隔壁老头几天没开门')
    await stage.hear('小谢', '配电箱冒烟了')
    const [brawl] = await stage.all('tickets')
    expect(brawl?.text).toBe('3号楼有人打架动刀子了 快来人')
    expect(opened(stage)).toContainEqual(
      expect.objectContaining({ text: '配电箱冒烟了', urgency: 'emergency', place: null }),
    )
    expect(stage.toldTo('网格员小赵').at(-1)).not.toContain('3号楼')
  })

  test('news of somebody else is told with the place that the ticket had before, as such', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '10号楼着火了')
    await stage.hear('马叔', '楼上还有个老人没下来')
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('没有说，这一单先前报的是10号楼')
  })
})

describe('what drifts is smelled by many', () => {
  test('whoever smells it too joins, and staff learn the place', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '闻到好大煤气味！')
    await stage.hear('马叔', '我也闻到了 在4号楼')
    const tickets = await stage.all('tickets')
    expect(tickets).toHaveLength(1)
    expect(tickets[0]).toMatchObject({ place: { building: '4' }, supporters: [expect.any(String)] })
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('4号楼')
  })

  test('4号楼也有味道 gives the place as well, and elsewhere it is an emergency of its own', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '闻到好大煤气味！')
    await stage.hear('马叔', '4号楼也有味道')
    expect(opened(stage)).toHaveLength(1)
    const answers = await stage.hear('小谢', '9号楼也有味道')
    expect(opened(stage)).toHaveLength(2)
    expect(answers[0]?.text).toContain('关阀开窗')
  })

  test('again after somebody had it: staff are alerted anew, and the ladder climbs', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '2号楼好大的煤气味')
    await stage.hear('网格员小赵', '收到，马上到')
    await stage.wait(900)
    const before = stage.toldTo('网格员小赵').length
    const answers = await stage.hear('石女士', '又有味道了')
    expect(answers.some(({ text }) => text.includes('关阀开窗'))).toBe(true)
    expect(stage.toldTo('网格员小赵')).toHaveLength(before + 1)
    await stage.wait(150)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })

  test('again after 办结: a new emergency', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '2号楼好大的煤气味')
    await stage.hear('网格员小赵', '#办结 1118-001 阀门换了')
    await stage.wait(1800)
    const answers = await stage.hear('石女士', '又闻到了')
    expect(answers[0]?.text).toContain('关阀开窗')
    expect(opened(stage)).toHaveLength(2)
  })

  test('where nobody smelled gas, 又闻到桂花香了 is talk', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '又闻到桂花香了')
    expect(stage.sent).toEqual([])
  })
})

describe('people in danger are heard, and staff with them', () => {
  const calls = [
    ['我娃丢了怎么办', '110'],
    ['我不想活了 跳楼算了', '12356'],
    ['他打我 我躲在厕所', '110'],
    ['变压器冒火花', '119'],
  ] as const

  test.each(calls)('in private: %s', async (text, number) => {
    const stage = await openWithStaff()
    await stage.say('石女士', text, { group: '' })
    expect(stage.toldTo('石女士')[0]).toContain(number)
    expect(stage.toldTo('网格员小赵')).toHaveLength(1)
  })

  test.each(['孙女不见了！！', '割腕了', '楼上502老李家天天半夜打老婆，孩子哭'])(
    'unasked in a group, that wants the bot to listen only: %s',
    async (text) => {
      const stage = await openWithStaff()
      await stage.say('石女士', '早上好')
      await stage.change('groups', (await stage.groupNamed()).id, { setting: 'listen' })
      await stage.say('石女士', text)
      expect(stage.saidTo()[0]).toContain('110')
      expect(stage.toldTo('网格员小赵')).toHaveLength(1)
    },
  )

  test("violence at home and despair are nobody else's business: marked, and no group is told or asked where", async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', '他打我 我躲在厕所')
    await stage.hear('马叔', '我不想活了')
    expect((await stage.all('tickets')).map(({ sensitive }) => sensitive)).toEqual([true, true])
    expect(stage.saidTo()).toHaveLength(2)
    expect(stage.saidTo().join()).not.toMatch(/几号楼|1118-00|马叔|石女士/u)
  })
})

describe('it was nothing, or is over', () => {
  const fire = '5号楼着火了，快来人'

  test('the reporter who saw wrong: staff hear it, nobody else is woken, the ticket stays', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    const answers = await stage.hear('石女士', '看错了，是人家放烟花')
    expect(stage.toldTo('网格员小赵').at(-1)).toMatch(/更正.*1118-001.*看错了.*办结 1118-001/u)
    expect(answers.some(({ text }) => text.includes('已经告诉工作人员'))).toBe(true)
    await stage.wait(900)
    expect(stage.toldTo('网格长老钱')).toEqual([])
    expect((await stage.all('tickets'))[0]?.state).toBe('dispatched')
  })

  test.each(['误报', '火灭了 没事了'])(
    'staff who say %s: whoever else was alerted hears it',
    async (text) => {
      const stage = await openWithStaff()
      await stage.hear('石女士', fire)
      await stage.wait(130)
      await stage.hear('网格员小赵', text)
      expect(stage.toldTo('网格长老钱').at(-1)).toContain('更正')
      expect(stage.eventTypes).toContain('acknowledged')
      expect((await stage.all('tickets'))[0]?.state).not.toBe('done')
      await stage.wait(900)
      expect(stage.eventTypes.filter((type) => type === 'escalated')).toHaveLength(1)
    },
  )

  test('in private as well, also when the alert is answered already', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.wait(130)
    await stage.hear('网格员小赵', '收到', { group: '' })
    expect(stage.toldTo('网格员小赵').at(-1)).toMatch(/收到了.*1118-001/u)
    const answers = await stage.hear('网格员小赵', '火灭了 没事了', { group: '' })
    expect(answers.some(({ text }) => text.includes('再核实'))).toBe(true)
  })

  test('in private at once, before anybody has answered', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.wait(130)
    await stage.hear('网格员小赵', '误报', { group: '' })
    expect(stage.toldTo('网格长老钱').at(-1)).toContain('更正')
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'ladder')).toEqual([])
  })

  test('of two emergencies none stops before its number is said', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.hear('马叔', '9号楼有人晕倒了')
    await stage.hear('网格员小赵', '误报', { group: '' })
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('2件')
    await stage.hear('网格员小赵', '1118-001 误报', { group: '' })
    const ladders = (await stage.all('timers')).flatMap((timer) =>
      timer.kind === 'ladder' ? timer.ticket : [],
    )
    expect(ladders).toEqual(['20261118-002'])
  })

  test('somebody else who thinks that it is nothing stops no alert', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.hear('马叔', '是人家放烟花吧')
    await stage.wait(150)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })

  test('还没灭 is no end', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.hear('石女士', '还没灭呢')
    await stage.wait(150)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })

  test('whoever sends it on to a name that nobody has is told so, and the ladder goes on', async () => {
    const stage = await openWithStaff()
    await stage.hear('石女士', fire)
    await stage.hear('网格员小赵', '我不在，找张三', { group: '' })
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('没找到张三')
    await stage.wait(150)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })
})
