import { expect, test } from 'vitest'
import { day, hour } from '../../../tickets/shanghai-time.ts'
import { instant } from '../stage.ts'
import { openNoticeStage } from './notice-stage.ts'

const owners = { places: ['幸福里社区'], tags: ['业主群'] }
const weekly = { cron: '30 8 * * 1', words: '每周一 08:30', workingDaysOnly: false }

test('a notice about this morning is not written for this afternoon', async () => {
  const { run } = await openNoticeStage({ start: '2026-11-18 07:30' })
  const sendAt = instant('2026-11-18 14:00')
  const text = '今天上午8点到12点停水'
  await expect(run('小赵', { type: 'notice.write', text, targets: owners, sendAt })).rejects.toMatchObject({
    fault: { kind: 'ends-before-it-begins', sendAt },
  })
})

test('a draft of the morning that is changed in the afternoon does not live until tomorrow', async () => {
  const { stage, run, notice } = await openNoticeStage({ start: '2026-11-18 07:30' })
  await run('小赵', { type: 'notice.write', text: '今天上午8点到12点停水', targets: owners })
  await stage.wait(6 * 3_600)
  await expect(run('小赵', { type: 'notice.revise', notice: 'N1', receipt: true })).rejects.toMatchObject({
    fault: { kind: 'ends-before-it-begins' },
  })
  expect((await notice('N1')).expiresAt).toBe(instant('2026-11-18 12:00'))
})

test('a repeated notice does not begin before its start', async () => {
  const { run } = await openNoticeStage({ start: '2026-11-18 07:30' })
  const sendAt = instant('2026-12-01 00:00')
  const preview = await run('operator', {
    ...{ type: 'notice.write', text: '请把楼道里的杂物收走。', targets: owners, sendAt, repeat: weekly },
  })
  expect(preview['beginsAt']).toContain('2026-12-07T08:30')
})

test('a repeated notice that would be over before its first time, and an end that is far too late, are refused', async () => {
  const { stage, run } = await openNoticeStage({ start: '2026-11-18 07:30' })
  const written = { type: 'notice.write', text: '请把楼道里的杂物收走。', targets: owners }
  const now = stage.house.now()
  await expect(run('operator', { ...written, repeat: weekly, expiresAt: now + hour })).rejects.toMatchObject({
    fault: { kind: 'ends-before-it-begins' },
  })
  await expect(run('operator', { ...written, expiresAt: now + 400 * day })).rejects.toMatchObject({
    fault: { kind: 'too-far' },
  })
  for (const late of [{ sendAt: 9e15 }, { expiresAt: 9e15 }, { repeat: { ...weekly, until: 9e15 } }])
    await expect(run('operator', { ...written, ...late })).rejects.toThrow()
})

test('each round of a repeated notice lives as long as its words say', async () => {
  const { stage, run, notice } = await openNoticeStage({ start: '2026-11-18 05:00' })
  const repeat = { cron: '0 6 * * *', words: '每天 06:00', workingDaysOnly: false }
  await run('operator', { type: 'notice.write', text: '7点到9点收旧衣服。', targets: owners, repeat })
  await run('operator', { type: 'notice.submit', notice: 'N1' })
  await stage.wait(2.5 * 3_600)
  expect((await notice('N2')).expiresAt).toBe(instant('2026-11-18 09:00'))
})
