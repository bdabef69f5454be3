import { describe, expect, test } from 'vitest'
import type { Skill } from '../../bot/documents.ts'
import { execute } from '../../bot/doors/execute.ts'
import { defaultGroup, openStage, type Stage } from './stage.ts'

const rubbish = '3号楼楼下垃圾堆了好几天没人清'
const quarrel = '楼上天天往我家阳台上倒水，跟他说也不听，请社区来管管'

async function openWith(volunteers: Readonly<Record<string, readonly Skill[]>>): Promise<Stage> {
  const stage = await openStage()
  await stage.put('places', { id: 'lane', name: '槐荫社区', kind: 'community', parent: null })
  await stage.hire('网格员小赵', 'grid_worker', { places: ['lane'] })
  for (const [name, skills] of Object.entries(volunteers))
    await stage.hire(name, 'volunteer', { places: ['lane'], skills })
  await stage.hear('白阿姨', '早上好')
  const group = await stage.groupNamed(defaultGroup)
  await stage.change('groups', group.id, { places: ['lane'] })
  return stage
}

const asked = (stage: Stage, name: string) => stage.toldTo(name).some((text) => /接单/u.test(text))

describe('volunteers with skills', () => {
  test('who patrol are asked about rubbish, and the others are left in peace', async () => {
    const stage = await openWith({ 巡查的孙: ['patrol'], 调解的李: ['mediation'], 什么都行的周: [] })
    await stage.hear('石女士', rubbish)
    expect([asked(stage, '巡查的孙'), asked(stage, '调解的李'), asked(stage, '什么都行的周')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('are no condition: where nobody patrols, all are asked as before', async () => {
    const stage = await openWith({ 调解的李: ['mediation'], 什么都行的周: [] })
    await stage.hear('石女士', rubbish)
    expect([asked(stage, '调解的李'), asked(stage, '什么都行的周')]).toEqual([true, true])
  })

  test('who mediate are asked about a quarrel, without a word of what it is about, and may take it', async () => {
    const stage = await openWith({ 调解的李: ['mediation'], 什么都行的周: [] })
    await stage.hear('石女士', quarrel)
    const [ticket] = await stage.all('tickets')
    expect(ticket?.category).toBe('neighbours')
    expect([asked(stage, '调解的李'), asked(stage, '什么都行的周')]).toEqual([true, false])
    expect(stage.toldTo('调解的李').join()).not.toMatch(/阳台|倒水/u)
    await stage.hear('什么都行的周', '接单 1118-001', { group: '' })
    expect(stage.eventTypes).not.toContain('acknowledged')
    await stage.hear('调解的李', '接单 1118-001', { group: '' })
    expect(stage.eventTypes).toContain('acknowledged')
  })

  test('a quarrel is offered to nobody where nobody mediates', async () => {
    const stage = await openWith({ 巡查的孙: ['patrol'], 什么都行的周: [] })
    await stage.hear('石女士', quarrel)
    expect([asked(stage, '巡查的孙'), asked(stage, '什么都行的周')]).toEqual([false, false])
  })
})

describe('who may change the grid', () => {
  const commands = [
    { type: 'group.tag', group: 'g', add: ['业主群'] },
    { type: 'roster.set', person: 'p', role: 'admin' },
    { type: 'roster.code', person: 'p' },
    { type: 'group.rebind', group: 'g', room: 'a/b' },
    { type: 'grid.import', rows: {} },
  ]
  test.each(commands)('a grid leader may not ask for $type', async (command) => {
    const stage = await openStage()
    const id = await stage.hire('网格长老钱', 'grid_leader')
    const asking = execute(stage.house, { kind: 'person', id }, 'x', command)
    await expect(asking).rejects.toMatchObject({ code: 'authority' })
  })

  test('whoever is no staff any more hands over what they have in hand', async () => {
    const stage = await openWith({})
    await stage.hire('网格长老钱', 'grid_leader')
    await stage.hear('石女士', '3号楼2单元单元门坏了关不上')
    await stage.hear('网格员小赵', '接单 1118-001', { group: '' })
    const set = { type: 'roster.set', person: 'p-网格员小赵', role: 'volunteer' }
    expect(await execute(stage.house, { kind: 'operator' }, 'set', set)).toMatchObject({ tickets: 1 })
    expect(stage.eventTypes.at(-1)).toBe('reassigned')
  })
})
