import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { answers, questionsIn, roundIn } from './quiz-stage.ts'
import { openStage } from './stage.ts'

describe('a group is not flooded by the quiz', () => {
  test('the open question is repeated once a minute at most; whoever asks the bot sooner hears where it stands', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    const [again] = await stage.hear('马叔', '来一题')
    expect(again?.text).toMatch(/^这题还没结束：.+\nA /su)
    expect(await stage.hear('李婶', '来一题')).toEqual([])
    expect(stage.silences.at(-1)).toBe('saidAlready')
    const [told] = await stage.hear('李婶', '@小邻 来一题')
    expect(told?.text).toBe('这题还没结束，题目就在上面，回复字母就行。')
    await stage.wait(30)
    const [later] = await stage.hear('李婶', '来一题')
    expect(later?.text).toMatch(/^这题还没结束：/u)
  })

  test('beginning and stopping again and again comes to a rest, and leaves other answers alone', async () => {
    const stage = await openStage()
    for (let turn = 0; turn < 12; turn++) {
      await stage.hear('小谢', '来一题')
      await stage.hear('小谢', '停')
    }
    expect(questionsIn(stage.saidTo())).toHaveLength(10)
    expect(stage.silences).toContain('tooOften')
    const [asked] = await stage.hear('小谢', '@小邻 来一题')
    expect(asked?.text).toContain('歇一会儿')
    expect((await roundIn(stage)).state).toBe('over')
    const [garbage] = await stage.hear('白阿姨', '废电池扔哪个桶')
    expect(garbage?.text).toContain('电池')
    await stage.wait(600)
    await stage.hear('小谢', '来一题')
    expect((await roundIn(stage)).state).toBe('asking')
  })

  test('the table is shown once a minute, and ten times in ten minutes at most', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    await answers(stage, '白阿姨')
    await stage.wait(800)
    const before = stage.saidTo().length
    for (let turn = 0; turn < 3; turn++) await stage.hear('学生', '排行榜')
    expect(stage.saidTo().slice(before)).toHaveLength(1)
    await stage.hear('学生', '本周排名')
    expect(stage.saidTo().slice(before)).toHaveLength(2)
    const [asked] = await stage.hear('马叔', '@小邻 排行榜')
    expect(asked?.text).toContain('答题积分榜')
  })
})

describe('a series that has become too much', () => {
  test('is ended by 停 of three neighbours, who are told nothing one by one', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来20题')
    expect(await stage.hear('马叔', '停')).toEqual([])
    expect(stage.silences.at(-1)).toBe('quizStop')
    expect(await stage.hear('马叔', '停')).toEqual([])
    const [told] = await stage.hear('白阿姨', '@小邻 停')
    expect(told?.text).toContain('请小谢或工作人员说“停”')
    expect(told?.text).toContain('再有1位邻居')
    expect((await roundIn(stage)).state).toBe('asking')
    await stage.hear('李婶', '停')
    expect(stage.saidTo().slice(-2)).toEqual([
      expect.stringContaining('答题结束'),
      expect.stringContaining('答题先到这里'),
    ])
    expect((await roundIn(stage)).state).toBe('over')
  })

  test('remembers who wanted that from question to question, and forgets them with the game', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来20题')
    for (const name of ['马叔', '白阿姨']) await stage.hear(name, '停')
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt + 15_000)
    expect((await roundIn(stage)).at).toBe(2)
    await stage.hear('李婶', '停')
    expect((await roundIn(stage)).state).toBe('over')
    expect(JSON.stringify(await roundIn(stage))).not.toContain((await stage.personNamed('马叔')).id)
  })

  test('somebody who wanted it to stop, and never played, leaves no trace when erased', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来20题')
    await stage.hear('马叔', '停')
    const person = (await stage.personNamed('马叔')).id
    await execute(stage.house, { kind: 'operator' }, 'cli/1', { type: 'person.erase', person })
    expect(JSON.stringify(await roundIn(stage))).not.toContain(person)
  })
})
