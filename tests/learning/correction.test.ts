import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { openStage, type Stage } from '../bot/stage.ts'

const operator = { kind: 'operator' } as const

async function openWithWorker(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  return stage
}

describe('staff correct what the bot understood', () => {
  test('with its number a ticket moves to the right category and department at once', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    const said = await stage.hear('网格员小赵', '#纠正 1118-001 市容市貌')
    expect(said[0]?.text).toContain('1118-001改为：市容市貌')
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'amended'])
    const [ticket] = await stage.all('tickets')
    expect(ticket).toMatchObject({ category: 'streetscape', department: '城管' })
    expect(await stage.all('corrections')).toMatchObject([
      {
        text: '3号楼2单元的灯不亮了',
        was: { intent: 'complaint', category: 'facilities' },
        right: { intent: 'complaint', category: 'streetscape' },
        ticket: ticket?.id,
        state: 'valid',
      },
    ])
  })

  test('its place is put right too', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼的灯不亮了')
    await stage.hear('网格员小赵', '#纠正 1118-001 地点 5号楼1单元')
    expect((await stage.all('tickets'))[0]?.place).toMatchObject({ building: '5', unit: '1' })
  })

  test('without a number the last answer in the group is meant, all lines of that breath', async () => {
    const stage = await openWithWorker()
    await stage.say('石女士', '居民医保')
    await stage.hear('石女士', '怎么交')
    await stage.hear('小谢', '今天的菜真新鲜')
    await stage.hear('网格员小赵', '#纠正 闲聊')
    expect(await stage.all('corrections')).toMatchObject([
      { text: '居民医保\n怎么交', was: { intent: 'policy' }, right: { intent: 'chatter' } },
    ])
  })

  test('a line that was missed is quoted behind a colon; phone numbers in it are masked', async () => {
    const stage = await openWithWorker()
    await stage.hear('网格员小赵', '纠正 公共设施：楼下的铁门关不上，电话13800138000', { group: '' })
    const [correction] = await stage.all('corrections')
    expect(correction).toMatchObject({ right: { intent: 'complaint', category: 'facilities' }, person: null })
    expect(correction?.text).not.toContain('13800138000')
  })

  test('words that name nothing get an example, and nothing is kept', async () => {
    const stage = await openWithWorker()
    const said = await stage.hear('网格员小赵', '#纠正 不太对劲')
    expect(said[0]?.text).toContain('类别有')
    expect(await stage.hear('网格员小赵', '#纠正 闲聊')).toMatchObject([
      { text: expect.stringContaining('没找到') },
    ])
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a resident corrects nothing, whatever they write', async () => {
    const stage = await openStage()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    await stage.hear('路人', '@小邻 #纠正 1118-001 闲聊')
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a correction that was a mistake is withdrawn and stays on record; erasing the speaker takes it away', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    await stage.hear('网格员小赵', '#纠正 1118-001 市容市貌')
    const [correction] = await stage.all('corrections')
    await execute(stage.house, operator, 'c1', { type: 'correction.withdraw', correction: correction?.id })
    expect(await query(stage.house, operator, { type: 'corrections' })).toMatchObject([
      { state: 'withdrawn' },
    ])
    await execute(stage.house, operator, 'c2', { type: 'person.erase', person: correction?.person })
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a wrong answer goes on the list; what staff answer is said to the next who asks', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '居民医保怎么交')
    const [noted] = await stage.hear('网格员小赵', '#纠正 答错了')
    expect(noted?.text).toContain('回答 Q1')
    await stage.hear('网格员小赵', '#回答 Q1 今年改在社区二楼大厅交，带身份证')
    await stage.wait(3600)
    const [answer] = await stage.hear('石女士', '居民医保怎么交')
    expect(answer?.text).toContain('社区二楼大厅')
  })

  test('said again, a wrong answer is named where it stands, and nothing becomes chatter', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '居民医保怎么交')
    await stage.hear('网格员小赵', '#纠正 答错了')
    const [again] = await stage.hear('网格员小赵', '#纠正 答错了')
    expect(again?.text).toBe('“居民医保怎么交”已经列为Q1了。请说“回答 Q1 正确的内容”，问过的人会收到。')
    expect(await stage.all('questionTopics')).toHaveLength(1)
  })

  test('a wrong answer means the last question, not a greeting after it; its words are said, without the mention', async () => {
    const stage = await openWithWorker()
    await stage.hear('王阿姨', '@小邻 居民医保怎么交')
    await stage.hear('李叔', '@小邻 你好')
    const [noted] = await stage.hear('网格员小赵', '#纠正 答错了')
    expect(noted?.text).toContain('“居民医保怎么交”列为Q1')
    expect((await stage.all('questions'))[0]?.text).toBe('居民医保怎么交')
  })

  test('a quoted question is found with whoever asked it', async () => {
    const stage = await openWithWorker()
    await stage.hear('王阿姨', '@小邻 居民医保怎么交')
    await stage.hear('李叔', '@小邻 老年证怎么办')
    await stage.hear('网格员小赵', '#纠正 答错了：居民医保怎么交')
    const { id } = await stage.personNamed('王阿姨')
    const listed = (await stage.all('questions')).filter(({ text }) => text === '居民医保怎么交')
    expect(listed).toMatchObject([{ person: id }])
  })

  test('a ticket has no answer that could be wrong, and neither has a greeting', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    await stage.hear('李叔', '@小邻 你好')
    for (const line of ['#纠正 1118-001 答错了', '#纠正 答错了'])
      expect((await stage.hear('网格员小赵', line))[0]?.text).toContain('没找到我答错的是哪个问题')
    expect(await stage.all('questionTopics')).toEqual([])
    expect(await stage.all('corrections')).toEqual([])
  })

  test('what staff order the bot is no example of anything', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '居民医保怎么交')
    await stage.hear('网格员小赵', '@小邻 工单')
    await stage.hear('网格员小赵', '#纠正 闲聊')
    expect(await stage.all('corrections')).toMatchObject([{ text: '居民医保怎么交' }])
  })
})

