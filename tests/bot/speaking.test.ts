import { describe, expect, test } from 'vitest'
import type { GroupSetting } from '../../bot/documents.ts'
import { openStage, type Stage } from './stage.ts'

const question = '居民医保怎么交'
const broken = '3号楼2单元电梯坏了'

async function openWithWorker(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  return stage
}

async function set(stage: Stage, setting: GroupSetting): Promise<void> {
  await stage.hear('白阿姨', '早上好')
  await stage.change('groups', (await stage.groupNamed()).id, { setting })
}

describe('for 10 minutes after a line of staff the floor is theirs', () => {
  test('a question that was said before it stays unanswered, though it was still being thought about', async () => {
    const stage = await openWithWorker()
    await stage.say('小谢', question)
    await stage.wait(5)
    await stage.say('网格员小赵', '微信里搜国家医保局就能交')
    await stage.wait(60)
    expect(stage.saidTo()).toEqual([])
    expect(stage.silences).toContain('staffHere')
  })

  test('and so does one on its subject within the time; afterwards the bot answers again', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '医保今年可以在手机上交')
    await stage.wait(540)
    expect(await stage.hear('小谢', question)).toEqual([])
    await stage.wait(120)
    expect(await stage.hear('小谢', question)).toHaveLength(1)
  })

  test('a complaint still opens its ticket, silently', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '3号楼电梯的师傅在路上了')
    expect(await stage.hear('石女士', broken)).toEqual([])
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
  })

  test('a mention is answered all the same', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '我在，请讲')
    expect(await stage.hear('小谢', `@小邻 ${question}`)).toHaveLength(1)
  })

  test('a volunteer is not staff', async () => {
    const stage = await openStage()
    await stage.hire('志愿者小孙', 'volunteer')
    await stage.hear('志愿者小孙', '大家早')
    expect(await stage.hear('小谢', question)).toHaveLength(1)
  })

  test('staff in another group have no floor here', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '大家早', { group: '别的群' })
    expect(await stage.hear('小谢', question)).toHaveLength(1)
  })

  test('staff themselves are not answered unasked, and open no tickets by talking', async () => {
    const stage = await openWithWorker()
    expect(await stage.hear('网格员小赵', question)).toEqual([])
    await stage.wait(700)
    expect(await stage.hear('网格员小赵', broken)).toEqual([])
    expect(stage.events).toEqual([])
  })
})

describe('a group decides how much the bot says', () => {
  test('listen: tickets silently, not a word of its own', async () => {
    const stage = await openStage()
    await set(stage, 'listen')
    expect(await stage.hear('小谢', question)).toEqual([])
    expect(await stage.hear('石女士', broken)).toEqual([])
    expect(stage.eventTypes).toEqual(['opened', 'dispatched'])
    expect(stage.silences).toContain('listenOnly')
  })

  test('mentioned: only to those who mention it', async () => {
    const stage = await openStage()
    await set(stage, 'mentioned')
    expect(await stage.hear('小谢', question)).toEqual([])
    expect(await stage.hear('小谢', `@小邻 ${question}`)).toHaveLength(1)
    expect(stage.silences).toContain('mentionedOnly')
  })

  test('answer: when it is sure', async () => {
    const stage = await openStage()
    expect(await stage.hear('小谢', question)).toHaveLength(1)
  })

  test('staff set it in words, residents cannot', async () => {
    const stage = await openWithWorker()
    await stage.hear('路人', '@小邻 #安静')
    expect((await stage.groupNamed()).setting).toBe('answer')
    await stage.hear('网格员小赵', '#安静')
    expect((await stage.groupNamed()).setting).toBe('listen')
    await stage.hear('网格员小赵', '#正常')
    expect((await stage.groupNamed()).setting).toBe('answer')
  })
})

describe('a group is not a help desk', () => {
  const chatter = [
    '早上好',
    '有拼车去东站的吗',
    '昨天那电影真精彩',
    '团购的苹果到了，来拿',
    '已经修好了，谢谢',
    '谢谢小邻',
  ]

  test.each(chatter)('%s: no word', async (text) => {
    const stage = await openStage()
    expect(await stage.hear('白阿姨', text)).toEqual([])
    expect(stage.events).toEqual([])
  })

  test('the same is not answered twice within half an hour, and again later', async () => {
    const stage = await openStage()
    expect(await stage.hear('小谢', question)).toHaveLength(1)
    expect(await stage.hear('马叔', question)).toEqual([])
    expect(stage.silences).toContain('saidAlready')
    await stage.wait(1800)
    expect(await stage.hear('白阿姨', question)).toHaveLength(1)
  })

  test('ten small answers in ten minutes are enough; whoever mentions it, or reports a problem, is still answered', async () => {
    const stage = await openStage()
    const things = [
      '苹果核',
      '旧报纸',
      '过期药',
      '鱼骨头',
      '纸箱',
      '废灯管',
      '香蕉皮',
      '易拉罐',
      '核桃壳',
      '剩饭',
      '牛奶盒',
      '旧袜子',
    ]
    for (const thing of things) await stage.hear('小谢', `${thing}是什么垃圾`)
    expect(stage.saidTo()).toHaveLength(10)
    expect(stage.silences.filter((reason) => reason === 'tooOften')).toHaveLength(2)
    expect(await stage.hear('小谢', '@小邻 旧毛巾是什么垃圾')).toHaveLength(1)
    expect(await stage.hear('石女士', broken)).toHaveLength(1)
    await stage.wait(600)
    expect(await stage.hear('小谢', '牛奶盒是什么垃圾')).toHaveLength(1)
  })

  test('a question that nothing answers is listed, and nobody is bothered', async () => {
    const stage = await openStage()
    expect(await stage.hear('小谢', '请问养鸽子要办什么证')).toEqual([])
    expect(await stage.all('questions')).toMatchObject([
      { state: 'open', text: expect.stringContaining('鸽子') },
    ])
  })

  test('what is asked of the bot itself is not answered with a rule', async () => {
    const stage = await openStage()
    const [answer] = await stage.hear('老赵', '@小邻 你会唱歌不')
    expect(answer?.text).toContain('我在')
  })

  test('mentioned, it always answers something', async () => {
    const stage = await openStage()
    for (const text of [
      '@小邻',
      '@小邻 在吗',
      '@小邻 谢谢',
      '@小邻 今天天气不错',
      '@小邻 请问养鸽子要办什么证',
    ])
      expect(await stage.hear('小谢', text), text).toHaveLength(1)
  })

  test('the next question may leave out its subject', async () => {
    const stage = await openStage()
    await stage.hear('小谢', '@小邻 低保怎么申请')
    const [answer] = await stage.hear('小谢', '@小邻 那要带什么材料')
    expect(answer?.text).toContain('最低生活保障')
    const [lost] = await stage.hear('马叔', '@小邻 那要带什么材料')
    expect(lost?.text).not.toContain('《最低生活保障与特困人员供养（示例）》第')
    expect(lost?.text).not.toBe(answer?.text)
  })
})
