import { expect, test } from 'vitest'
import { instant } from '../stage.ts'
import { type AfterStage, first, openAfterStage } from './after-stage.ts'

const water = '各位邻居：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。'

async function during(notice: string): Promise<AfterStage> {
  const after = await openAfterStage()
  await after.publish(notice)
  await after.stage.runUntil(instant('2026-11-21 09:30'))
  return after
}

const notExplained = [
  ['不是说1-6号楼吗，我们10号楼怎么也没水', '10'],
  ['不是1-6号楼吗，怎么9号楼没水', '9'],
  ['8号楼怎么也停水了', '8'],
  ['10号楼怎么没水', '10'],
  ['我住9号楼怎么也没水', '9'],
] as const

test.each(notExplained)(
  '%s: a building that the notice does not name gets its ticket',
  async (text, building) => {
    const { stage, hear } = await during(water)
    await hear('周婶', text)
    expect(stage.eventTypes).toContain('opened')
    const [ticket] = await stage.all('tickets')
    expect(ticket?.place?.building).toBe(building)
  },
)

test.each(['只有我家停水，邻居家都有', '我家停水三天了'])(
  '%s: no notice explains that, and it gets its ticket',
  async (text) => {
    const { stage, hear } = await during(water)
    await hear('周婶', text)
    expect(stage.eventTypes).toContain('opened')
  },
)

test.each(['8号楼停水吗', '会不会停到10号楼', '几点来水'])(
  '%s is a question and opens nothing',
  async (text) => {
    const { stage, hear } = await during(water)
    await hear('周婶', text)
    expect(stage.eventTypes).toEqual([])
  },
)

const behindReceipts = [
  '收到，3号楼水管爆了',
  '收到 5号楼下水道堵了',
  '收到，谢谢。3号楼2单元路灯坏了',
  '收到，3号楼漏水了，来人修修',
]

test.each(behindReceipts)('%s is counted as read, and what is wrong gets its ticket', async (text) => {
  const { stage, hear } = await during('明天下午大扫除，请把楼道清空。收到请回复')
  await hear('周婶', text)
  expect(stage.eventTypes).toContain('opened')
})

test('收到 alone stays a receipt and opens nothing', async () => {
  const { stage, hear } = await during('明天下午大扫除，请把楼道清空。收到请回复')
  await hear('周婶', '收到，谢谢社区')
  expect(stage.eventTypes).toEqual([])
  expect(stage.saidTo(first)).toHaveLength(1)
})

const pressure = '明天上午9点到11点在3号楼前广场量血压，请带身份证和医保卡。'

test.each(['医保缴费要带什么', '办医保卡要带什么', '后天还办吗'])(
  '@小邻 %s is not answered with a notice about something else',
  async (text) => {
    const { hear } = await during(pressure)
    expect((await hear('周婶', `@小邻 ${text}`)).join('')).not.toContain('通知里写着')
  },
)

test('what is to be brought to it is still answered from it', async () => {
  const { hear } = await during(pressure)
  expect((await hear('周婶', '@小邻 量血压要带什么')).join('')).toContain('医保卡')
})

test('said again on the day itself, a notice tells first of which day it is', async () => {
  const { stage, hear } = await during(water)
  await hear('周婶', '停水的通知谁有')
  expect(stage.saidTo(first).at(-1)).toMatch(/^（这是11月20日发的通知）\n/u)
})
