import { describe, expect, test } from 'vitest'
import { firstForgetting } from '../../bot/duties/forget.ts'
import { instant, openStage, type Stage } from './stage.ts'

const report = '3号楼2单元电梯坏了'

describe('what is past its time is forgotten', () => {
  async function openWithDuty(): Promise<Stage> {
    const stage = await openStage()
    await stage.put('timers', firstForgetting(stage.clock.now))
    return stage
  }

  test('chatter after 7 days, in the night', async () => {
    const stage = await openWithDuty()
    await stage.hear('白阿姨', '早上好')
    await stage.runUntil(instant('2026-11-25 08:00'))
    expect(await stage.all('inbox')).toHaveLength(1)
    await stage.runUntil(instant('2026-11-26 03:01'))
    expect(await stage.all('inbox')).toEqual([])
  })

  test('messages of a ticket are kept as long as the ticket', async () => {
    const stage = await openWithDuty()
    await stage.hear('石女士', report)
    await stage.hear('石女士', '', { photo: 'lift.jpg' })
    await stage.hear('白阿姨', '早上好')
    await stage.runUntil(instant('2026-12-20 09:00'))
    expect((await stage.all('inbox')).map(({ text }) => text).toSorted()).toEqual(['', report])
  })

  test('what was sent after 7 days as well', async () => {
    const stage = await openWithDuty()
    await stage.hear('石女士', report)
    expect(await stage.all('outbox')).toHaveLength(1)
    await stage.runUntil(instant('2026-11-26 03:01'))
    expect(await stage.all('outbox')).toEqual([])
  })

  test('a closed ticket with all that hangs on it after three years, an open one never', async () => {
    const stage = await openWithDuty()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', report)
    await stage.hear('网格员小赵', '#办结 1118-001 修好了')
    await stage.hear('石女士', '满意')
    await stage.hear('马叔', '小区南门路灯不亮，黑漆漆的')
    stage.clock.now = instant('2029-11-10 09:00')
    await stage.engine.runDue()
    expect(await stage.all('tickets')).toHaveLength(2)
    stage.clock.now = instant('2029-11-20 09:00')
    await stage.engine.runDue()
    expect((await stage.all('tickets')).map(({ id }) => id)).toEqual(['20261118-002'])
    expect(new Set((await stage.all('ticketEvents')).map(({ ticket }) => ticket))).toEqual(
      new Set(['20261118-002']),
    )
    expect((await stage.all('ticketPeople')).map(({ ticket }) => ticket)).toEqual(['20261118-002'])
    expect((await stage.all('inbox')).map(({ text }) => text)).toEqual(['小区南门路灯不亮，黑漆漆的'])
  })

  test('a code that nobody used', async () => {
    const stage = await openWithDuty()
    const expiresAt = stage.clock.now + 1000
    await stage.put('codes', { id: 'LL-23456789', kind: 'person', person: 'p-x', expiresAt })
    await stage.runUntil(instant('2026-11-19 03:01'))
    expect(await stage.all('codes')).toEqual([])
  })
})
