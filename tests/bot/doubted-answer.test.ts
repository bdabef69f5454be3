import { describe, expect, test } from 'vitest'
import { answers } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

/** Somebody tells the bot that its answer was wrong. */

const sorry = '对不住'

async function listed(stage: Stage): Promise<readonly string[]> {
  return (await stage.all('questions')).map(({ text }) => text)
}

describe('whoever tells the bot that its answer was wrong', () => {
  test.each([
    '你答错了',
    '不对，你说错了',
    '你这个答案不对',
    '不对',
    '不对吧',
    '你答得不对',
    '错了，不是这样的',
    '回答错误',
    '你刚才说的不对啊',
    '你是不是搞错了？',
    '小邻你说的不准',
    '答案有误！',
    '不是这样的吧',
  ])('%s is heard kindly, and the question goes on the list', async (words) => {
    const stage = await openStage()
    const [answer] = await stage.hear('王阿姨', '@小邻 废电池扔哪个桶')
    expect(answer?.text).toContain('电池')
    const [told] = await stage.hear('王阿姨', `@小邻 ${words}`)
    expect(told?.text).toContain(sorry)
    expect(told?.text).toContain('工作人员')
    expect(await listed(stage)).toEqual(['废电池扔哪个桶'])
  })

  test('may be somebody else than the one who asked', async () => {
    const stage = await openStage()
    await stage.hear('王阿姨', '请问公租房怎么申请')
    expect(stage.saidTo()).toHaveLength(1)
    await stage.hear('李叔', '@小邻 你答错了')
    expect(stage.saidTo().at(-1)).toContain(sorry)
    expect(await listed(stage)).toEqual(['请问公租房怎么申请'])
  })

  test('in private needs no mention', async () => {
    const stage = await openStage()
    await stage.hear('王阿姨', '请问公租房怎么申请', { group: '' })
    await stage.hear('王阿姨', '你这个答案不对', { group: '' })
    expect(stage.toldTo('王阿姨').at(-1)).toContain(sorry)
    expect(await listed(stage)).toEqual(['请问公租房怎么申请'])
  })

  test('of a follow-up leaves the whole question for staff to read', async () => {
    const stage = await openStage()
    await stage.hear('王阿姨', '请问公租房怎么申请', { group: '' })
    await stage.hear('王阿姨', '那要带什么材料', { group: '' })
    await stage.hear('王阿姨', '你答错了', { group: '' })
    expect(await listed(stage)).toEqual(['请问公租房怎么申请 那要带什么材料'])
  })

  test('is not heard when neighbours quarrel among themselves', async () => {
    const stage = await openStage()
    await stage.hear('王阿姨', '请问公租房怎么申请')
    expect(await stage.hear('李叔', '不对，你说错了')).toEqual([])
    expect(await listed(stage)).toEqual([])
  })

  test('ten minutes later, or with nothing answered, is asked what was meant', async () => {
    const stage = await openStage()
    const [none] = await stage.hear('李叔', '@小邻 你答错了')
    expect(none?.text).toContain(sorry)
    expect(none?.text).toContain('再问一遍')
    await stage.hear('王阿姨', '@小邻 废电池扔哪个桶')
    await stage.wait(601)
    const [late] = await stage.hear('王阿姨', '@小邻 你答错了')
    expect(late?.text).toContain('再问一遍')
    expect(await listed(stage)).toEqual([])
  })

  test('right after a question of the quiz speaks of that', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '来一题')
    const { question } = (await stage.all('quizRounds'))[0] ?? {}
    await answers(stage, '马叔')
    await stage.hear('小谢', '停')
    await stage.hear('马叔', '@小邻 你这个答案不对')
    expect(stage.saidTo().at(-1)).toContain(sorry)
    expect(await listed(stage)).toEqual([question?.text])
  })

  test.each(['不对，是5号楼', '你说的不对劲的地方是哪', '答案是什么', '楼上说的不对'])(
    '%s is something else',
    async (words) => {
      const stage = await openStage()
      await stage.hear('王阿姨', '@小邻 废电池扔哪个桶')
      const [told] = await stage.hear('王阿姨', `@小邻 ${words}`)
      expect(told?.text).not.toContain(sorry)
    },
  )
})

describe('words that merely sound like the quiz', () => {
  test.each(['成绩什么时候出来', '未答问题', '这题怎么做'])('%s get no word about a game', async (words) => {
    const stage = await openStage()
    const [told] = await stage.hear('王阿姨', `@小邻 ${words}`)
    expect(told?.text).toBeDefined()
    expect(told?.text).not.toContain('现在没有题目')
  })

  test('停 and a letter do, and talk right after a game', async () => {
    const stage = await openStage()
    for (const words of ['停', 'B']) {
      const [told] = await stage.hear('王阿姨', `@小邻 ${words}`)
      expect(told?.text).toContain('现在没有题目')
    }
  })

  test('staff who ask in private for questions see the open ones', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('网格员小赵', '帮我看看问题', { group: '' })
    expect(stage.toldTo('网格员小赵').at(-1)).toContain('没有待答的问题')
  })
})
