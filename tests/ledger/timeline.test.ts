import { describe, expect, test } from 'vitest'
import { query } from '../../bot/doors/query.ts'
import type { TimelineRow } from '../../bot/ledger/timeline.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { openStage, type Stage } from '../bot/stage.ts'
import { operator } from './neighbourhood.ts'

async function lines(
  stage: Stage,
  actor: object = operator,
  ticket = '1118-001',
): Promise<readonly string[]> {
  const rows = await query(stage.house, actor as never, { type: 'ticket.timeline', ticket })
  return (rows as readonly TimelineRow[]).map(({ time, text }) => `${time.slice(11)} ${text}`)
}

async function trappedInTheLift(): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-18 14:02' })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长吴敏', 'grid_leader')
  await stage.hear('王阿姨', '11号楼1单元302电梯困人了，快来人！')
  await stage.wait(130)
  await stage.hear('网格长吴敏', '我到了，维保也到了')
  await stage.wait(600)
  return stage
}

describe('the history of a ticket', () => {
  test('of an emergency reads as a timeline: who reported, who was told, who came', async () => {
    const stage = await trappedInTheLift()
    const told = await lines(stage)
    expect(told.slice(0, 5)).toEqual([
      expect.stringMatching(/^14:02 王阿姨报急：“11号楼1单元302电梯困人了，快来人！”（11号楼1单元302/),
      expect.stringMatching(/^14:02 派给/),
      '14:02 通知网格员小赵（已送达）',
      '14:04 第2次通知网格长吴敏（已送达）：没有人应答',
      '14:04 网格长吴敏接单',
    ])
  })

  test('still tells each step of the ladder when the sent alerts are forgotten after a week', async () => {
    const stage = await trappedInTheLift()
    await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: stage.clock.now + 8 * day })
    await stage.runUntil(stage.clock.now + 9 * day)
    expect(await lines(stage)).toContain('14:04 第2次通知网格长：没有人应答')
  })

  test('tells an ordinary ticket from the report to its end', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', '@小邻 3号楼2单元的路灯坏了')
    await stage.hear('马叔', '3号楼2单元的路灯坏了')
    await stage.hear('石女士', '@小邻 我的单子催一下')
    await stage.hear('网格员小赵', '#办结 1118-001 换了灯泡')
    await stage.hear('石女士', '@小邻 满意')
    const told = (await lines(stage)).map((line) => line.slice(6))
    for (const part of [
      '石女士报：“3号楼2单元的路灯坏了”（3号楼2单元，物业）',
      '马叔：我家也是',
      '石女士催办',
    ])
      expect(told).toContain(part)
    expect(told.slice(-3)).toEqual([
      '网格员小赵办结：换了灯泡',
      '石女士：满意',
      expect.stringMatching(/^销号/),
    ])
  })

  test('shows what was said, names and rooms only to those who answer for the place', async () => {
    const stage = await trappedInTheLift()
    await stage.put('places', { id: 'here', name: '槐荫社区', kind: 'community', parent: null })
    await stage.put('places', { id: 'there', name: '柳岸社区', kind: 'community', parent: null })
    await stage.change('groups', (await stage.groupNamed()).id, { places: ['here'] })
    const near = { kind: 'person', id: await stage.hire('小钱', 'grid_worker') }
    const far = { kind: 'person', id: await stage.hire('小孙', 'grid_worker') }
    await stage.change('people', near.id, { places: ['here'] })
    await stage.change('people', far.id, { places: ['there'] })
    expect((await lines(stage, near)).join()).toContain('王阿姨报急：“11号楼1单元302')
    const seen = await query(stage.house, far as never, { type: 'ticket.timeline', ticket: '1118-001' })
    expect(JSON.stringify(seen)).not.toMatch(/王阿姨|302|困人/)
    expect(JSON.stringify(seen)).not.toContain((await stage.personNamed('王阿姨')).id)
    expect(JSON.stringify(seen)).toContain('第2次通知网格长')
  })

  test('is for staff: a resident is refused, and so is everybody for a number that is none', async () => {
    const stage = await trappedInTheLift()
    const resident = { kind: 'person', id: (await stage.personNamed('王阿姨')).id }
    await expect(lines(stage, resident)).rejects.toMatchObject({ code: 'authority' })
    await expect(lines(stage, operator, '1118-099')).rejects.toThrow('no ticket 1118-099: expected a number')
  })
})
