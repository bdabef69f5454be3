import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openStage, type Stage } from './stage.ts'

const operator = { kind: 'operator' } as const

async function openWithTicketInHand(): Promise<Stage> {
  const stage = await openStage()
  await stage.hire('网格员小赵', 'grid_worker')
  await stage.hire('网格长老钱', 'grid_leader')
  await stage.hear('石女士', '3号楼2单元单元门坏了关不上')
  await stage.hear('网格员小赵', '接单 1118-001', { group: '' })
  return stage
}

async function leave(stage: Stage, person: string) {
  const result = await execute(stage.house, operator, `remove/${person}`, { type: 'roster.remove', person })
  await stage.wait(20)
  return result
}

describe('whoever leaves the roster', () => {
  test('hands over what they had in hand, and the next one is told once', async () => {
    const stage = await openWithTicketInHand()
    await stage.hear('马叔', '5号楼1单元楼道里贴满了小广告')
    await stage.hear('网格员小赵', '接单 1118-002', { group: '' })
    expect(await leave(stage, 'p-网格员小赵')).toMatchObject({ tickets: 2 })
    expect(stage.eventTypes.slice(-2)).toEqual(['reassigned', 'reassigned'])
    expect(stage.toldTo('网格长老钱')).toEqual([expect.stringMatching(/2张.*1118-001、1118-002/u)])
  })

  test('to a colleague of the same place, when there is one', async () => {
    const stage = await openWithTicketInHand()
    const colleague = await stage.hire('网格员小孙', 'grid_worker')
    await stage.change('people', 'p-网格员小赵', { places: ['grid-1'] })
    await stage.change('people', colleague, { places: ['grid-1'] })
    await leave(stage, 'p-网格员小赵')
    expect(stage.events.at(-1)).toMatchObject({ type: 'reassigned', assigned: colleague })
  })

  test('is not asked to do again what is not good enough: somebody else has it then', async () => {
    const stage = await openWithTicketInHand()
    await stage.hear('网格员小赵', '办结 1118-001 换了锁', { group: '' })
    await leave(stage, 'p-网格员小赵')
    await stage.hear('石女士', '不满意')
    const passedOn = stage.events.find((event) => event.type === 'reassigned')
    expect(passedOn).toMatchObject({ assigned: 'p-网格长老钱' })
    expect(stage.happenings.filter(({ type }) => type === 'undeliverable')).toEqual([])
    expect(stage.toldTo('网格长老钱').at(-1)).toContain('不满意')
  })

  test('hears nothing of it any more', async () => {
    const stage = await openWithTicketInHand()
    await leave(stage, 'p-网格员小赵')
    const before = stage.toldTo('网格员小赵').length
    await stage.hear('石女士', '@小邻 1118-001怎么还没人来，催一下')
    await stage.wait(10 * 86_400)
    expect(stage.toldTo('网格员小赵')).toHaveLength(before)
  })
})
