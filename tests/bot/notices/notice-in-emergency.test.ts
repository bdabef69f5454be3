import { expect, test } from 'vitest'
import { type AfterStage, first, openAfterStage } from './after-stage.ts'

/** It burns, staff are alerted, and one of them goes on with a notice. */
async function burning(): Promise<AfterStage> {
  const after = await openAfterStage()
  await after.stage.say('周婶', '5号楼着火了，快来人', { group: first })
  expect(await laddersOf(after)).toBe(1)
  return after
}

async function laddersOf({ stage }: AfterStage): Promise<number> {
  return (await stage.all('timers')).filter(({ kind }) => kind === 'ladder').length
}

test.each([
  '通知 幸福里二期业主群 明天上午义诊',
  '通知幸福里二期业主群明天上午义诊',
  '#通知进度',
  '通知列表',
  '发送',
  '发送 1',
  '撤回通知1',
  '同意',
])('%s, said by staff in private while it burns, is no answer to the alert', async (text) => {
  const after = await burning()
  await after.hear('小赵', text, '')
  expect(after.stage.eventTypes).not.toContain('acknowledged')
  expect(await laddersOf(after)).toBe(1)
  await after.stage.wait(120)
  expect(after.stage.toldTo('老钱').join()).toContain('紧急')
})

test('what the bot asked about a notice may be answered without ending the alert', async () => {
  const after = await burning()
  expect((await after.hear('小赵', '通知 明天上午9点停水，请提前储水', '')).join()).toContain('发给谁')
  await after.hear('小赵', '幸福里二期业主群', '')
  expect(await laddersOf(after)).toBe(1)
})

test('nor does its second line, sent in the same breath', async () => {
  const after = await burning()
  await after.stage.say('小赵', '通知 幸福里二期业主群', { group: '' })
  await after.stage.hear('小赵', '明天上午9点在活动室义诊', { group: '' })
  expect(await laddersOf(after)).toBe(1)
})

test.each(['收到，马上到', '通知消防了', '通知119了，我马上过去', '已通知物业，我在现场'])(
  '%s is an answer, also right after a notice',
  async (text) => {
    const after = await burning()
    await after.hear('小赵', '通知 幸福里二期业主群 明天上午义诊', '')
    await after.hear('小赵', text, '')
    expect(after.stage.eventTypes).toContain('acknowledged')
    expect(await laddersOf(after)).toBe(0)
  },
)
