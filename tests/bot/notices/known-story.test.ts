import { expect, test } from 'vitest'
import { elsewhere, first, openAfterStage, second, shops } from './after-stage.ts'

const water = '各位邻居：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。'

test('a notice answers in the groups that got it, then its correction does, and after the retraction nothing does', async () => {
  const { stage, publish, follow, hear } = await openAfterStage()
  const number = await publish(water)
  for (const group of [first, second, shops]) expect(stage.saidTo(group)).toEqual([water])
  expect(await hear('周婶', '几点来水啊')).toEqual([
    '11月20日的社区通知里写着：明天上午8点到12点停水，1-6号楼，管道检修，请提前接水。',
  ])
  expect(await hear('周婶', '哪几栋停水？', shops)).toHaveLength(1)
  expect(await hear('吴伯', '几点来水啊', elsewhere)).toEqual([])

  await stage.wait(3600)
  const correction = await follow(number, 'correction', '停水改到后天下午2点到5点，只停3号楼。')
  expect(stage.saidTo(second).at(-1)).toContain('【更正】')
  const [after] = await hear('周婶', '那几点来水？')
  expect(after).toBe('11月20日的社区通知里写着：停水改到后天下午2点到5点，只停3号楼。')
  // what was wrong is never said again
  expect(stage.saidTo(first).at(-1)).not.toContain('12点')

  await stage.wait(3600)
  await follow(correction, 'retraction')
  expect(stage.saidTo(second).at(-1)).toContain('【作废】')
  expect(await hear('周婶', '几点来水啊')).toEqual([])
  expect(await hear('周婶', '停水的通知谁有？')).toEqual([])
  expect(await hear('周婶', '@小邻 停水的通知再发一下')).toEqual(['那条通知已经作废了，请不用理会。'])
  expect(stage.eventTypes).toEqual([])
})
