import { describe, expect, test } from 'vitest'
import { buildingsIn } from '../../../bot/notices/residents/outage.ts'
import { instant } from '../stage.ts'
import { type AfterStage, first, openAfterStage } from './after-stage.ts'

const water = '各位邻居：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。'

async function onTheDay(time: string): Promise<AfterStage> {
  const after = await openAfterStage()
  await after.publish(water)
  await after.stage.runUntil(instant(`2026-11-21 ${time}`))
  return after
}

describe('怎么又停水了', () => {
  const sighs = [
    '怎么又停水了',
    '停水了吗',
    '没水了，怎么回事',
    '3号楼怎么没水',
    '怎么还没来水啊',
    '突然停水了',
    '家里没水了',
  ]

  test.each(sighs)(
    '%s, within time and place of a notice, is answered with its words and opens no ticket',
    async (text) => {
      const { stage, hear } = await onTheDay('09:30')
      const [said] = await hear('周婶', text)
      expect(said).toContain('上午8点到12点停水')
      expect(stage.eventTypes).toEqual([])
      // the next neighbour has just read it
      expect(await hear('郑叔', text)).toEqual([])
      expect(stage.eventTypes).toEqual([])
    },
  )

  const unexplained = [
    ['怎么没水了', '07:00', 'before it begins'],
    ['怎么又停水了', '13:00', 'after it is over'],
    ['9号楼怎么停水了', '09:30', 'in a building that it does not name'],
    ['怎么停电了', '09:30', 'when something else is off'],
  ] as const

  test.each(unexplained)('%s at %s is not explained by it: %s', async (text, time) => {
    const { hear } = await onTheDay(time)
    expect((await hear('周婶', text)).join('')).not.toContain('通知里写着')
  })

  const others = [
    ['3号楼没水了', '07:00', 'before it begins'],
    ['已经12点半了还没来水', '12:30', 'after it is over'],
    ['说好12点来水，现在还停着', '12:10', 'after it is over'],
    ['水怎么还没来', '12:40', 'after it is over'],
    ['9号楼停水了', '09:30', 'in a building that it does not name'],
    ['停水了怎么没通知！家里没水两天了', '09:30', 'when it has lasted longer than that'],
    ['停电了，3号楼一片黑', '09:30', 'when something else is off'],
    ['3号楼水管爆了，一楼全是水，快来人修', '09:30', 'when something is broken'],
  ] as const

  test.each(others)('%s at %s is a complaint: %s', async (text, time) => {
    const { stage, hear } = await onTheDay(time)
    expect((await hear('周婶', text)).join('')).not.toContain('通知里写着')
    expect(stage.eventTypes).toContain('opened')
  })

  test('an emergency stays one, whatever a notice says', async () => {
    const { stage, hear } = await onTheDay('09:30')
    const [said] = await hear('周婶', '停水了，家里煤气味好大，头晕')
    expect(said).not.toContain('通知里写着')
    expect(stage.events[0]).toMatchObject({ type: 'opened', urgency: 'emergency' })
  })

  test('and a group that has not got the notice knows nothing of it', async () => {
    const { stage, hear } = await onTheDay('09:30')
    await hear('吴伯', '3号楼停水了', '和平家园业主群')
    expect(stage.eventTypes).toContain('opened')
    expect(stage.saidTo(first)).toHaveLength(1)
  })
})

test.each([
  ['1-6号楼', ['1', '2', '3', '4', '5', '6']],
  ['1号楼、3号楼和9栋', ['1', '3', '9']],
  ['2、4、6号楼', ['2', '4', '6']],
  ['3号楼至5号楼', ['3', '4', '5']],
  ['明天8点到12点停水', []],
  ['幸福里小区全部楼栋', []],
])('the buildings of %s', (words, buildings) => {
  expect(buildingsIn(words)).toEqual(buildings)
})
