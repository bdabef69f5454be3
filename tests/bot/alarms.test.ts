import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import type { AlarmRules } from '../../tickets/alarms.ts'
import { openStage, realLore, type Stage } from './stage.ts'

/** What becomes of alarms that no single story tells: devices, bindings, levels that fall, and the settings' mistakes. */

const platform = { kind: 'system', name: 'platform' } as const

async function openWith(alarms: Partial<AlarmRules> = {}): Promise<Stage> {
  const known = (await realLore()).alarms
  const stage = await openStage({ lore: { alarms: { ...known, ...alarms } } })
  await stage.hire('网格员小赵', 'grid_worker')
  return stage
}

let count = 0

function report(stage: Stage, alarm: object, actor: object = platform) {
  const at = new Date(stage.clock.now).toISOString()
  const command = { type: 'alarm.report', kind: 'fume', state: 'raised', at, ...alarm }
  return execute(stage.house, actor as typeof platform, `alarm/${++count}`, command)
}

describe('signals of one device', () => {
  test('with an id of their own each are one ticket while one of them lasts', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', device: 'd1' })
    await stage.wait(60)
    expect(await report(stage, { id: 'e2', device: 'd1' })).toMatchObject({
      ...{ ticket: '20261118-001', done: 'kept' },
    })
    await report(stage, { id: 'e1', device: 'd1', state: 'ended' })
    await stage.wait(30 * 60)
    expect((await stage.all('tickets'))[0]?.state).toBe('dispatched')
    await report(stage, { id: 'e2', device: 'd1', state: 'ended' })
    await stage.wait(11 * 60)
    expect((await stage.all('tickets')).map(({ state }) => state)).toEqual(['closed'])
  })

  test('that come again later recur, whatever their id', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', device: 'd1' })
    await report(stage, { id: 'e1', device: 'd1', state: 'ended' })
    await stage.wait(3600)
    await report(stage, { id: 'e2', device: 'd1' })
    expect(stage.events.at(-1)).toMatchObject({ type: 'recurred', earlier: '20261118-001' })
  })

  test('that come again at the place of a complaint that was closed lately are reported one level higher', async () => {
    const stage = await openWith()
    const leader = await stage.hire('网格长老钱', 'grid_leader')
    await stage.hear('石女士', '@小邻 3号楼楼下烧烤店油烟太大了')
    await stage.hear('网格员小赵', '办结 1118-001 已让店家装净化器', { group: '' })
    await stage.hear('石女士', '@小邻 满意')
    await report(stage, { id: 'e1', place: '3号楼', text: '油烟超标' })
    expect(stage.events.slice(-2)).toMatchObject([
      { type: 'recurred', earlier: '20261118-001' },
      { type: 'escalated', reason: 'recurring', level: 1 },
    ])
    const timer = (await stage.all('timers')).find(({ id }) => id === 'supervision/20261118-002')
    expect(timer).toMatchObject({ people: [leader] })
  })

  test('of another device, or of another kind, are another ticket', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', device: 'd1' })
    await report(stage, { id: 'e2', device: 'd2' })
    await report(stage, { id: 'e3', device: 'd1', kind: 'dust' })
    expect(await stage.all('tickets')).toHaveLength(3)
  })

  test('of an emergency wake staff once, not once for each', async () => {
    const stage = await openWith()
    for (const id of ['s1', 's2', 's3']) await report(stage, { id, kind: 'smoke', device: 'd1' })
    await stage.wait(60)
    expect(stage.toldTo('网格员小赵')).toHaveLength(1)
  })
})

describe('where it is', () => {
  test('is taken from the settings of the device, and what the report says goes before', async () => {
    const stage = await openWith({
      devices: { d1: { place: '11号楼1单元', tell: false } },
      systems: { platform: { place: '幸福街88号', tell: false } },
    })
    await report(stage, { id: 'e1', device: 'd1' })
    await report(stage, { id: 'e2', device: 'd2' })
    await report(stage, { id: 'e3', device: 'd1', kind: 'dust', place: { building: '2', landmark: '楼顶' } })
    const places = (await stage.all('tickets')).map(({ place }) => place)
    expect(places).toEqual([
      { building: '11', unit: '1' },
      { road: '幸福街88号' },
      { building: '2', landmark: '楼顶' },
    ])
  })

  test('that becomes known later is put into the ticket', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1' })
    await report(stage, { id: 'e1', state: 'updated', place: '7号楼' })
    expect((await stage.all('tickets'))[0]?.place).toEqual({ building: '7' })
  })

  test('in a group that nobody knows is told to the operator, and the ticket opens all the same', async () => {
    const stage = await openWith({ systems: { platform: { group: '没有的群', tell: true } } })
    await report(stage, { id: 'e1' })
    expect((await stage.all('tickets'))[0]).toMatchObject({ group: null, state: 'dispatched' })
    const troubles = stage.happenings.flatMap((each) => (each.type === 'trouble' ? [each.text] : []))
    expect(troubles).toEqual([
      expect.stringMatching(/group 没有的群, but no group is called so: correct alarms/u),
    ])
  })
})

