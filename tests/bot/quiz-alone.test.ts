import { describe, expect, test } from 'vitest'
import type { QuizRound } from '../../bot/quiz/quiz-documents.ts'
import { letters, roundOf } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

const inPrivate = { group: '' }

async function rounds(stage: Stage, name: string): Promise<QuizRound> {
  return roundOf(stage, `person/${(await stage.personNamed(name)).id}`)
}

async function answer(stage: Stage, name: string, right: boolean): Promise<string> {
  const { question } = await rounds(stage, name)
  const letter = letters[(question.answer + (right ? 0 : 1)) % 4] ?? ''
  const [said] = await stage.hear(name, letter, inPrivate)
  return said?.text ?? ''
}

describe('playing alone with the bot', () => {
  test('ends with the answer, and why, and offers the next in one line', async () => {
    const stage = await openStage()
    const [question] = await stage.hear('白阿姨', '来一题', inPrivate)
    expect(question?.text).toMatch(/^【垃圾分类】.+\nA .+\nB .+\nC .+\nD .+\n回复字母就行，不着急。$/u)
    expect(await answer(stage, '白阿姨', true)).toMatch(/^答对了！.+。\n还想玩，说“下一题”。$/u)
    await stage.hear('白阿姨', '下一题', inPrivate)
    expect(await answer(stage, '白阿姨', false)).toMatch(/^差一点，答案是[ABCD] .+。\n还想玩，说“下一题”。$/u)
  })

  test('is no way to points in a group, and is told as practice', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '大家好')
    await stage.hear('白阿姨', '来一题', inPrivate)
    await answer(stage, '白阿姨', true)
    const [mine] = await stage.hear('白阿姨', '我的积分', inPrivate)
    expect(mine?.text).toBe('您私下练习答对1题，一共答了1题。练习不排名。')
    const [ranking] = await stage.hear('小谢', '排行榜')
    expect(ranking?.text).toContain('还没有积分')
  })

  test.each(['我不会', '不知道', '答案是什么', '猜不出来', '不会呀，告诉我吧', '放弃'])(
    'is told the answer on %s',
    async (words) => {
      const stage = await openStage()
      await stage.hear('白阿姨', '来一题', inPrivate)
      const { question } = await rounds(stage, '白阿姨')
      const [told] = await stage.hear('白阿姨', words, inPrivate)
      expect(told?.text).toMatch(/^没关系，答案是[ABCD] .+。\n还想玩，说“下一题”。$/su)
      expect(told?.text).toContain(question.why)
      expect((await rounds(stage, '白阿姨')).state).toBe('over')
      expect(await stage.all('quizScores')).toEqual([])
    },
  )

  test('is told the answer on 停, and before the next question', async () => {
    const stage = await openStage()
    await stage.hear('白阿姨', '来一题', inPrivate)
    const stopped = await stage.hear('白阿姨', '停', inPrivate)
    expect(stopped.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^答案是[ABCD] /u),
      expect.stringContaining('答题先到这里'),
    ])
    await stage.hear('白阿姨', '来一题', inPrivate)
    const next = await stage.hear('白阿姨', '下一题', inPrivate)
    expect(next.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^答案是[ABCD] /u),
      expect.stringContaining('【垃圾分类】'),
    ])
  })

  test('is not given up by 不知道 to where something is broken, nor after it is over', async () => {
    const stage = await openStage()
    await stage.hear('白阿姨', '来一题', inPrivate)
    await stage.hear('白阿姨', '电梯坏了', inPrivate)
    await stage.hear('白阿姨', '不知道', inPrivate)
    expect((await rounds(stage, '白阿姨')).state).toBe('asking')
    await answer(stage, '白阿姨', true)
    const [told] = await stage.hear('白阿姨', '我不会', inPrivate)
    expect(told?.text ?? '').not.toContain('答案是')
  })

  test('is never called back: a question nobody answers ends without a word', async () => {
    const stage = await openStage({ start: '2026-11-18 21:50' })
    await stage.hear('白阿姨', '来一题', inPrivate)
    await stage.wait(7_200)
    expect(stage.toldTo('白阿姨')).toHaveLength(1)
    expect((await rounds(stage, '白阿姨')).state).toBe('over')
  })

  test('is possible at night, disturbs nobody else, and goes beside a game in the group', async () => {
    const stage = await openStage({ start: '2026-11-18 23:00' })
    await stage.hear('白阿姨', '来5题', inPrivate)
    expect(stage.toldTo('白阿姨')[0]).toContain('【垃圾分类】')
    expect(stage.saidTo()).toEqual([])
  })

  test('of two people is two games', async () => {
    const stage = await openStage()
    for (const name of ['白阿姨', '马叔']) await stage.hear(name, '来一题', inPrivate)
    await answer(stage, '马叔', true)
    expect((await rounds(stage, '白阿姨')).state).toBe('asking')
    expect((await rounds(stage, '马叔')).state).toBe('over')
  })
})
