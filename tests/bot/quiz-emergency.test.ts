import { describe, expect, test } from 'vitest'
import { answers, questionsIn, roundIn } from './quiz-stage.ts'
import { instant, openStage } from './stage.ts'

const fire = '7号楼着火了，快来人'

describe('an emergency in the group', () => {
  test('ends a series without another word of it', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来5题')
    await answers(stage, '白阿姨')
    await stage.hear('马叔', fire)
    const said = stage.saidTo()
    expect(said.at(-1)).toContain('119')
    await stage.wait(900)
    expect(stage.saidTo()).toEqual(said)
    expect((await roundIn(stage)).state).toBe('over')
    expect((await stage.all('timers')).filter(({ kind }) => kind.startsWith('quiz'))).toEqual([])
  })

  test('ends it in the pause between two questions as well', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来5题')
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt + 3_000)
    await stage.hear('马叔', fire)
    await stage.wait(900)
    expect(questionsIn(stage.saidTo())).toHaveLength(1)
  })

  test('is not answered by staff who still guess, also when it came between two questions', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('小谢', '来5题')
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt + 3_000)
    await stage.hear('马叔', fire)
    await stage.hear('网格员小赵', 'B')
    expect(stage.eventTypes).not.toContain('acknowledged')
    await stage.hear('网格员小赵', 'B\n我马上过去')
    expect(stage.eventTypes).toContain('acknowledged')
  })

  test('leaves the games of other groups alone', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题', { group: '甲' })
    await stage.hear('马叔', fire, { group: '乙' })
    expect((await roundIn(stage, '甲')).state).toBe('asking')
  })

  test('lets no new game begin for half an hour, unless it is over before', async () => {
    const stage = await openStage()
    await stage.hear('马叔', fire)
    expect(await stage.hear('小谢', '来一题')).toEqual([])
    expect(stage.silences.at(-1)).toBe('quizEmergency')
    const [told] = await stage.hear('小谢', '@小邻 来一题')
    expect(told?.text).toContain('先不出题')
    await stage.wait(1_800)
    await stage.hear('小谢', '来一题')
    expect(questionsIn(stage.saidTo())).toHaveLength(1)
  })

  test('puts the daily question off', async () => {
    const stage = await openStage({ start: '2026-11-17 18:00' })
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('网格员小赵', '#每日一题 开')
    await stage.runUntil(instant('2026-11-18 09:55'))
    await stage.hear('马叔', fire)
    await stage.runUntil(instant('2026-11-18 10:20'))
    expect(questionsIn(stage.saidTo())).toEqual([])
    await stage.runUntil(instant('2026-11-18 10:31'))
    expect(questionsIn(stage.saidTo())).toHaveLength(1)
  })
})
