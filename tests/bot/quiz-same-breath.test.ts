import { describe, expect, test } from 'vitest'
import { answers, rightLetter, roundIn, wrongLetter } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

/** One message of several lines, one of which is an answer: that line counts, and the rest goes its own way. */

async function withQuestion(group?: string): Promise<Stage> {
  const stage = await openStage()
  await stage.hear('小谢', '来一题', group === undefined ? {} : { group })
  return stage
}

async function pointsOf(stage: Stage, name: string): Promise<number | undefined> {
  const { id } = await stage.personNamed(name)
  return (await stage.all('quizScores')).find(({ person }) => person === id)?.points
}

describe('a message that is more than an answer', () => {
  test('opens the ticket of its other line', async () => {
    const stage = await withQuestion()
    await stage.hear('白阿姨', `${await rightLetter(stage)}\n5号楼下水道堵了`)
    expect(await pointsOf(stage, '白阿姨')).toBe(1)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    const [ticket] = await stage.all('tickets')
    expect(ticket?.text).toBe('5号楼下水道堵了')
    expect(stage.saidTo().filter((text) => text.includes('白阿姨第一个答对'))).toHaveLength(1)
  })

  test('counts also when the answer stands behind, and is a wrong one', async () => {
    const stage = await withQuestion()
    await stage.hear('马叔', `我家暖气不热，8号楼2单元\n我选${await wrongLetter(stage)}`)
    expect(await pointsOf(stage, '马叔')).toBe(0)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('to the bot gets both answers', async () => {
    const stage = await withQuestion()
    const said = await stage.hear('李婶', `@小邻 ${await wrongLetter(stage)}\n废电池扔哪个桶`)
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining('收到您的答案'),
      expect.stringContaining('电池'),
    ])
  })

  test('does so in private, too', async () => {
    const stage = await withQuestion('')
    const said = await stage.hear('小谢', 'A\n废电池扔哪个桶', { group: '' })
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^(?:答对了|差一点)/u),
      expect.stringContaining('电池'),
    ])
  })

  test('with a second answer keeps the first, and the rest still goes its way', async () => {
    const stage = await withQuestion()
    await answers(stage, '白阿姨', false)
    await stage.hear('白阿姨', `${await rightLetter(stage)}\n3号楼2单元电梯坏了`)
    expect(await pointsOf(stage, '白阿姨')).toBe(0)
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('that ends with 停 of whoever began it counts, and stops the game', async () => {
    const stage = await withQuestion()
    await stage.hear('小谢', `${await rightLetter(stage)}\n停`)
    expect(await pointsOf(stage, '小谢')).toBe(1)
    expect((await roundIn(stage)).state).toBe('over')
    expect(stage.saidTo().at(-1)).toContain('答题先到这里')
  })

  test('a letter said in a pause is no answer to the question that comes meanwhile', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来2题')
    const { closesAt } = await roundIn(stage)
    await stage.runUntil(closesAt + 6_000)
    await stage.say('白阿姨', 'A')
    await stage.wait(20)
    expect((await roundIn(stage)).at).toBe(2)
    expect((await roundIn(stage)).answers).toEqual({})
  })
})
