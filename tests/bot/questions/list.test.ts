import { describe, expect, test } from 'vitest'
import { day, openWithWorker, pigeons, pigeonsAgain, rows, worker } from './asking.ts'

describe('the list', () => {
  test('counts people, not lines: within a day the same person is not written down again', async () => {
    const stage = await openWithWorker()
    for (let hour = 0; hour < 5; hour++) {
      await stage.hear('小谢', pigeons)
      await stage.wait(3600)
    }
    expect(await stage.all('questions')).toHaveLength(1)
    await stage.wait(day)
    await stage.hear('小谢', pigeonsAgain)
    expect(await stage.all('questions')).toHaveLength(2)
    expect(await rows(stage)).toMatchObject([{ askers: 1 }])
  })

  test('holds no personal data', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '@小邻 请问养鸽子要办什么证，我住3号楼2单元501，电话13812345678')
    expect(JSON.stringify(await rows(stage))).not.toMatch(/501|13812345678/u)
    const [list] = await stage.hear(worker, '#未答')
    expect(list?.text).not.toMatch(/501|13812345678/u)
  })

  test('in a group shows only what was asked there, in the words that were said there', async () => {
    const stage = await openWithWorker()
    await stage.hear('冯女士', '请问在楼顶养鸽子要办什么证', { group: '' })
    await stage.hear('小谢', pigeons)
    await stage.hear('何姐', '请问社区陶艺班几点开课', { group: '北区业主群' })
    const [list] = await stage.hear(worker, '#未答问题')
    expect(list?.text).toMatch(/^1个问题还没答/u)
    expect(list?.text).toContain('养鸽子')
    expect(list?.text).not.toMatch(/楼顶|陶艺/u)
    const [none] = await stage.hear(worker, '#未答问题', { group: '别的群' })
    expect(none?.text).toBe('眼下没有待答的问题。')
  })

  test('shows the ten most asked, and says how many more there are', async () => {
    const stage = await openWithWorker()
    const crafts = '陶艺 剪纸 书法 国画 合唱 太极 口琴 烘焙 编织 摄影 茶艺 篆刻'.split(' ')
    for (const craft of crafts) await stage.hear('小谢', `@小邻 请问社区${craft}班几点开课`)
    await stage.hear('马叔', '@小邻 请问社区篆刻班几点开课')
    const [list] = await stage.hear(worker, '未答问题', { group: '' })
    expect(list?.text).toMatch(/^12个问题还没答.*\nQ12 /u)
    expect(list?.text.match(/^Q\d+ /gmu)).toHaveLength(10)
    expect(list?.text).toContain('还有2个')
  })

  test('two who ask the same at the same instant are one topic', async () => {
    const stage = await openWithWorker()
    await stage.say('小谢', pigeons)
    await stage.say('马叔', pigeonsAgain)
    stage.clock.now += 10_000
    const failures: unknown[] = []
    await stage.engine.beginDue((error) => error && failures.push(error))
    await expect.poll(() => stage.engine.isBusy()).toBe(false)
    expect(failures).toEqual([])
    expect(await rows(stage)).toMatchObject([{ id: 'Q1', askers: 2 }])
  })

  test.each(['你们那理发店几点开', '你好，理发店几点开', '你们几点下班', '咱这修鞋的在哪'])(
    'who asks the bot %j is told that it was noted, and it is',
    async (text) => {
      const stage = await openWithWorker()
      const [said] = await stage.hear('小谢', `@小邻 ${text}`)
      expect(said?.text).toContain('记下来')
      expect(await rows(stage)).toMatchObject([{ text }])
    },
  )

  test.each([
    '你几岁了',
    '现在几点',
    '今天几号',
    '你会唱歌不',
    '你吃饭了吗',
    '讲个笑话',
    '你住在哪',
    '去哪了你',
    '这是什么',
    '几点了',
    '在哪呢',
    '谁管你',
    '今天多少度',
  ])('small talk with the bot is not listed: %j', async (text) => {
    const stage = await openWithWorker()
    await stage.hear('小谢', `@小邻 ${text}`)
    expect(await rows(stage)).toEqual([])
  })

  test('a follow-up is listed with what it follows', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', `@小邻 ${pigeons}`)
    await stage.hear('小谢', '@小邻 那要带什么材料')
    const texts = (await rows(stage)).map(({ text }) => text)
    for (const text of texts) expect(text).toContain('养鸽子')
  })
})
