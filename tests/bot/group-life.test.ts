import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import { openStage, type Stage } from './stage.ts'

const operator = { kind: 'operator' } as const
const bound = { settings: { bindRoomsThemselves: false } }
const room = { id: 'r-新群', topic: '新群' }

async function codeFor(stage: Stage, command: object): Promise<string> {
  const { code } = await execute(stage.house, operator, `c-${JSON.stringify(command)}`, command)
  return String(code)
}

describe('codes', () => {
  test('make the person who says one staff, once', async () => {
    const stage = await openStage(bound)
    const code = await codeFor(stage, { type: 'roster.add', name: '网格员小赵', role: 'grid_worker' })
    const [welcome] = await stage.hear('zhao_2019', code, { group: '' })
    expect(welcome?.text).toContain('网格员小赵您好')
    expect((await stage.hear('zhao_2019', '工单', { group: '' }))[0]?.text).toBe('这里没有在办的单子。')
    const [refused] = await stage.hear('路人', code, { group: '' })
    expect(refused?.text).toContain('口令不对')
    expect((await stage.hear('路人', '工单', { group: '' }))[0]?.text).toContain('工作人员才能用')
  })

  test('bind a room when staff say one in it; until then nothing is heard there', async () => {
    const stage = await openStage(bound)
    await stage.hire('网格员小赵', 'grid_worker')
    const code = await codeFor(stage, { type: 'group.bind', name: '槐荫小区' })
    expect(await stage.hear('路人', code, { group: '新群' })).toEqual([])
    expect(await stage.hear('石女士', '3号楼2单元电梯坏了', { group: '新群' })).toEqual([])
    const [welcome] = await stage.hear('网格员小赵', code, { group: '新群' })
    expect(welcome?.text).toContain('本群已绑定：槐荫小区')
    expect(await stage.hear('石女士', '3号楼2单元电梯坏了', { group: '新群' })).toHaveLength(1)
  })

  test('run out after a week', async () => {
    const stage = await openStage(bound)
    const code = await codeFor(stage, { type: 'roster.add', name: '网格员小赵', role: 'grid_worker' })
    await stage.wait(7 * 86_400 + 1)
    const [refused] = await stage.hear('zhao_2019', code, { group: '' })
    expect(refused?.text).toContain('已过期')
  })
})

describe('groups', () => {
  test('are greeted once in two lines, however often the bot enters', async () => {
    const stage = await openStage()
    const joined = { type: 'joined', account: 'main', room, members: [], self: true } as const
    await stage.engine.handle(stage.chat, { ...joined, at: stage.clock.now })
    await stage.wait(10)
    await stage.engine.handle(stage.chat, { ...joined, at: stage.clock.now })
    await stage.wait(10)
    expect(stage.saidTo('新群')).toHaveLength(1)
    expect(stage.saidTo('新群')[0]?.split('\n')).toHaveLength(2)
  })

  test('that remove the bot are told of to staff', async () => {
    const stage = await openStage()
    await stage.hire('网格员小赵', 'grid_worker')
    await stage.hear('白阿姨', '早上好', { group: '新群' })
    const left = { type: 'left', account: 'main', room, members: [], self: true } as const
    await stage.engine.handle(stage.chat, { ...left, at: stage.clock.now })
    await stage.wait(10)
    expect(stage.toldTo('网格员小赵')).toEqual([expect.stringContaining('新群')])
  })

  test('stay what they are when they are renamed', async () => {
    const stage = await openStage()
    await stage.hear('石女士', '3号楼2单元电梯坏了', { group: '新群' })
    const renamed = { id: room.id, topic: '新群（500人）' }
    await stage.engine.handle(stage.chat, {
      ...{ type: 'renamed', account: 'main', room: renamed, at: stage.clock.now },
    })
    await stage.hear('马叔', '3号楼的电梯又坏了', { group: '新群' })
    expect(stage.eventTypes).toEqual(['opened', 'dispatched', 'supported'])
    expect(await stage.all('groups')).toHaveLength(1)
  })
})

describe('friend requests', () => {
  async function ask(stage: Stage, hello: string): Promise<boolean> {
    let accepted = false
    const contact = { id: 'c-zhao', name: 'zhao_2019' }
    await stage.engine.handle(stage.chat, {
      ...{ type: 'friend', account: 'main', contact, hello, at: stage.clock.now },
      accept: async () => {
        accepted = true
      },
    })
    await stage.wait(10)
    return accepted
  }

  test('are accepted with a code, which counts as said', async () => {
    const stage = await openStage(bound)
    const code = await codeFor(stage, { type: 'roster.add', name: '网格员小赵', role: 'grid_worker' })
    expect(await ask(stage, `我是小赵 ${code}`)).toBe(true)
    expect(await stage.personNamed('网格员小赵')).toMatchObject({ role: 'grid_worker', friend: true })
  })

  test('and not without one, nor with one that was made up', async () => {
    const stage = await openStage(bound)
    expect(await ask(stage, '我是管理员')).toBe(false)
    expect(await ask(stage, 'LL-23456789')).toBe(false)
  })
})

test('a lost window is kept, and told to the operator', async () => {
  const stage = await openStage()
  const to = stage.clock.now
  await stage.engine.handle(stage.chat, { type: 'lost', account: 'main', from: to - 90_000, to })
  expect(await stage.all('lostWindows')).toMatchObject([{ account: 'main', to }])
  expect(stage.happenings).toMatchObject([{ type: 'trouble', text: expect.stringContaining('90 s') }])
})
