import { describe, expect, test } from 'vitest'
import { answers, letters, questionsIn, rightLetter, roundIn, wrongLetter } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

async function withQuestion(): Promise<Stage> {
  const stage = await openStage()
  await stage.hear('小谢', '来一题')
  return stage
}

describe('a garbage quiz', () => {
  test('asks one question with four choices, a line each, and ends after three minutes with the answer and why', async () => {
    const stage = await withQuestion()
    expect(stage.saidTo()[0]).toMatch(
      /^【垃圾分类】.+该扔哪个桶？\nA .+\nB .+\nC .+\nD .+\n.*3分钟内有效。$/u,
    )
    await stage.wait(181)
    expect(stage.saidTo().at(-1)).toMatch(/^时间到。答案是[ABCD] .+\n.+是.+：.+。/u)
    expect((await roundIn(stage)).state).toBe('over')
    expect((await stage.all('timers')).filter(({ kind }) => kind.startsWith('quiz'))).toEqual([])
  })

  test('names the first who is right at once, counts the others silently, and all of them at the end', async () => {
    const stage = await withQuestion()
    await answers(stage, '白阿姨')
    expect(stage.saidTo().at(-1)).toBe('白阿姨第一个答对，得1分！')
    await answers(stage, '马叔')
    await answers(stage, '李婶', false)
    expect(stage.saidTo()).toHaveLength(2)
    await stage.wait(180)
    expect(stage.saidTo().at(-1)).toMatch(/答对：白阿姨、马叔。$/u)
  })

  test('gives the slow as many points as the fast, unless a bonus is configured', async () => {
    for (const firstBonus of [0, 2]) {
      const { quiz } = (await openStage()).house.settings
      const stage = await openStage({ settings: { quiz: { ...quiz, firstBonus } } })
      await stage.hear('小谢', '来一题')
      await answers(stage, '白阿姨')
      await answers(stage, '马叔')
      const points = Object.fromEntries(
        (await stage.all('quizScores')).map((each) => [each.person, each.points]),
      )
      expect(points[(await stage.personNamed('白阿姨')).id]).toBe(1 + firstBonus)
      expect(points[(await stage.personNamed('马叔')).id]).toBe(1)
    }
  })

  test('counts one answer a person, the first', async () => {
    const stage = await withQuestion()
    await answers(stage, '白阿姨', false)
    await answers(stage, '白阿姨')
    expect(stage.saidTo()).toHaveLength(1)
    expect((await stage.all('quizScores')).map(({ points, answered }) => ({ points, answered }))).toEqual([
      { points: 0, answered: 1 },
    ])
    const [told] = await stage.hear('白阿姨', `@小邻 选${await rightLetter(stage)}`)
    expect(told?.text).toContain('以第一次的为准')
  })

  test('counts a person who is known under two contacts once', async () => {
    const stage = await withQuestion()
    await answers(stage, '白阿姨', false)
    const { id: person } = await stage.personNamed('白阿姨')
    await stage.put('contacts', { id: 'main/c-白阿姨二号', account: 'main', contact: 'c-白阿姨二号', person })
    await answers(stage, '白阿姨二号')
    expect(await stage.all('quizScores')).toHaveLength(1)
    expect((await roundIn(stage)).right).toEqual([])
  })

  test('lets staff play like everybody', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('网格员小赵', '来一题')
    await answers(stage, '网格员小赵')
    expect(stage.saidTo().at(-1)).toContain('网格员小赵第一个答对')
  })

  test('finds the answer among other lines of the same breath, which go their own way', async () => {
    const stage = await withQuestion()
    await stage.say('白阿姨', '我来我来')
    await answers(stage, '白阿姨')
    await stage.say('白阿姨', '3号楼2单元电梯坏了')
    await stage.wait(20)
    expect(stage.saidTo()[1]).toContain('白阿姨第一个答对')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('counts what was said in time, though the burst or the bot was slow', async () => {
    const stage = await withQuestion()
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt - 1_000)
    await answers(stage, '白阿姨')
    await stage.wait(20)
    expect(stage.saidTo().at(-1)).toContain('答对：白阿姨')
  })

  test('takes no answers once it is over, and says so only to those who speak to it', async () => {
    const stage = await withQuestion()
    await stage.wait(200)
    const { question } = await roundIn(stage)
    const letter = letters[question.answer] ?? ''
    expect(await stage.hear('白阿姨', letter)).toEqual([])
    expect(stage.silences.at(-1)).toBe('quizLate')
    const [told] = await stage.hear('白阿姨', `@小邻 ${letter}`)
    expect(told?.text).toContain(`这题已经结束了，答案是${letter}`)
    expect(await stage.all('quizScores')).toEqual([])
  })

  test('goes on with 下一题 of whoever began it, while others must let the slow ones type', async () => {
    const stage = await withQuestion()
    const first = (await roundIn(stage)).question.text
    const [running] = await stage.hear('马叔', '下一题')
    expect(running?.text).toContain(`这题还没结束：${first}`)
    await stage.hear('小谢', '下一题')
    expect(stage.saidTo().slice(-2)).toEqual([
      expect.stringMatching(/^答案是/u),
      expect.stringMatching(/^【垃圾分类】/u),
    ])
    expect((await roundIn(stage)).question.text).not.toBe(first)
    await stage.wait(181)
    expect(stage.saidTo().at(-1)).toContain('时间到')
  })

  test('asks twelve questions of all four kinds, none twice', async () => {
    const stage = await withQuestion()
    const kinds = new Set([(await roundIn(stage)).question.kind])
    for (let round = 0; round < 11; round++) {
      await stage.wait(60)
      await stage.hear('小谢', '下一题')
      kinds.add((await roundIn(stage)).question.kind)
    }
    const asked = questionsIn(stage.saidTo())
    expect(new Set(asked).size).toBe(12)
    expect([...kinds].sort()).toEqual(['bin', 'known', 'odd', 'pick'])
  })

  test('is stopped by 停 of whoever began it, or of staff, and by nobody else', async () => {
    const stage = await withQuestion()
    await stage.hire('网格员小赵', 'grid_worker')
    expect(await stage.hear('马叔', '停')).toEqual([])
    const [told] = await stage.hear('马叔', '@小邻 别出题了')
    expect(told?.text).toContain('请小谢或工作人员说“停”')
    expect((await roundIn(stage)).state).toBe('asking')
    await stage.hear('小谢', '停')
    expect(stage.saidTo().slice(-2)).toEqual([
      expect.stringContaining('答案是'),
      expect.stringContaining('答题先到这里'),
    ])
    expect((await roundIn(stage)).state).toBe('over')
    await stage.hear('小谢', '来一题')
    await stage.hear('网格员小赵', '不玩了')
    expect((await roundIn(stage)).state).toBe('over')
    expect((await stage.all('timers')).filter(({ kind }) => kind.startsWith('quiz'))).toEqual([])
  })

  test('in two groups is two games', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题', { group: '甲' })
    await stage.hear('小谢', '来一题', { group: '乙' })
    expect((await roundIn(stage, '甲')).question.text).not.toBe((await roundIn(stage, '乙')).question.text)
    await answers(stage, '白阿姨', true, { group: '甲' })
    await stage.wait(20)
    expect(stage.saidTo('甲').at(-1)).toContain('白阿姨第一个答对')
    expect(stage.saidTo('乙')).toHaveLength(1)
  })

  test('asks nothing at night', async () => {
    const stage = await openStage({ start: '2026-11-18 22:30' })
    const [told] = await stage.hear('小谢', '来一题')
    expect(told?.text).toContain('夜里先不出题')
    expect(await stage.hear('马叔', '来一题')).toEqual([])
    expect(await stage.all('quizRounds')).toEqual([])
  })

  test('heeds the settings of the group, also when staff ask', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('小谢', '大家好')
    const { id } = await stage.groupNamed()
    for (const setting of ['mentioned', 'listen'] as const) {
      await stage.change('groups', id, { setting })
      expect(await stage.hear('小谢', '来一题')).toEqual([])
      expect(await stage.hear('网格员小赵', '来一题')).toEqual([])
    }
    await stage.hear('小谢', '@小邻 来一题')
    expect((await roundIn(stage)).state).toBe('asking')
    // a group that wants quiet hears the answer at the end, and nothing between
    await answers(stage, '白阿姨')
    expect(stage.saidTo()).toHaveLength(1)
    // but whoever began it and ends it hears what came of it
    await stage.hear('小谢', '停')
    expect(stage.saidTo().slice(1)).toEqual([
      expect.stringContaining('答对：白阿姨'),
      expect.stringContaining('答题先到这里'),
    ])
    expect(await stage.hear('小谢', '停')).toEqual([])
  })

  test('while one runs, ordinary talk and questions go on as always', async () => {
    const stage = await withQuestion()
    expect(await stage.hear('白阿姨', '这题有意思')).toEqual([])
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(await wrongLetter(stage)).not.toBe(await rightLetter(stage))
  })
})
