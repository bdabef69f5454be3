import { describe, expect, test } from 'vitest'
import type { Settings } from '../../bot/house.ts'
import { instant, openStage, type Stage } from './stage.ts'

const report = '3号楼2单元电梯坏了'

/** 槐荫社区 with a grid worker, a grid leader, an admin of the community and one of the street. */
async function aCommunity(settings: Partial<Settings> = { scheduledDuties: false }): Promise<Stage> {
  const stage = await openStage({ start: '2026-11-16 09:00', settings })
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hire('社区孙主任', 'admin')
  await stage.hire('街道李主任', 'admin')
  await stage.put('places', { id: 'street', name: '幸福街道', kind: 'street', parent: null })
  await stage.put('places', { id: 'community', name: '槐荫社区', kind: 'community', parent: 'street' })
  await stage.change('people', 'p-社区孙主任', { places: ['community'] })
  await stage.change('people', 'p-街道李主任', { places: ['street'] })
  await stage.say('白阿姨', '早上好')
  await stage.change('groups', (await stage.groupNamed()).id, { places: ['community'] })
  await stage.hear('石女士', report)
  return stage
}

function escalations(stage: Stage) {
  return stage.events.flatMap((event) =>
    event.type === 'escalated' ? [{ level: event.level, to: event.to, at: local(event.at) }] : [],
  )
}

function local(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(5, 16)
}

const until = (day: string) => instant(`2026-11-${day}`)

describe('a red ticket climbs a level each working day until somebody answers', () => {
  test('grid leader at once, community a working day later, street after the weekend, and no further', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('30 20:00'))
    expect(escalations(stage)).toEqual([
      { level: 1, to: 'grid_leader', at: '11-19T18:00' },
      { level: 2, to: 'community', at: '11-20T18:00' },
      { level: 3, to: 'street', at: '11-23T18:00' },
    ])
    for (const name of ['网格长老钱', '社区孙主任', '街道李主任'])
      expect(stage.toldTo(name)).toEqual([expect.stringMatching(/【红】单号1116-001.*回“收到”/su)])
    expect((await stage.all('tickets'))[0]).toMatchObject({ escalation: 3 })
  })

  test('收到 stops it: said in private, without a number, it means all that was reported', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('20 09:00'))
    const answer = await stage.hear('网格长老钱', '收到，我去催', { group: '' })
    expect(answer.map(({ text }) => text)).toEqual([expect.stringContaining('1116-001')])
    expect(stage.eventTypes).toContain('supervised')
    await stage.runUntil(until('30 20:00'))
    expect(escalations(stage)).toHaveLength(1)
    expect(stage.toldTo('社区孙主任')).toEqual([])
  })

  test('with a number and # in the group as well; whoever was told earlier may still answer', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('20 19:00'))
    await stage.hear('网格长老钱', '#督办 1116-001')
    expect(stage.events.at(-1)).toMatchObject({ type: 'supervised', by: 'p-网格长老钱' })
    await stage.runUntil(until('30 20:00'))
    expect(escalations(stage)).toHaveLength(2)
  })

  test('收到 among neighbours is no answer to it, nor is that of somebody who was not told', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('20 09:00'))
    await stage.hear('网格长老钱', '收到')
    await stage.hear('石女士', '收到', { group: '' })
    await stage.hear('社区孙主任', '收到', { group: '' })
    expect(stage.eventTypes).not.toContain('supervised')
    const [told] = await stage.hear('社区孙主任', '知道了 1116-001', { group: '' })
    expect(told?.text).toContain('眼下不用您过问')
    await stage.runUntil(until('20 20:00'))
    expect(escalations(stage)).toHaveLength(2)
  })

  test('work that is done ends it', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('20 09:00'))
    await stage.hear('网格员小赵', '办结 1116-001 换了门机', { group: '' })
    await stage.runUntil(until('30 20:00'))
    expect(escalations(stage)).toHaveLength(1)
  })

  test('handed on, whoever has it now gets a working day before it goes on', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('20 10:00'))
    await stage.hear('网格员小赵', '转城管 1116-001', { group: '' })
    expect(stage.eventTypes).toContain('reassigned')
    await stage.runUntil(until('21 09:00'))
    expect(escalations(stage)).toHaveLength(1)
    await stage.runUntil(until('23 10:01'))
    expect(escalations(stage).at(-1)).toEqual({ level: 2, to: 'community', at: '11-23T10:00' })
  })

  test('handed round day after day, it is reported all the same', async () => {
    const stage = await aCommunity()
    for (const [day, to] of [
      ['20 10:00', '城管'],
      ['20 16:00', '物业'],
      ['23 09:30', '城管'],
    ]) {
      await stage.runUntil(until(day as string))
      await stage.hear('网格长老钱', `转${to} 1116-001`, { group: '' })
    }
    await stage.runUntil(until('23 10:01'))
    expect(stage.eventTypes.filter((type) => type === 'reassigned')).toHaveLength(3)
    expect(escalations(stage).at(-1)).toEqual({ level: 2, to: 'community', at: '11-23T10:00' })
  })

  test('more time, asked for before it was red, stops it; red again it goes on where it was', async () => {
    const stage = await aCommunity()
    await stage.runUntil(until('19 16:00'))
    await stage.hear('网格员小赵', '延期 1116-001 2天 等配件', { group: '' })
    await stage.runUntil(until('20 09:00'))
    await stage.hear('社区孙主任', '同意 1116-001', { group: '' })
    expect(stage.eventTypes).toContain('extended')
    await stage.runUntil(until('23 17:00'))
    expect(escalations(stage)).toHaveLength(1)
    await stage.runUntil(until('23 18:01'))
    expect(escalations(stage).at(-1)).toEqual({ level: 2, to: 'community', at: '11-23T18:00' })
  })
})

describe('what weighs much climbs in half the time', () => {
  test('six neighbours', async () => {
    const stage = await aCommunity()
    await stage.change('tickets', '20261116-001', { supporters: ['1', '2', '3', '4', '5', '6'] })
    await stage.runUntil(until('20 14:00'))
    expect(escalations(stage).at(-1)).toEqual({ level: 2, to: 'community', at: '11-20T13:30' })
  })
})

describe('levels that nobody holds', () => {
  test('are passed over', async () => {
    const stage = await openStage({ start: '2026-11-16 09:00', settings: { scheduledDuties: false } })
    await stage.hire('社区孙主任', 'admin')
    await stage.hear('石女士', report)
    await stage.runUntil(until('20 09:00'))
    expect(escalations(stage)).toEqual([{ level: 2, to: 'community', at: '11-19T18:00' }])
  })

  test('with nobody at all it is looked at again each working day, and no event is made up', async () => {
    const stage = await openStage({ start: '2026-11-16 09:00', settings: { scheduledDuties: false } })
    await stage.hear('石女士', report)
    await stage.runUntil(until('26 09:00'))
    expect(escalations(stage)).toEqual([])
    await stage.hire('网格长老钱', 'grid_leader')
    await stage.runUntil(until('27 19:00'))
    expect(escalations(stage).map(({ level }) => level)).toEqual([1])
    expect(stage.toldTo('网格长老钱')).toHaveLength(1)
  })
})
