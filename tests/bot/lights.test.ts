import { describe, expect, test } from 'vitest'
import type { Ticket } from '../../tickets/ticket.ts'
import { instant, openStage, type Stage } from './stage.ts'

const report = '3号楼2单元电梯坏了'

/** A replay has no summaries: each light is told at once. */
async function withoutSummaries(): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-16 09:00', settings: { scheduledDuties: false } })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  return stage
}

describe('without summaries a light is told when it turns', () => {
  test('yellow to the grid worker, red to the grid leader, each once', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.runUntil(instant('2026-11-18 15:00'))
    expect(stage.toldTo('网格员小赵')).toEqual([])
    await stage.runUntil(instant('2026-11-18 15:01'))
    expect(stage.toldTo('网格员小赵')).toEqual([expect.stringMatching(/【黄】.*1116-001/u)])
    expect(stage.toldTo('网格长老钱')).toEqual([])
    await stage.runUntil(instant('2026-11-20 09:00'))
    expect(stage.toldTo('网格长老钱')).toEqual([
      '【红】单号1116-001（3号楼2单元电梯问题）过期了，物业，原定11月19日18:00，请过问。知道了请回“收到”，就不再往上报。',
    ])
    expect(stage.toldTo('网格员小赵')).toHaveLength(1)
  })

  test('whoever took the ticket hears of the red light, too, and need not answer for it', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.hire('网格员小李', 'grid_worker')
    await stage.hear('网格员小李', '接单 1116-001', { group: '' })
    await stage.runUntil(instant('2026-11-20 09:00'))
    const red = stage.toldTo('网格员小李').filter((text) => text.includes('【红】'))
    expect(red).toEqual([expect.not.stringContaining('收到')])
    expect(red).toEqual([expect.stringContaining('原定11月19日18:00，请尽快办好')])
  })

  test('a red light that nobody is there for is on record with its role', async () => {
    const stage = await openStage({ start: '2026-11-16 09:00', settings: { scheduledDuties: false } })
    await stage.hear('石女士', report)
    await stage.runUntil(instant('2026-11-20 09:00'))
    const nobody = stage.happenings.flatMap((each) => (each.type === 'undeliverable' ? [each.to] : []))
    expect(nobody).toEqual(['grid_worker', 'grid_leader'])
  })

  test('three tickets of one morning turn red at 18:00: one message, not three', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的')
    await stage.hear('白阿姨', '5号楼1单元门禁坏了，进不去')
    await stage.runUntil(instant('2026-11-20 09:00'))
    const told = stage.toldTo('网格长老钱')
    expect(told).toEqual([expect.stringMatching(/【红】3张.*1116-001.*1116-002.*1116-003.*回“收到”/su)])
    expect(stage.eventTypes.filter((type) => type === 'escalated')).toHaveLength(3)
  })
})

test('a bot that begins all that is due side by side makes one message of it, too', async () => {
  const stage = await withoutSummaries()
  await stage.hear('石女士', report)
  await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的')
  await stage.hear('白阿姨', '5号楼1单元门禁坏了，进不去')
  await stage.runUntil(instant('2026-11-19 17:59'))
  stage.clock.now = instant('2026-11-19 18:05')
  const failures: unknown[] = []
  await stage.engine.beginDue((error) => {
    if (error !== undefined) failures.push(error)
  })
  while (stage.engine.isBusy()) await new Promise(setImmediate)
  await stage.wait(30)
  expect(failures).toEqual([])
  expect(stage.toldTo('网格长老钱')).toEqual([expect.stringContaining('3张')])
  expect(stage.eventTypes.filter((type) => type === 'escalated')).toHaveLength(3)
})

describe('a light belongs to the work that is left', () => {
  test('a ticket that is done needs no light any more', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.hear('网格员小赵', '办结 1116-001 修好了', { group: '' })
    const before = stage.toldTo('网格员小赵').length
    await stage.runUntil(instant('2026-11-17 18:00'))
    expect(stage.toldTo('网格员小赵').slice(before)).toEqual([])
    expect(await lightTimers(stage)).toEqual([])
  })

  test('a reopened one gets its light back', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.hear('网格员小赵', '办结 1116-001 修好了', { group: '' })
    await stage.hear('石女士', '不满意')
    const before = stage.toldTo('网格员小赵').length
    await stage.runUntil(instant('2026-11-17 18:00'))
    expect(stage.toldTo('网格员小赵').slice(before)).toEqual([expect.stringContaining('【黄】')])
  })

  test('on hold it stands still as it was, and goes on with what was left', async () => {
    const stage = await withoutSummaries()
    await stage.hear('石女士', report)
    await stage.hear('网格员小赵', '挂起 1116-001 等配件 到11月25日', { group: '' })
    expect(await lightTimers(stage)).toEqual([])
    await stage.runUntil(instant('2026-11-24 20:00'))
    expect(stage.toldTo('网格长老钱')).toEqual([])
    await stage.hear('网格员小赵', '恢复 1116-001', { group: '' })
    const [ticket] = await stage.all('tickets')
    expect((ticket as Ticket).deadline).toBeGreaterThan(instant('2026-11-26 18:00'))
    expect(await lightTimers(stage)).toEqual([{ light: 'yellow', dueAt: (ticket as Ticket).yellowAt }])
  })
})

describe('with summaries a light waits for the next one', () => {
  test('unless it would come less than two working hours before the deadline', async () => {
    const stage = await openStage({ start: '2026-11-16 09:00' })
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', '3号楼2单元停水了')
    await stage.hear('马叔', report)
    // due on the 17th at 18:00, half an hour after the summary: yellow is told at 12:00
    await stage.runUntil(instant('2026-11-17 12:01'))
    expect(stage.toldTo('网格员小赵')).toEqual([expect.stringMatching(/【黄】.*1116-001/u)])
    // due on the 19th, yellow since the 18th at 15:00: the summary of 17:30 is early enough
    await stage.runUntil(instant('2026-11-18 17:00'))
    expect(stage.toldTo('网格员小赵').join()).not.toContain('1116-002')
  })

  test('an emergency is told at once, by night as well', async () => {
    const stage = await openStage({ start: '2026-11-16 22:00' })
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hire('网格长老钱', 'grid_leader')
    await stage.hear('石女士', '3号楼2单元着火了，救命')
    await stage.hear('网格员小赵', '我去看', { group: '' })
    await stage.runUntil(instant('2026-11-17 00:05'))
    expect(stage.toldTo('网格员小赵').filter((text) => text.includes('【黄】'))).toHaveLength(1)
    expect(stage.toldTo('网格长老钱').filter((text) => text.includes('【红】'))).toHaveLength(1)
  })
})

async function lightTimers(stage: Stage) {
  const timers = await stage.all('timers')
  return timers.flatMap((timer) =>
    timer.kind === 'light' ? [{ light: timer.light, dueAt: timer.dueAt }] : [],
  )
}
