import { describe, expect, test } from 'vitest'
import type { GroupSetting } from '../../bot/documents.ts'
import { defaultGroup, instant, openStage, type Stage } from './stage.ts'

const fire = '5号楼着火了，快来人'
const night = '2026-11-19 02:30'

async function openWithStaff(start = night): Promise<Stage> {
  const stage = await openStage({ start })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hire('应急办', 'department')
  await stage.hire('管理员', 'admin')
  return stage
}

/** Seconds after the start at which each alert went out, and to whom. */
function alerts(stage: Stage): (readonly [number, string])[] {
  return stage.sent.flatMap(({ at, to, text }) =>
    'contact' in to && text.includes('【紧急')
      ? [[(at - stage.chat.since) / 1000, to.contact.slice(2)] as const]
      : [],
  )
}

describe('an emergency is answered at once', () => {
  test('in the same instant: the right number and a calm word, a ticket with two hours, and an alert', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    const [answer = ''] = stage.saidTo()
    expect(answer).toContain('119')
    expect(stage.sent.every(({ at }) => at === instant(night))).toBe(true)
    expect(stage.events[0]).toMatchObject({
      ...{ type: 'opened', category: 'safety', urgency: 'emergency', place: { building: '5' } },
      deadline: instant('2026-11-19 04:30'),
    })
    expect(stage.toldTo('网格员小赵')[0]).toMatch(/紧急.*石女士.*5号楼.*1119-001/u)
  })

  test('in the middle of a burst, with the lines that were waiting', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', '我在5号楼2单元')
    await stage.wait(4)
    await stage.say('石女士', '着火了快来人啊')
    expect(stage.events[0]).toMatchObject({
      ...{ at: instant(night) + 4000, urgency: 'emergency', place: { building: '5', unit: '2' } },
      text: '我在5号楼2单元\n着火了快来人啊',
    })
  })

  test('and what the same person adds afterwards amends the ticket and reaches staff', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', '着火了快来人啊')
    expect(stage.saidTo()[0]).toContain('几号楼')
    await stage.wait(5)
    await stage.say('石女士', '5号楼2单元')
    await stage.wait(30)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('5号楼2单元')
    expect((await stage.all('tickets')).map(({ place }) => place)).toEqual([{ building: '5', unit: '2' }])
  })

  test.each<GroupSetting>(['listen', 'mentioned'])('in a group that is set to %s', async (setting) => {
    const stage = await openWithStaff()
    await stage.say('石女士', '早上好')
    await stage.change('groups', (await stage.groupNamed()).id, { setting })
    await stage.say('石女士', fire)
    expect(stage.saidTo()[0]).toContain('119')
  })

  test('right after staff spoke about something else', async () => {
    const stage = await openWithStaff()
    await stage.hear('网格员小赵', '大家早点休息')
    await stage.say('石女士', fire)
    expect(stage.saidTo()[0]).toContain('119')
  })

  test('though the account has just sent something, and is resting', async () => {
    const stage = await openWithStaff()
    stage.chat.failNext('rate')
    await stage.hear('马叔', '@小邻 你好')
    await stage.say('石女士', fire)
    expect(stage.saidTo().at(-1)).toContain('119')
  })

  test('in private as well', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire, { group: '' })
    expect(stage.toldTo('石女士')[0]).toContain('119')
    expect(stage.toldTo('网格员小赵')[0]).toContain('私聊')
  })
})

describe('staff are alerted at once and 2, 5 and 10 minutes after the first alert', () => {
  test('each time higher, until everybody was told', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.wait(3600)
    expect(alerts(stage).slice(0, 4)).toEqual([
      [0, '网格员小赵'],
      [120, '网格长老钱'],
      [300, '应急办'],
      [600, '管理员'],
    ])
    expect(stage.eventTypes.filter((type) => type === 'escalated')).toHaveLength(3)
  })

  test('a role that nobody holds is told of to whoever watches, and the ladder goes on', async () => {
    const stage = await openStage({ start: night })
    await stage.hire('管理员', 'admin')
    await stage.say('石女士', fire)
    await stage.wait(660)
    const roles = stage.happenings.flatMap((each) => (each.type === 'undeliverable' ? [each.to] : []))
    expect(roles).toEqual(['grid_worker', 'grid_leader', 'department'])
    expect(alerts(stage)).toEqual([[600, '管理员']])
  })

  const answers = [
    ['in that group', defaultGroup],
    ['in private', ''],
  ] as const

  test.each(answers)('a line of staff %s stops it and counts as acknowledged', async (_, group) => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.wait(180)
    await stage.say('网格员小赵', '收到，马上到', { group })
    expect(stage.eventTypes.at(-1)).toBe('acknowledged')
    await stage.wait(1200)
    expect(alerts(stage)).toEqual([
      [0, '网格员小赵'],
      [120, '网格长老钱'],
    ])
    expect((await stage.all('tickets'))[0]?.responsible).toBe('p-网格员小赵')
  })

  test('a line of staff after the last step counts as well', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.wait(900)
    await stage.say('管理员', '我到了，消防也到了')
    expect(stage.eventTypes.at(-1)).toBe('acknowledged')
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'ladder')).toEqual([])
  })

  test('a line of staff in another group does not, nor one of a resident', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.say('网格员小赵', '大家早', { group: '别的群' })
    await stage.say('马叔', '天哪')
    await stage.wait(660)
    expect(alerts(stage).map(([, name]) => name)).toContain('管理员')
  })

  test('the ladder survives a restart', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    const again = await openStage({ store: stage.store, start: '2026-11-19 02:31' })
    await again.wait(120)
    expect(again.toldTo('网格长老钱')).toHaveLength(1)
  })

  test('the withdrawn ticket of a recalled false alarm alerts nobody any more', async () => {
    const stage = await openWithStaff()
    const id = await stage.say('石女士', fire)
    await stage.wait(60)
    await stage.recall(id)
    await stage.wait(1200)
    expect(alerts(stage)).toEqual([[0, '网格员小赵']])
  })
})

