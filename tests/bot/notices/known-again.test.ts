import { describe, expect, test } from 'vitest'
import { instant } from '../stage.ts'
import { first, openAfterStage, shops } from './after-stage.ts'

const water = '各位邻居：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。'
const vaccine = '下周三上午8点半到11点，卫生服务站打流感疫苗，60岁以上免费，请带身份证。'

const asks = [
  ...[
    '刚才的通知谁有',
    '通知再发一下',
    '停水的通知找不到了，谁有',
    '昨天那个停水通知在哪看',
    '谁有停水通知发我一份',
  ],
  ...[
    '通知说的啥来着，没看到',
    '麻烦把通知再发一遍',
    '停水那个公告谁存了',
    '刚才通知刷过去了，再发一下',
    '求一下停水通知',
  ],
]
const others = [
  ...[
    '怎么没通知就停水',
    '停水都不通知一声',
    '谁通知的',
    '大学录取通知书找不到了',
    '通知一下大家明天聚餐',
    '收到银行催缴通知了',
  ],
  ...[
    '学校的通知谁有',
    '快递说通知我去拿',
    '好的，谢谢通知',
    '没接到通知啊怎么停了',
    '麻烦通知一下物业来修',
    '通知都看了',
  ],
]

describe('the notice is asked for again', () => {
  test.each(asks)('%s: it is said again, word for word', async (text) => {
    const { stage, publish, hear } = await openAfterStage()
    await publish(water)
    stage.clock.now = instant(text.startsWith('昨天') ? '2026-11-21 07:30' : '2026-11-20 15:00')
    const [said, ...more] = await hear('周婶', text)
    expect(said?.replace('（这是11月20日发的通知）\n', '')).toBe(water)
    expect(more).toEqual([])
  })

  test.each(others)('%s: nothing is said again', async (text) => {
    const { stage, publish, hear } = await openAfterStage()
    await publish(water)
    stage.clock.now = instant('2026-11-20 15:00')
    expect(await hear('周婶', text)).not.toContain(water)
  })

  test('the newest that fits, and the newest of all when nothing is named', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(vaccine)
    await publish(water)
    expect(await hear('周婶', '那个打疫苗的通知谁有')).toEqual([vaccine])
    await stage.wait(600)
    expect(await hear('周婶', '通知再发一下')).toEqual([water])
    expect(await hear('周婶', '义诊的通知谁有', shops)).toEqual([])
  })

  test('at most once in ten minutes a group; who asks the bot itself is told where it stands', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(water)
    expect(await hear('周婶', '通知再发一下')).toEqual([water])
    expect(await hear('郑叔', '通知谁有')).toEqual([])
    expect(await hear('郑叔', '@小邻 通知再发一下')).toEqual(['刚才又发过一遍，请往上翻一翻。'])
    expect(await hear('钱老板', '通知再发一下', shops)).toEqual([water])
    await stage.wait(600)
    expect(await hear('郑叔', '通知谁有')).toEqual([water])
  })

  test('not when it is over: the bot says so to whoever asks it', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(water)
    stage.clock.now = instant('2026-11-21 15:00')
    await stage.wait(1)
    expect(await hear('周婶', '昨天的停水通知谁有')).toEqual([])
    expect(stage.silences.at(-1)).toBe('noticeOver')
    expect((await hear('周婶', '@小邻 昨天的停水通知再发一下')).join()).toContain('11月20日的，已经过了时间')
    expect((await hear('周婶', '@小邻 义诊的通知再发一下')).join()).toContain('这里最近没有这样的通知')
  })

  test('with its attachment behind the words', async () => {
    const { stage, publish, hear } = await openAfterStage()
    const attachment = { name: '停水范围.png', file: 'kept.png', kind: 'picture' as const }
    Object.assign(stage.house, {
      attachments: { save: async () => attachment, read: async () => new Uint8Array([1]) },
    })
    await publish(water, { attachment })
    stage.clock.now = instant('2026-11-20 15:00')
    const said = await hear('周婶', '通知再发一下')
    expect(said).toHaveLength(2)
    expect(said[0]).toBe(water)
    expect(said[1]).toContain('停水范围.png')
  })
})

describe('questions about a notice', () => {
  test('are answered in private to people of its groups, and to nobody else', async () => {
    const { publish, hear } = await openAfterStage()
    await publish(water)
    await hear('周婶', '早上好', first)
    await hear('吴伯', '早上好', '和平家园业主群')
    expect((await hear('周婶', '几点来水？', '')).join()).toContain('12点')
    expect((await hear('吴伯', '几点来水？', '')).join()).not.toContain('12点')
    expect(await hear('周婶', '通知再发一下', '')).toEqual([water])
  })

  test('are left to staff who have just spoken of it, unless the bot was asked', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(water)
    await stage.wait(1800)
    await hear('小赵', '停水的事大家看通知，来水时间以通知为准')
    expect(await hear('周婶', '那几点来水？')).toEqual([])
    expect(stage.silences.at(-1)).toBe('staffHere')
    expect((await hear('周婶', '@小邻 几点来水？')).join()).toContain('12点')
  })

  test('are answered once in half an hour, and by nobody when the notice is over', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(water)
    expect(await hear('周婶', '几点来水？')).toHaveLength(1)
    expect(await hear('郑叔', '水什么时候来啊')).toEqual([])
    expect(stage.silences.at(-1)).toBe('saidAlready')
    stage.clock.now = instant('2026-11-21 12:30')
    await stage.wait(1)
    expect((await hear('郑叔', '几点来水？')).join()).not.toContain('通知里')
  })

  test('that it does not answer are listed for staff when the bot was asked, and nothing is made up', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(water)
    expect(await hear('周婶', '停水打哪个电话问？')).toEqual([])
    expect(await hear('周婶', '@小邻 停水打哪个电话问？')).toEqual([
      '通知里没写这个，我帮您问问，有了答复就告诉您。',
    ])
    expect((await stage.all('questions')).map(({ text }) => text)).toContain('停水打哪个电话问？')
  })

  test('that name nothing are about the notice only while nobody has spoken of anything else', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await publish(vaccine)
    await hear('郑叔', '收到')
    expect((await hear('周婶', '要带什么？')).join()).toContain('请带身份证')
    const other = await openAfterStage()
    await other.publish(vaccine)
    await other.hear('郑叔', '周日有去爬山的吗，报我名')
    expect(await other.hear('周婶', '要带什么？')).toEqual([])
    await stage.wait(4 * 3600)
    expect(await hear('周婶', '免费吗？')).toEqual([])
  })

  test('of a group that wants the bot to listen only are not answered', async () => {
    const { publish, hear, stage } = await openAfterStage()
    await stage.change('groups', `g-${first}`, { setting: 'listen' })
    await publish(water)
    expect(await hear('周婶', '几点来水？')).toEqual([])
    expect(await hear('周婶', '通知再发一下')).toEqual([])
  })
})
