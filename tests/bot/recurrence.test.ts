import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { setSummaryTimer } from '../../bot/duties/summary.ts'
import type { House } from '../../bot/house.ts'
import { instant, openStage, type Stage } from './stage.ts'

const lift = '3号楼2单元电梯坏了'

/** The lift was repaired on the 3rd; `again` it is broken. */
async function brokenAgain(
  again: string,
  { words = lift, ...house }: Partial<Pick<House, 'supervision'>> & { words?: string; replay?: boolean } = {},
): Promise<Stage> {
  const { replay = false, ...lore } = house
  const stage = await openStage({
    ...{ start: '2026-11-03 09:00', lore },
    settings: { scheduledDuties: !replay },
  })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hear('石女士', lift)
  await stage.hear('网格员小赵', '办结 1103-001 换了门机', { group: '' })
  await stage.hear('石女士', '满意')
  stage.clock.now = instant(again)
  await setSummaryTimer(stage.house)
  await stage.hear('马叔', words)
  return stage
}

const toldLeader = (stage: Stage) => stage.toldTo('网格长老钱')

describe('what was repaired and is broken again is reported one level higher', () => {
  test('it is marked, and the grid leader reads of it in the next summary', async () => {
    const stage = await brokenAgain('2026-11-16 09:00')
    const ticket = { ticket: '20261116-001' }
    expect(stage.events.find(({ type }) => type === 'recurred')).toMatchObject({
      ...ticket,
      earlier: '20261103-001',
    })
    expect(stage.events.find(({ type }) => type === 'escalated')).toMatchObject({
      ...{ ...ticket, level: 1, reason: 'recurring' },
    })
    expect(toldLeader(stage)).toEqual([])
    await stage.runUntil(instant('2026-11-16 17:31'))
    expect(toldLeader(stage)).toEqual([expect.stringMatching(/等您过问1张：\n1116-001 .*（反复）/u)])
  })

  test('nobody need wait where there are no summaries', async () => {
    const stage = await brokenAgain('2026-11-16 09:00', { replay: true })
    expect(toldLeader(stage)).toEqual([expect.stringMatching(/【反复】单号1116-001.*回“收到”/u)])
  })

  test('nor when it weighs much: the grid leader is told at once', async () => {
    const { supervision } = (await openStage()).house
    const heavy = { ...supervision, weight: { ...supervision.weight, recurrence: 6 } }
    const stage = await brokenAgain('2026-11-16 09:00', { supervision: heavy })
    expect(toldLeader(stage)).toEqual([expect.stringContaining('【反复】')])
  })

  test('who has seen it is not told again, and red it starts one level higher', async () => {
    const stage = await brokenAgain('2026-11-16 09:00')
    await stage.hire('社区孙主任', 'admin')
    await stage.runUntil(instant('2026-11-16 18:00'))
    await stage.hear('网格长老钱', '收到', { group: '' })
    await stage.runUntil(instant('2026-11-19 17:00'))
    expect(toldLeader(stage).filter((text) => text.startsWith('【小结】'))).toHaveLength(1)
    await stage.runUntil(instant('2026-11-19 18:01'))
    expect(stage.events.filter(({ type }) => type === 'escalated').at(-1)).toMatchObject({
      ...{ level: 2, to: 'community', reason: 'overdue' },
    })
  })

  test('unanswered it does not climb before it is red', async () => {
    const stage = await brokenAgain('2026-11-16 09:00')
    await stage.hire('社区孙主任', 'admin')
    await stage.runUntil(instant('2026-11-19 17:59'))
    expect(stage.events.filter(({ type }) => type === 'escalated')).toHaveLength(1)
  })

  test('something else, or after more than thirty days, is new', async () => {
    for (const stage of [
      await brokenAgain('2026-12-04 09:00'),
      await brokenAgain('2026-11-16 09:00', { words: '9号楼1单元电梯坏了' }),
    ])
      expect(stage.eventTypes).not.toContain('recurred')
  })

  test('how many days, the community decides', async () => {
    const { supervision } = (await openStage()).house
    const longer = { ...supervision, recurrence: { ...supervision.recurrence, days: 60 } }
    const stage = await brokenAgain('2026-12-04 09:00', { supervision: longer })
    expect(stage.eventTypes).toContain('recurred')
  })
})

describe('reports of one platform', () => {
  async function reported(first: string, second: string): Promise<Stage> {
    const stage = await openStage({ start: '2026-11-03 09:00' })
    await stage.hire('网格员小赵', 'grid_worker')
    const app = { kind: 'system', name: 'app' } as const
    const report = (id: string, where: string) =>
      execute(stage.house, app, id, { type: 'ticket.open', category: 'facilities', text: '路灯坏了', where })
    await report('a', first)
    await stage.hear('网格员小赵', '办结 1103-001 换了灯泡', { group: '' })
    await stage.wait(86_400)
    await report('b', second)
    return stage
  }

  test('come back at the same place', async () => {
    expect((await reported('3号楼2单元', '3号楼')).eventTypes).toContain('recurred')
  })

  test.each([
    ['3号楼2单元', '幸福街88号'],
    ['幸福街88号', '7号楼'],
  ])('%s and %s are two matters', async (first, second) => {
    expect((await reported(first, second)).eventTypes).not.toContain('recurred')
  })
})