describe('several voices about one emergency', () => {
  test('the second is a supporter with a short word, the third is counted silently', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.wait(20)
    await stage.say('马叔', '5号楼着火了！！')
    await stage.wait(20)
    await stage.say('小谢', '5号楼冒黑烟，着火了')
    await stage.wait(20)
    expect(stage.events.filter(({ type }) => type === 'opened')).toHaveLength(1)
    expect(stage.eventTypes.filter((type) => type === 'supported')).toHaveLength(2)
    expect(stage.saidTo()).toHaveLength(2)
  })

  test('the reporter who says it again is not answered twice, unless the bot is mentioned', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.hear('石女士', '5号楼着火了，火越来越大')
    expect(stage.saidTo()).toHaveLength(1)
    await stage.hear('石女士', '@小邻 5号楼着火了，快来人啊')
    expect(stage.saidTo()).toHaveLength(2)
  })

  test('another building is another emergency', async () => {
    const stage = await openWithStaff()
    await stage.say('石女士', fire)
    await stage.say('马叔', '9号楼煤气味好大，漏气了')
    expect(stage.events.filter(({ type }) => type === 'opened')).toHaveLength(2)
  })
})

describe('beside a running emergency', () => {
  test('news of danger joins it, and staff hear it at once', async () => {
    const stage = await openStage()
    await stage.say('石女士', '10号楼5层着火了')
    await stage.hear('马叔', '楼上还有个老人没下来')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'supported', 'amended'])
    expect(stage.happenings.filter(({ type }) => type === 'undeliverable')).toHaveLength(2)
  })

  test('what the caller tells further joins it, and opens no ticket of its own', async () => {
    const stage = await openStage()
    await stage.say('石女士', '4号楼1单元地下室冒黑烟 快来人')
    await stage.hear('石女士', '里面有电动车 呛得慌')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
    expect(stage.sent).toHaveLength(1)
  })

  test('somebody who speaks of other things is left alone', async () => {
    const stage = await openStage()
    await stage.say('石女士', '10号楼5层着火了')
    await stage.hear('马叔', '今天菜市场排骨打折')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })
})

describe('what the caller says next', () => {
  test('a question about a rule, or another thing that broke, is not taken for news of the emergency', async () => {
    const stage = await openWithStaff('2026-11-18 10:00')
    await stage.hear('老赵', '天然气是不是漏了，楼道里味道好大')
    const alerted = stage.toldTo('网格员小赵').length
    await stage.hear('老赵', '养老认证在手机上咋弄')
    await stage.hear('老赵', '广场上那个音响能不能小点声，天天到十点半')
    expect(stage.toldTo('网格员小赵')).toHaveLength(alerted)
    const [gas, noise] = await stage.all('tickets')
    expect(gas).toMatchObject({ text: '天然气是不是漏了，楼道里味道好大', place: null })
    expect(noise).toMatchObject({ category: 'noise', urgency: 'normal' })
  })

  test('more danger is, and an alert without a place says so', async () => {
    const stage = await openWithStaff('2026-11-18 10:00')
    await stage.hear('老赵', '天然气是不是漏了，楼道里味道好大')
    await stage.hear('老赵', '楼上还有个老人没下来')
    const alert = stage.toldTo('网格员小赵').at(-1) ?? ''
    expect(alert).toContain('地点未说明')
    expect(alert).toContain('老赵：“楼上还有个老人没下来”')
    expect(await stage.all('tickets')).toHaveLength(1)
  })

  test('a guess in the quiz by staff is no answer to the alert, and takes no floor', async () => {
    const stage = await openWithStaff('2026-11-18 10:00')
    await stage.hear('老赵', '来一题')
    await stage.hear('老孙', '3号楼着火了')
    await stage.hear('网格员小赵', 'B')
    expect(stage.eventTypes).not.toContain('acknowledged')
    await stage.wait(150)
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })
})
