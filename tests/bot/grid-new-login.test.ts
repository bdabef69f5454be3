import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import type { Match } from '../../bot/grid/match.ts'
import { membersOf } from '../../bot/grid/members-of.ts'
import { startReading } from '../../bot/reading.ts'
import { openStage, type Stage } from './stage.ts'

/** After a new login of wechat4u the same rooms and people have other ids. */

const operator = { kind: 'operator' } as const
const admin = '林主任'
const leader = '老钱'

interface World {
  readonly [topic: string]: readonly string[]
}

const residents = (from: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${from}${at + 1}号`)
const happy = [...residents('住户', 60), '小赵', leader]
const river = [...residents('河畔', 40), '小赵', leader]
const world: World = { 幸福里业主群: happy, 柳林河畔业主群: river, 网格员群: ['小赵', leader, admin, '小孙'] }

/** What the messenger tells after a login; `login` goes into every id. */
function show(stage: Stage, login: string, rooms: World): void {
  stage.chat.inRooms.clear()
  for (const [topic, names] of Object.entries(rooms))
    stage.chat.inRooms.set(`room-${login}-${topic}`, {
      topic,
      members: [...names.map((name) => ({ id: `${login}-${name}`, name })), { id: 'bot', name: '小邻' }],
    })
}

async function logIn(stage: Stage): Promise<void> {
  const self = { id: 'bot', name: '小邻' }
  await stage.engine.handle(stage.chat, { type: 'up', account: 'main', self, at: stage.clock.now })
  await stage.wait(10 * 60)
}

/** Bound and seen once, then everything has other ids. */
async function openAnew(after: World): Promise<Stage> {
  const stage = await openStage({ settings: { bindRoomsThemselves: false } })
  for (const topic of Object.keys(world)) {
    const group = `g-${topic}`
    await stage.put('groups', {
      id: group,
      name: topic,
      places: [],
      tags: [],
      setting: 'answer',
      owner: 'main',
    })
    const room = `room-one-${topic}`
    await stage.put('rooms', { id: `main/${room}`, account: 'main', room, topic, group })
  }
  const hire = async (name: string, role: 'admin' | 'grid_leader' | 'grid_worker') => {
    await stage.put('people', { id: `p-${name}`, name, role, places: [], friend: true })
    const contact = `one-${name}`
    await stage.put('contacts', { id: `main/${contact}`, account: 'main', contact, person: `p-${name}` })
  }
  await hire(admin, 'admin')
  await hire(leader, 'grid_leader')
  await hire('小赵', 'grid_worker')
  show(stage, 'one', world)
  await logIn(stage)
  show(stage, 'two', after)
  await logIn(stage)
  return stage
}

async function matches(stage: Stage): Promise<readonly Match[]> {
  return (await query(stage.house, operator, { type: 'matches' })) as readonly Match[]
}

async function code(stage: Stage, person: string): Promise<string> {
  const result = await execute(stage.house, operator, `code/${person}`, { type: 'roster.code', person })
  return String(result['code'])
}

async function hearFrom(
  stage: Stage,
  contact: string,
  text: string,
  topic?: string,
): Promise<readonly string[]> {
  const before = stage.sent.length
  const message = {
    ...{
      account: 'main',
      id: `m${stage.clock.now}${contact}`,
      sender: { id: contact, name: contact.replace(/^\w+-/u, '') },
    },
    ...(topic !== undefined && { room: { id: `room-two-${topic}`, topic } }),
    ...{ at: stage.clock.now, kind: 'text' as const, text, mentioned: false, own: false },
  }
  await stage.engine.handle(stage.chat, { type: 'message', message })
  await stage.wait(20)
  return stage.sent.slice(before).map((sent) => sent.text)
}

describe('who is in a group', () => {
  test('is seen a while after the login, without the bot itself, and counted with the room', async () => {
    const stage = await openAnew(world)
    show(stage, 'one', world)
    await logIn(stage)
    const { count, members } = await membersOf(startReading(stage.store), 'g-幸福里业主群')
    expect(count).toBe(happy.length)
    expect(members.find(({ name }) => name === '小赵')).toMatchObject({ person: 'p-小赵' })
    expect(await stage.store.get('rooms', 'main/room-one-幸福里业主群')).toMatchObject({
      members: happy.length,
    })
  })

  test('follows who comes and goes, half a minute later', async () => {
    const stage = await openAnew(world)
    show(stage, 'one', { ...world, 幸福里业主群: [...happy.slice(5), '新邻居'] })
    await logIn(stage)
    show(stage, 'one', { ...world, 幸福里业主群: [...happy.slice(5), '新邻居', '又一位'] })
    const room = { id: 'room-one-幸福里业主群', topic: '幸福里业主群' }
    const joined = { type: 'joined', account: 'main', room, members: [], self: false } as const
    await stage.engine.handle(stage.chat, { ...joined, at: stage.clock.now })
    await stage.wait(31)
    const { count, members } = await membersOf(startReading(stage.store), 'g-幸福里业主群')
    expect(count).toBe(happy.length - 3)
    expect(members.map(({ name }) => name)).toContain('又一位')
  })
})

describe('after a new login with other ids', () => {
  test('each group is offered the room with its members, in one message to the admins, and nothing is bound by itself', async () => {
    const stage = await openAnew({ ...world, 幸福里业主群: [...happy.slice(4), '新来的'] })
    const [alert, ...others] = stage.sent.filter(({ text }) => text.startsWith('重新登录'))
    expect(others).toEqual([])
    expect(alert?.text).toMatch(/有3个群、2位工作人员要请您认一认/u)
    expect(alert?.text).toMatch(/幸福里业主群 → 很可能是现在的“幸福里业主群”（原来62人，有58人在）/u)
    expect(alert?.text).toMatch(/回“确认绑定 \d+”/u)
    expect(
      (await stage.all('rooms')).filter(({ id, group }) => id.includes('-two-') && group !== null),
    ).toEqual([])
  })

  test('a changed topic, emojis in names and members who left are no obstacle', async () => {
    const changed = happy.slice(8).map((name, at) => (at % 3 === 0 ? `${name}🌸` : name))
    const stage = await openAnew({
      ...{ '🏠和谐家园（500人）': changed, 柳林河畔业主群: river, 网格员群: world['网格员群'] ?? [] },
    })
    const match = (await matches(stage)).find((each) => each.name === '幸福里业主群')
    expect(match).toMatchObject({ topic: '🏠和谐家园（500人）', sure: true })
  })

  test('a room that only has the name of a group, and none of its people, is not called likely', async () => {
    const stage = await openAnew({ 幸福里业主群: residents('外人', 50), 柳林河畔业主群: river })
    const names = (await matches(stage)).filter(({ kind }) => kind === 'group').map(({ name }) => name)
    expect(names).toEqual(['柳林河畔业主群'])
  })

  test('nothing is offered, and nobody is told, when only the messenger was slow to name its rooms', async () => {
    const stage = await openAnew({})
    expect(await matches(stage)).toEqual([])
    show(stage, 'one', world)
    await logIn(stage)
    expect(stage.sent.filter(({ text }) => text.startsWith('重新登录'))).toEqual([])
    expect((await stage.all('roomSnapshots')).every(({ here }) => here)).toBe(true)
  })
})

describe('confirmed by those who may', () => {
  test('an admin comes back with a code, is told what waits, confirms, and the group goes on as it was', async () => {
    const stage = await openAnew(world)
    const welcome = await hearFrom(stage, 'two-林主任', await code(stage, `p-${admin}`))
    expect(welcome.join('\n')).toMatch(/林主任.*重新登录以后，有3个群/su)
    const match = (await matches(stage)).find((each) => each.name === '幸福里业主群')
    expect(await hearFrom(stage, 'two-林主任', `确认绑定 ${match?.number}`)).toEqual([
      '好的，已绑定：幸福里业主群。',
    ])
    const rooms = (await stage.all('rooms')).filter(({ group }) => group === 'g-幸福里业主群')
    expect(rooms.map(({ room }) => room)).toEqual(['room-two-幸福里业主群'])
    const [answer] = await hearFrom(stage, 'two-住户7号', '3号楼2单元电梯坏了，关着老人', '幸福里业主群')
    expect(answer).toMatch(/单号|119/u)
    expect(stage.events[0]).toMatchObject({ type: 'opened', group: 'g-幸福里业主群' })
  })

  test('全部 binds what is sure, and never says who somebody is', async () => {
    const stage = await openAnew(world)
    await hearFrom(stage, 'two-林主任', await code(stage, `p-${admin}`))
    const [said] = await hearFrom(stage, 'two-林主任', '确认绑定 全部')
    expect(said).toContain('幸福里业主群')
    expect((await matches(stage)).map(({ kind }) => kind)).toEqual(['person', 'person'])
    expect(await stage.store.get('contacts', 'main/two-小赵')).toBeUndefined()
  })

  test('a resident, or somebody with the name of the leader, confirms nothing', async () => {
    const stage = await openAnew(world)
    const [match] = await matches(stage)
    expect(await hearFrom(stage, 'two-老钱', `确认绑定 ${match?.number}`)).toEqual([
      expect.stringContaining('工作人员才能用'),
    ])
    expect(await matches(stage)).toHaveLength(5)
  })

  test('a leader says which group it is, and only an admin who somebody is', async () => {
    const stage = await openAnew(world)
    await hearFrom(stage, 'two-老钱', await code(stage, `p-${leader}`))
    const worker = (await matches(stage)).find((each) => each.kind === 'person' && each.name === '小赵')
    expect(await hearFrom(stage, 'two-老钱', `确认绑定 ${worker?.number}`)).toEqual([
      expect.stringContaining('要管理员来确认'),
    ])
    await execute(stage.house, operator, 'confirm', { type: 'match.confirm', match: worker?.number })
    expect(await stage.store.get('contacts', 'main/two-小赵')).toMatchObject({ person: 'p-小赵' })
    expect(await stage.store.get('contacts', 'main/one-小赵')).toBeUndefined()
  })

  test('whoever came back with a code is not replaced by somebody who has their name', async () => {
    const stage = await openAnew(world)
    const worker = (await matches(stage)).find((each) => each.kind === 'person' && each.name === '小赵')
    await hearFrom(stage, 'other-小赵', await code(stage, 'p-小赵'))
    const confirm = { type: 'match.confirm', match: worker?.number }
    await expect(execute(stage.house, operator, 'late', confirm)).rejects.toThrow(/no likely match/u)
    expect(await stage.store.get('contacts', 'main/other-小赵')).toMatchObject({ person: 'p-小赵' })
  })

  test('who is called like somebody else in the same group, or is an admin, is never offered', async () => {
    const stage = await openAnew({ ...world, 幸福里业主群: [...happy, '小赵 '] })
    const people = (await matches(stage)).filter(({ kind }) => kind === 'person').map(({ name }) => name)
    expect(people).toEqual([leader])
  })

  test('what was refused is not offered again, and a number that is not there is told so', async () => {
    const stage = await openAnew(world)
    await hearFrom(stage, 'two-林主任', await code(stage, `p-${admin}`))
    const [match] = await matches(stage)
    await hearFrom(stage, 'two-林主任', `不绑定 ${match?.number}`)
    await logIn(stage)
    expect((await matches(stage)).map(({ number }) => number)).not.toContain(match?.number)
    expect(await hearFrom(stage, 'two-林主任', '确认绑定 999')).toEqual([
      expect.stringContaining('没有999号'),
    ])
  })

  test('staff bind by hand, by the names of group and room', async () => {
    const stage = await openAnew({ ...world, 幸福里业主群: residents('外人', 50) })
    const rebind = { type: 'group.rebind', group: '幸福里业主群', room: '幸福里业主群' }
    const other = execute(stage.house, operator, 'wrong', { ...rebind, room: '幸福群' })
    await expect(other).rejects.toThrow(/no unbound room 幸福群 \(likely 幸福里业主群\)/u)
    await execute(stage.house, operator, 'right', rebind)
    expect(await stage.store.get('rooms', 'main/room-two-幸福里业主群')).toMatchObject({
      group: 'g-幸福里业主群',
    })
  })
})

describe('what is kept of rooms', () => {
  test('is forgotten a week after the room was lost, and never of a room that is bound', async () => {
    const stage = await openAnew({ 柳林河畔业主群: river })
    await stage.restart()
    await stage.wait(8 * 86_400)
    const snapshots = (await stage.all('roomSnapshots')).filter(({ members }) => members.length > 0)
    expect(snapshots).toEqual([])
    await execute(stage.house, operator, 'bind', {
      type: 'group.rebind',
      group: '柳林河畔业主群',
      room: '柳林河畔业主群',
    })
    await logIn(stage)
    await stage.wait(8 * 86_400)
    expect((await membersOf(startReading(stage.store), 'g-柳林河畔业主群')).count).toBe(river.length)
    expect(await stage.all('matches')).toEqual([])
  })

  test('is part of what a person is given, and goes when they are erased', async () => {
    const stage = await openAnew(world)
    show(stage, 'one', world)
    await logIn(stage)
    await hearFrom(stage, 'one-住户7号', '早上好')
    const person =
      (await stage.store.get<{ id: string; person: string }>('contacts', 'main/one-住户7号'))?.person ?? ''
    const rows = (await query(stage.house, operator, { type: 'person.export', person })) as {
      collection: string
    }[]
    expect(rows).toContainEqual(
      expect.objectContaining({ collection: 'roomSnapshots', topic: '幸福里业主群' }),
    )
    await execute(stage.house, operator, 'erase', { type: 'person.erase', person })
    const { members } = await membersOf(startReading(stage.store), 'g-幸福里业主群')
    expect(members.some(({ name }) => name === '住户7号')).toBe(false)
  })
})
