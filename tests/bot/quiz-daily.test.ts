import { describe, expect, test, vi } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { answers, questionsIn, roundIn } from './quiz-stage.ts'
import { instant, openStage, type Stage } from './stage.ts'

const staff = '网格员小赵'

async function withDaily(order = '#每日一题 开', start = '2026-11-17 18:00'): Promise<Stage> {
  const stage = await openStage({ start })
  await stage.hire(staff, 'grid_worker')
  await stage.hear(staff, order)
  return stage
}

function daily(stage: Stage): readonly string[] {
  return stage.saidTo().filter((text) => text.startsWith('【每日一题】'))
}

describe('the daily question', () => {
  test('comes at ten every day once staff have switched it on, with an hour for the answer, and counts', async () => {
    const stage = await withDaily()
    expect(stage.saidTo().at(-1)).toContain('本群每天10点出一题')
    await stage.runUntil(instant('2026-11-18 09:59'))
    expect(daily(stage)).toEqual([])
    await stage.runUntil(instant('2026-11-18 10:01'))
    expect(daily(stage)[0]).toContain('1小时内都算')
    await answers(stage, '白阿姨')
    await stage.runUntil(instant('2026-11-18 11:01'))
    expect(stage.saidTo().at(-1)).toContain('答对：白阿姨')
    await stage.runUntil(instant('2026-11-20 12:00'))
    expect(daily(stage)).toHaveLength(3)
    expect(new Set(daily(stage)).size).toBe(3)
  })

  test.each([
    ['#每日一题 开 8点', '8点'],
    ['#每日一题开15点', '15点'],
    ['# 每日一题 开 下午3点', '15点'],
    ['@小邻 每日一题 开启 10:00', '10点'],
    ['＃每日一题 打开 二十点', '20点'],
  ])('is set by %s', async (order, said) => {
    const stage = await withDaily(order)
    expect(stage.saidTo().at(-1)).toContain(`每天${said}出一题`)
  })

  test.each(['#每日一题 开 23点', '#每日一题 开 6点', '#每日一题 开 10点半', '#每日一题 开 明天'])(
    'is not set by %s, which is told what is expected',
    async (order) => {
      const stage = await withDaily(order)
      expect(stage.saidTo().at(-1)).toContain('请写7点到21点之间的整点')
      expect((await stage.groupNamed()).dailyQuiz).toBeUndefined()
    },
  )

  test('is switched off again, and tells its state', async () => {
    const stage = await withDaily()
    const [state] = await stage.hear(staff, '#每日一题')
    expect(state?.text).toContain('每天10点')
    expect(state?.text).not.toContain('好的')
    const [closed] = await stage.hear(staff, '#每日一题 关')
    expect(closed?.text).toMatch(/^好的，每日一题已关/u)
    const [none] = await stage.hear(staff, '#每日一题')
    expect(none?.text).toContain('没有开每日一题')
    await stage.wait(3 * 86_400)
    expect(daily(stage)).toEqual([])
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'quizDaily')).toEqual([])
  })

  test('is for staff to switch, in the group, and is left in the audit', async () => {
    const stage = await withDaily('大家好')
    const [told] = await stage.hear('小谢', '#每日一题 开')
    expect(told?.text).toContain('工作人员')
    await stage.hear(staff, '每日一题 开', { group: '' })
    expect(stage.toldTo(staff).at(-1)).toContain('请到要出题的群里说')
    expect(await stage.all('audit')).toEqual([])
    await stage.hear(staff, '#每日一题 开')
    expect((await stage.all('audit')).map(({ command }) => command)).toEqual(['group.quiz'])
  })

  test('is made up within two hours after a stop, and never later', async () => {
    for (const [back, times] of [
      ['2026-11-18 11:59', 1],
      ['2026-11-18 12:01', 0],
    ] as const) {
      const stage = await withDaily()
      stage.clock.now = instant(back)
      await stage.wait(60)
      expect(daily(stage)).toHaveLength(times)
      await stage.runUntil(instant('2026-11-19 10:01'))
      expect(daily(stage)).toHaveLength(times + 1)
    }
  })

  test('comes once a day, also when its hour is changed after it', async () => {
    const stage = await withDaily()
    await stage.runUntil(instant('2026-11-18 11:30'))
    await stage.hear(staff, '#每日一题 开 15点')
    await stage.runUntil(instant('2026-11-18 21:00'))
    expect(daily(stage)).toHaveLength(1)
    await stage.runUntil(instant('2026-11-19 15:01'))
    expect(daily(stage)).toHaveLength(2)
  })

  test('waits for a game that runs, and for an account that is offline', async () => {
    const stage = await withDaily()
    await stage.runUntil(instant('2026-11-18 09:59'))
    await stage.hear('小谢', '来2题')
    await stage.runUntil(instant('2026-11-18 10:09'))
    expect(daily(stage)).toEqual([])
    await stage.runUntil(instant('2026-11-18 10:11'))
    expect(daily(stage)).toHaveLength(1)
    const down = vi
      .spyOn(stage.chat, 'state')
      .mockReturnValue({ state: 'down', since: stage.clock.now, reason: 'test' })
    await stage.runUntil(instant('2026-11-19 10:05'))
    expect(daily(stage)).toHaveLength(1)
    down.mockRestore()
    await stage.runUntil(instant('2026-11-19 10:11'))
    expect(daily(stage)).toHaveLength(2)
  })

  test('is not asked in a group that is set to listen, and staff are told so', async () => {
    const stage = await withDaily('#安静')
    const [told] = await stage.hear(staff, '#每日一题 开')
    expect(told?.text).toContain('改回“正常”才会出题')
    await stage.runUntil(instant('2026-11-18 12:00'))
    expect(daily(stage)).toEqual([])
  })

  test('on Monday follows the table of the week before', async () => {
    const stage = await withDaily('#每日一题 开', '2026-11-21 18:00')
    await stage.runUntil(instant('2026-11-22 10:01'))
    await stage.say('白阿姨', '我是3号楼的')
    await stage.say('马叔', '我是5号楼的')
    for (const name of ['白阿姨', '马叔']) await answers(stage, name)
    await stage.runUntil(instant('2026-11-23 10:01'))
    const [table, question] = stage.saidTo().slice(-2)
    expect(table).toContain('上周答题榜：\n1. ')
    expect(table).toContain('1. 3号楼 1分（1人）\n1. 5号楼 1分（1人）')
    expect(question).toMatch(/^【每日一题】/u)
    await stage.runUntil(instant('2026-11-24 10:01'))
    expect(stage.saidTo().filter((text) => text.startsWith('上周答题榜'))).toHaveLength(1)
  })

  test('is off in a replay', async () => {
    const stage = await openStage({ settings: { scheduledDuties: false }, start: '2026-11-17 18:00' })
    await stage.hire(staff, 'grid_worker')
    await stage.hear(staff, '#每日一题 开')
    await stage.runUntil(instant('2026-11-20 12:00'))
    expect(questionsIn(stage.saidTo())).toEqual([])
  })

  test('is set by the operator as well, who may not choose the night', async () => {
    const stage = await withDaily('大家好')
    const { id: group } = await stage.groupNamed()
    const operator = { kind: 'operator' } as const
    await execute(stage.house, operator, 'cli/1', { type: 'group.quiz', group, hour: 20 })
    expect((await stage.groupNamed()).dailyQuiz).toBe(20)
    await stage.runUntil(instant('2026-11-17 20:01'))
    expect((await roundIn(stage)).by).toBeUndefined()
    const night = { type: 'group.quiz', group, hour: 22 }
    await expect(execute(stage.house, operator, 'cli/2', night)).rejects.toThrow()
    const unknown = { type: 'group.quiz', group: 'g-none', hour: 20 }
    await expect(execute(stage.house, operator, 'cli/3', unknown)).rejects.toThrow('no group g-none')
  })
})
