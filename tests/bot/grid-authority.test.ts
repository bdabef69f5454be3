import { expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openStage, type Stage } from './stage.ts'

async function openWithMatch(): Promise<Stage> {
  const stage = await openStage()
  await stage.put('places', { id: 'street', name: '槐荫街道', kind: 'street', parent: null })
  for (const id of ['lane', 'river'])
    await stage.put('places', { id, name: `${id}社区`, kind: 'community', parent: 'street' })
  await stage.put('groups', {
    ...{ id: 'g-lane', name: '巷子业主群', places: ['lane'], tags: [], setting: 'answer', owner: 'main' },
  })
  const room = { account: 'main', room: 'r2', topic: '巷子业主群' }
  await stage.put('rooms', { id: 'main/r2', ...room, group: null })
  await stage.put('matches', {
    ...{ id: 'room/main/r2', kind: 'group', ...room, group: 'g-lane', name: '巷子业主群', score: 1 },
    ...{
      sure: true,
      shared: 9,
      of: 9,
      number: 1,
      state: 'offered',
      at: stage.clock.now,
      forgetAt: stage.clock.now + 86_400_000,
    },
  })
  const leaders = { near: ['lane'], above: ['street'], far: ['river'], everywhere: [] }
  for (const [name, places] of Object.entries(leaders))
    await stage.put('people', { id: `p-${name}`, name, role: 'grid_leader', places, friend: true })
  return stage
}

const settle = (stage: Stage, person: string, type: 'match.confirm' | 'match.refuse') =>
  execute(stage.house, { kind: 'person', id: `p-${person}` }, `settle/${person}`, { type, match: 1 })

test.each(['match.confirm', 'match.refuse'] as const)(
  '%s of the group of another community is refused, and nothing changes',
  async (type) => {
    const stage = await openWithMatch()
    await expect(settle(stage, 'far', type)).rejects.toMatchObject({ code: 'elsewhere' })
    expect(await stage.store.get('matches', 'room/main/r2')).toMatchObject({ state: 'offered' })
    expect(await stage.store.get('rooms', 'main/r2')).toMatchObject({ group: null })
  },
)

test.each(['near', 'above', 'everywhere'])(
  'a leader who answers for it (%s) confirms the group',
  async (who) => {
    const stage = await openWithMatch()
    await settle(stage, who, 'match.confirm')
    expect(await stage.store.get('rooms', 'main/r2')).toMatchObject({ group: 'g-lane' })
  },
)

test('a room is not given to a group whose room the bot is still in, unless it is another account', async () => {
  const stage = await openWithMatch()
  await stage.put('rooms', {
    id: 'main/r1',
    account: 'main',
    room: 'r1',
    topic: '巷子业主群',
    group: 'g-lane',
  })
  const rebind = (id: string, room: string) =>
    execute(stage.house, { kind: 'operator' }, id, { type: 'group.rebind', group: 'g-lane', room })
  const seen = { id: 'main/r1', account: 'main', topic: '巷子业主群', members: [], at: stage.clock.now }
  await stage.put('roomSnapshots', { ...seen, here: true, forgetAt: null })
  await expect(rebind('r/1', 'main/r2')).rejects.toThrow(/main\/r1.*still/u)
  await stage.put('rooms', { id: 'second/r9', account: 'second', room: 'r9', topic: '巷子', group: null })
  await rebind('r/2', 'second/r9')
  await stage.change('roomSnapshots', 'main/r1', { here: false })
  await rebind('r/3', 'main/r2')
  expect(await stage.store.get('rooms', 'main/r2')).toMatchObject({ group: 'g-lane' })
})
