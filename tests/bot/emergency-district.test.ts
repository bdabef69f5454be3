import { describe, expect, test } from 'vitest'
import type { Role } from '../../bot/documents.ts'
import { openStage, type Stage } from './stage.ts'

/** Two communities of a district, with a grid worker each, and people of three departments. */
async function openDistrict(): Promise<Stage> {
  const stage = await openStage()
  const { account } = stage.chat
  for (const name of ['东', '西']) {
    await stage.put('places', { id: name, name: `${name}社区`, kind: 'community', parent: null })
    const group = { id: `g-${name}`, name: `${name}园业主群`, places: [name], tags: [] }
    await stage.put('groups', { ...group, setting: 'answer', owner: account })
    const room = `r-${group.name}`
    await stage.put('rooms', { id: `${account}/${room}`, account, room, topic: group.name, group: group.id })
    await hire(stage, `网格员${name}`, 'grid_worker', { places: [name] })
  }
  for (const department of ['消防', '应急', '环卫'])
    await hire(stage, `${department}值守`, 'department', { department })
  return stage
}

async function hire(stage: Stage, name: string, role: Role, more: object): Promise<void> {
  const id = await stage.hire(name, role)
  await stage.change('people', id, more)
}

const fire = '着火了！3号楼冒浓烟'

describe('in a district', () => {
  test('a private line of staff who never heard of the fire does not stop its alerts', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', fire, { group: '东园业主群' })
    await stage.hear('网格员西', '今天的单子', { group: '' })
    await stage.hear('环卫值守', '今天的单子', { group: '' })
    expect(stage.eventTypes).not.toContain('acknowledged')
    await stage.wait(150)
    expect(stage.eventTypes.at(-1)).toBe('escalated')
  })

  test('nor does a line about another ticket', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', fire, { group: '东园业主群' })
    await stage.hear('网格员东', '接单 1117-001', { group: '' })
    expect(stage.eventTypes).not.toContain('acknowledged')
  })

  test('what is said in private goes to the staff of the group in which somebody spoke last', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', '早上好', { group: '东园业主群' })
    await stage.hear('石女士', fire, { group: '' })
    expect(stage.toldTo('网格员东')).toHaveLength(1)
    expect(stage.toldTo('网格员西')).toEqual([])
    await stage.hear('马叔', '早上好', { group: '西园业主群' })
    await stage.hear('马叔', '5号楼2单元单元门坏了关不上', { group: '' })
    const assigned = stage.events.flatMap((event) => (event.type === 'dispatched' ? [event.assigned] : []))
    expect(assigned).toEqual(['p-网格员东', 'p-网格员西'])
  })

  test('a private line of whoever was alerted does', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', fire, { group: '东园业主群' })
    await stage.hear('网格员东', '收到', { group: '' })
    expect(stage.eventTypes).toContain('acknowledged')
    await stage.wait(700)
    expect(stage.eventTypes).not.toContain('escalated')
  })

  test('after five minutes the department of the ticket is alerted, and no other one', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', fire, { group: '东园业主群' })
    await stage.wait(330)
    const opened = stage.events.find((event) => event.type === 'opened')
    const own = opened?.type === 'opened' ? opened.department : ''
    expect(stage.toldTo(`${own}值守`)).toHaveLength(1)
    expect(stage.toldTo('环卫值守')).toEqual([])
  })
})