describe('the reply says what became of the ticket', () => {
  async function afterLamp(): Promise<Stage> {
    const stage = await openWithWorker()
    await stage.hear('石女士', '3号楼2单元的灯不亮了')
    return stage
  }

  const replies: readonly [said: string, told: string, changed: boolean][] = [
    ['1118-001 市容市貌', '记下了，单号1118-001改为：市容市貌，交给城管办。', true],
    ['1118-001 地点：5号楼1单元', '记下了，单号1118-001的地点改为：5号楼1单元。', true],
    ['1118-001 地点 302室', '记下了，单号1118-001的地点改好了（门牌号不在群里说）。', true],
    [
      '1118-001 闲聊',
      '记下了，这样的话是闲聊，不用回，下次学习后就照这样办。单号1118-001照常办，没有动。',
      false,
    ],
    ['1118-001 公共设施', '单号1118-001本来就是：公共设施，没有动。', false],
    ['1118-001 地点 3号楼2单元', '单号1118-001本来就是：3号楼2单元，没有动。', false],
  ]

  test.each(replies)('纠正 %s', async (said, told, changed) => {
    const stage = await afterLamp()
    expect((await stage.hear('网格员小赵', `#纠正 ${said}`))[0]?.text).toBe(told)
    expect(stage.eventTypes.includes('amended')).toBe(changed)
    expect(await stage.all('corrections')).toHaveLength(1)
  })

  test('a place that nobody can read is asked for again, and nothing is kept', async () => {
    const stage = await afterLamp()
    const [said] = await stage.hear('网格员小赵', '#纠正 1118-001 地点 月亮上')
    expect(said?.text).toContain('没看懂这个地点：“月亮上”')
    expect(stage.eventTypes).not.toContain('amended')
    expect(await stage.all('corrections')).toEqual([])
  })

  test('a name that only the neighbours know is a place when the message says it', async () => {
    const stage = await openWithWorker()
    await stage.hear('石女士', '老槐树底下的灯不亮了')
    await stage.hear('网格员小赵', '#纠正 1118-001 地点 老槐树底下')
    expect((await stage.all('tickets'))[0]?.place).toMatchObject({ landmark: '老槐树底下' })
  })

  test('a ticket that is over stays as it is', async () => {
    const stage = await afterLamp()
    await stage.change('tickets', '20261118-001', { state: 'closed' })
    const [said] = await stage.hear('网格员小赵', '#纠正 1118-001 市容市貌')
    expect(said?.text).toContain('单号1118-001已经了结，没有动')
    const [placed] = await stage.hear('网格员小赵', '#纠正 1118-001 地点 5号楼1单元302')
    expect(placed?.text).toMatch(/5号楼1单元，/)
    expect(placed?.text).not.toContain('302')
    expect((await stage.all('tickets'))[0]?.category).toBe('facilities')
  })
})

describe('the door refuses what contradicts itself', () => {
  const right = { intent: 'complaint', category: 'noise' }
  const refused: readonly [command: object, why: RegExp][] = [
    [{ text: '夜里打桩', ticket: '20261118-009', right }, /a ticket or the words of a message, not both/],
    [{ ticket: '20261118-009', right }, /no ticket 20261118-009/],
    [{ text: '夜里打桩', right: { intent: 'policy', category: 'noise' } }, /only a complaint has a category/],
    [{ text: '夜里打桩', right: {} }, /an intent, a category, a place/],
  ]

  test.each(refused)('%j', async (command, why) => {
    const stage = await openStage()
    const adding = execute(stage.house, operator, 'c1', { type: 'correction.add', ...command })
    await expect(adding).rejects.toThrow(why)
    expect(await stage.all('corrections')).toEqual([])
  })
})
