import { describe, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

const lift = '3号楼2单元电梯坏了，老人下不了楼'
const again = '3号楼2单元电梯坏了，按了没反应'

/** Two estates of a district: each has a 3号楼. The lane's group is bound to the first one as well. */
async function openDistrict(): Promise<Stage> {
  const stage = await openStage()
  const grids = { 'grid-1': 'community-1', 'grid-2': 'community-2' }
  for (const [id, parent] of Object.entries(grids)) {
    await stage.put('places', { id: parent, name: parent, kind: 'community', parent: null })
    await stage.put('places', { id, name: id, kind: 'grid', parent })
  }
  await bind(stage, '东园业主群', 'grid-1')
  await bind(stage, '东园2号群', 'grid-1')
  await bind(stage, '第一社区群', 'community-1')
  await bind(stage, '西园业主群', 'grid-2')
  return stage
}

async function bind(stage: Stage, name: string, place: string): Promise<void> {
  const { account } = stage.chat
  const id = `g-${name}`
  await stage.put('groups', { id, name, places: [place], tags: [], setting: 'answer', owner: account })
  await stage.put('rooms', { id: `${account}/r-${name}`, account, room: `r-${name}`, topic: name, group: id })
}

function opened(stage: Stage): number {
  return stage.eventTypes.filter((type) => type === 'opened').length
}

describe('3号楼 of one estate is not 3号楼 of another', () => {
  test('the same words in two estates are two tickets', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', lift, { group: '东园业主群' })
    await stage.hear('马叔', again, { group: '西园业主群' })
    expect(opened(stage)).toBe(2)
    expect(stage.eventTypes).not.toContain('supported')
  })

  test.each(['东园2号群', '第一社区群'])('in %s, of the same place, they are one', async (group) => {
    const stage = await openDistrict()
    await stage.hear('石女士', lift, { group: '东园业主群' })
    await stage.hear('马叔', again, { group })
    expect(opened(stage)).toBe(1)
    expect(stage.eventTypes.at(-1)).toBe('supported')
  })

  test('in private it is that of the group in which somebody spoke lately', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', lift, { group: '东园业主群' })
    await stage.hear('马叔', '早上好', { group: '东园2号群' })
    await stage.hear('马叔', again, { group: '' })
    expect(stage.eventTypes.at(-1)).toBe('supported')
  })

  test('in private, from somebody never heard in a group, it is a ticket of its own', async () => {
    const stage = await openDistrict()
    await stage.hear('石女士', lift, { group: '东园业主群' })
    await stage.hear('马叔', again, { group: '' })
    expect(opened(stage)).toBe(2)
  })

  test('what was closed in one estate has not come back in another', async () => {
    const stage = await openDistrict()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('石女士', lift, { group: '东园业主群' })
    await stage.hear('网格员小赵', '办结 1118-001 已修好', { group: '' })
    await stage.hear('石女士', '满意', { group: '东园业主群' })
    await stage.hear('马叔', again, { group: '西园业主群' })
    expect(stage.eventTypes).not.toContain('recurred')
    await stage.hear('白阿姨', again, { group: '东园2号群' })
    expect(stage.eventTypes.at(-1)).toBe('recurred')
  })
})