describe('how much it weighs', () => {
  test('a level shortens the time, and one that falls gives none of it back', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', level: 'blue' })
    const [blue] = await stage.all('tickets')
    await stage.wait(60)
    await report(stage, { id: 'e1', level: '红色', state: 'updated' })
    const [red] = await stage.all('tickets')
    expect(red).toMatchObject({ urgency: 'high' })
    expect(red?.deadline).toBeLessThan(blue?.deadline ?? 0)
    expect((await stage.all('timers')).find(({ id }) => id === 'light/20261118-001')?.dueAt).toBe(
      red?.yellowAt,
    )
    await stage.wait(3600)
    await report(stage, { id: 'e1', level: 'blue', state: 'updated' })
    expect((await stage.all('tickets'))[0]).toMatchObject({ urgency: 'high', deadline: red?.deadline })
  })

  test('the same level means another thing to another kind', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', level: 'red' })
    await report(stage, { id: 'e2', level: 'red', kind: '水位' })
    await report(stage, { id: 'e3', kind: '烟感' })
    const urgencies = (await stage.all('tickets')).map(({ urgency }) => urgency)
    expect(urgencies).toEqual(['high', 'emergency', 'emergency'])
  })

  test('no level makes somebody in a lift less urgent, or a manhole slower, than without one', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1', kind: '电梯困人', level: '黄' })
    await report(stage, { id: 'e2', kind: '井盖' })
    await report(stage, { id: 'e3', kind: '井盖', level: '黄', device: 'd9' })
    const [lift, plain, yellow] = await stage.all('tickets')
    expect(lift?.urgency).toBe('emergency')
    expect(yellow).toMatchObject({ urgency: 'high', deadline: plain?.deadline })
  })

  test('an alarm that grows after staff said 办结 is a new matter, while residents are still asked about the old', async () => {
    const binding = { group: '槐荫小区业主群', tell: true }
    const stage = await openWith({ systems: { platform: binding } })
    await stage.hear('石女士', '大家早上好')
    await report(stage, { id: 'e1', level: 'blue', place: '3号楼' })
    await stage.wait(60)
    await stage.hear('石女士', '我家也是')
    await stage.hear('网格员小赵', '办结 1118-001 已让店家清洗油烟机', { group: '' })
    await report(stage, { id: 'e1', level: 'red', state: 'updated' })
    const states = (await stage.all('tickets')).map(({ state, recurredFrom }) => [state, recurredFrom])
    expect(states).toEqual([
      ['done', undefined],
      ['dispatched', '20261118-001'],
    ])
  })

  test('an update of an alarm that was never heard of opens it: its beginning was lost', async () => {
    const stage = await openWith()
    expect(await report(stage, { id: 'e1', state: 'updated' })).toMatchObject({ done: 'opened' })
  })

  test('only other systems report alarms', async () => {
    const stage = await openWith()
    for (const actor of [{ kind: 'operator' }, { kind: 'person', id: 'p-网格员小赵' }])
      await expect(report(stage, { id: 'e1' }, actor)).rejects.toMatchObject({ code: 'authority' })
    expect(await stage.all('tickets')).toEqual([])
  })

  test('what was over three months ago is forgotten', async () => {
    const stage = await openWith()
    await report(stage, { id: 'e1' })
    await report(stage, { id: 'e1', state: 'ended' })
    await stage.wait(11 * 60)
    const [alarm] = await stage.all('alarms')
    expect(alarm).toMatchObject({ state: 'over', forgetAt: expect.any(Number) })
    await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: alarm?.forgetAt ?? 0 })
    await stage.runUntil((alarm?.forgetAt ?? 0) + 1)
    expect(await stage.all('alarms')).toEqual([])
  })
})

describe('an emergency opens whatever the clock over there says', () => {
  const later = (stage: Stage, ms: number) => new Date(stage.clock.now + ms).toISOString()
  const smoke = { id: 's1', kind: 'smoke' }

  test('after an end that came from the future', async () => {
    const stage = await openWith()
    await report(stage, { ...smoke, state: 'ended', at: later(stage, 14 * 60_000) })
    expect(await report(stage, smoke)).toMatchObject({ ticket: '20261118-001', done: 'opened' })
    await stage.wait(60)
    expect(stage.toldTo('网格员小赵')).toHaveLength(1)
  })

  test('after an earlier one ended, by a clock that was put back meanwhile', async () => {
    const stage = await openWith()
    await report(stage, { ...smoke, at: later(stage, -60_000) })
    await report(stage, { ...smoke, state: 'ended', at: later(stage, 14 * 60_000) })
    await stage.wait(11 * 60)
    const again = await report(stage, { ...smoke, at: later(stage, -11.5 * 60_000) })
    expect(again).toMatchObject({ ticket: '20261118-002', done: 'opened' })
  })

  test('but not by its first signal, said once more after its end', async () => {
    const stage = await openWith()
    const first = later(stage, 0)
    await report(stage, { ...smoke, at: first })
    await stage.wait(60)
    await report(stage, { ...smoke, state: 'ended' })
    await stage.wait(11 * 60)
    expect(await report(stage, { ...smoke, at: first })).toMatchObject({ done: 'nothing' })
  })
})

test('a signal from a clock that is ahead does not make those after it old', async () => {
  const stage = await openWith()
  await report(stage, { id: 'e1', at: new Date(stage.clock.now + 14 * 60_000).toISOString() })
  await stage.wait(60)
  expect(await report(stage, { id: 'e1', state: 'ended' })).toMatchObject({ done: 'ended' })
})
