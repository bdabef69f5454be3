import { describe, expect, test } from 'vitest'
import type { QuizRound } from '../../bot/documents.ts'
import { openStage, type Stage } from './stage.ts'

const letters = ['A', 'B', 'C', 'D'] as const

async function openWithQuestion(): Promise<{ stage: Stage; right: string; wrong: string }> {
  const stage = await openStage()
  await stage.hear('小谢', '来一题')
  const round = await roundIn(stage)
  return { stage, right: letters[round.answer] ?? '', wrong: letters[(round.answer + 1) % 4] ?? '' }
}

async function roundIn(stage: Stage, group?: string): Promise<QuizRound> {
  const round = await stage.store.get<QuizRound>('quizRounds', (await stage.groupNamed(group)).id)
  if (!round) throw new Error('no question was asked')
  return round
}

describe('a garbage quiz', () => {
  test('asks one question with four bins, and ends after three minutes with the answer', async () => {
    const { stage } = await openWithQuestion()
    expect(stage.saidTo()[0]).toMatch(/该扔哪个桶？A .*B .*C .*D /u)
    await stage.wait(181)
    expect(stage.saidTo().at(-1)).toContain('时间到')
    expect((await roundIn(stage)).open).toBe(false)
  })

  test('names the first who is right at once, counts the others silently, and all of them at the end', async () => {
    const { stage, right } = await openWithQuestion()
    expect((await stage.hear('白阿姨', right)).map(({ text }) => text)).toEqual(['白阿姨第一个答对，得1分！'])
    expect(await stage.hear('马叔', right)).toEqual([])
    await stage.wait(180)
    expect(stage.saidTo().at(-1)).toContain('白阿姨、马叔')
  })

  test('counts one answer a person, the first', async () => {
    const { stage, right, wrong } = await openWithQuestion()
    await stage.hear('白阿姨', wrong)
    expect(await stage.hear('白阿姨', right)).toEqual([])
    expect(await stage.all('quizScores')).toEqual([])
  })

  test('finds the answer among other lines of the same breath', async () => {
    const { stage, right } = await openWithQuestion()
    await stage.say('白阿姨', '我来我来')
    await stage.say('白阿姨', right)
    await stage.say('白阿姨', '哈哈哈')
    await stage.wait(20)
    expect(stage.saidTo().at(-1)).toContain('白阿姨第一个答对')
  })

  test('takes no answers once it is over', async () => {
    const { stage, right } = await openWithQuestion()
    await stage.wait(200)
    expect(await stage.hear('白阿姨', right)).toEqual([])
    expect(await stage.all('quizScores')).toEqual([])
  })

  test('goes on with 下一题, and asks nothing twice', async () => {
    const { stage } = await openWithQuestion()
    for (let round = 0; round < 20; round++) await stage.hear('小谢', '下一题')
    const { recent } = await roundIn(stage)
    expect(new Set(recent).size).toBe(21)
  })

  test('adds the points up in the ranking', async () => {
    const { stage, right } = await openWithQuestion()
    await stage.hear('白阿姨', right)
    await stage.hear('马叔', right)
    await stage.hear('小谢', '下一题')
    const { answer } = await roundIn(stage)
    await stage.hear('马叔', letters[answer] ?? '')
    const [ranking] = await stage.hear('小谢', '排行榜')
    expect(ranking?.text).toContain('1. 马叔 2分，2. 白阿姨 1分')
  })

  test('is stopped in words', async () => {
    const { stage } = await openWithQuestion()
    await stage.hear('小谢', '@小邻 不玩了，停止答题')
    expect((await roundIn(stage)).open).toBe(false)
    expect((await stage.all('timers')).filter(({ kind }) => kind === 'quiz')).toEqual([])
  })

  test('in two groups is two games', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题', { group: '甲' })
    await stage.hear('小谢', '来一题', { group: '乙' })
    const [first, second] = [await roundIn(stage, '甲'), await roundIn(stage, '乙')]
    expect(first.item).not.toBe(second.item)
    await stage.hear('白阿姨', letters[first.answer] ?? '', { group: '甲' })
    expect(stage.saidTo('甲').at(-1)).toContain('白阿姨第一个答对')
    expect(stage.saidTo('乙')).toHaveLength(1)
  })

  test('while one runs, a complaint is still a complaint', async () => {
    const { stage } = await openWithQuestion()
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })
})
