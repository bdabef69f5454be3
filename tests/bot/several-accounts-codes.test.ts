import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import type { Chat } from '../../bot/ports/chat.ts'
import { openTwoAccounts, room, type TwoAccounts } from './several-accounts-stage.ts'

const operator = { kind: 'operator' } as const

/** Zhao is on the roster, as north knows her; south has never heard of her. */
async function withStaff(): Promise<TwoAccounts> {
  const stage = await openTwoAccounts({ binds: false })
  const entered = { type: 'roster.add', name: '赵主任', role: 'grid_worker' }
  const { code } = await execute(stage.house, operator, 'staff', entered)
  stage.world.say({ from: 'zhao', to: 'bot-north', text: `${code}` })
  await stage.wait(30)
  stage.said.length = 0
  return stage
}

async function groupCode(stage: TwoAccounts, id: string): Promise<string> {
  const { code } = await execute(stage.house, operator, id, { type: 'group.bind', name: '槐荫小区业主群' })
  return String(code)
}

async function bindings(stage: TwoAccounts): Promise<readonly (readonly [string, string | null])[]> {
  return (await stage.all('rooms')).map(({ id, group }) => [id, group] as const)
}

describe('a code of a group that two of our accounts hear', () => {
  test.each([
    ['when the one that knows her thinks first', ['north', 'south']],
    ['when the one that does not know her thinks first', ['south', 'north']],
  ])('binds the rooms of both, and one of them says so, %s', async (_, order) => {
    const stage = await withStaff()
    const text = await groupCode(stage, 'bind')
    const at = stage.clock.now
    for (const account of order) {
      const chat = stage.house.chats.find((each) => each.account === account) as Chat
      const message = { account, id: `c-${account}`, at, kind: 'text', text } as const
      const heard = {
        ...{ ...message, sender: { id: 'zhao', name: '赵敏' }, mentioned: false, own: false },
        room: { id: room, topic: '槐荫小区业主群' },
      }
      await stage.engine.handle(chat, { type: 'message', message: heard })
      await stage.wait(3)
    }
    await stage.wait(60)
    const [group] = await stage.all('groups')
    expect(group).toMatchObject({ owner: 'north' })
    expect(await bindings(stage)).toEqual([
      [`north/${room}`, group?.id],
      [`south/${room}`, group?.id],
    ])
    expect(stage.said.map(({ account }) => account)).toEqual(['north'])
    const answers = await stage.say('wang', '3号楼2单元电梯坏了')
    expect(answers.map(({ account }) => account)).toEqual(['north'])
  })

  test('binds no room in which it is said again, by whoever copied it', async () => {
    const stage = await withStaff()
    const code = await groupCode(stage, 'bind')
    stage.world.rooms.get(room)?.members.delete('bot-south')
    await stage.say('zhao', code)
    stage.world.addRoom({ id: 'r-other', topic: '槐荫小区业主群', memberIds: ['bot-south', 'wang'] })
    await stage.say('wang', code, 'r-other')
    expect(await bindings(stage)).toEqual([
      [`north/${room}`, (await stage.all('groups'))[0]?.id],
      ['south/r-other', null],
    ])
  })

  test('lets an account in that came into the group later', async () => {
    const stage = await withStaff()
    stage.world.rooms.get(room)?.members.delete('bot-south')
    await stage.say('zhao', await groupCode(stage, 'first'))
    stage.world.join(room, ['bot-south'], 'zhao')
    await stage.wait(5)
    stage.said.length = 0
    await stage.say('zhao', await groupCode(stage, 'second'))
    const [group] = await stage.all('groups')
    expect((await bindings(stage)).map(([, bound]) => bound)).toEqual([group?.id, group?.id])
    expect(stage.said.map(({ account }) => account)).toEqual(['north'])
  })

  test('binds nothing when a resident says it', async () => {
    const stage = await withStaff()
    await stage.say('wang', await groupCode(stage, 'bind'))
    expect((await bindings(stage)).map(([, bound]) => bound)).toEqual([null, null])
    expect(stage.said).toEqual([])
  })
})
