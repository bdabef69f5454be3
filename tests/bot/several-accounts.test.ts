import { describe, expect, test } from 'vitest'
import { execute } from '../../bot/doors/execute.ts'
import type { Chat, InboundMessage } from '../../bot/ports/chat.ts'
import { openTwoAccounts, room, type TwoAccounts } from './several-accounts-stage.ts'

const broken = '3号楼2单元电梯坏了'
const operator = { kind: 'operator' } as const

function opened(stage: TwoAccounts): number {
  return stage.happenings.filter((each) => each.type === 'ticket' && each.event.type === 'opened').length
}

describe('a group with two of our accounts', () => {
  test('is one group, and one of them answers', async () => {
    const stage = await openTwoAccounts()
    const answers = await stage.say('wang', broken)
    expect(answers.map(({ account }) => account)).toEqual(['north'])
    expect(opened(stage)).toBe(1)
    expect(await stage.all('groups')).toHaveLength(1)
    expect((await stage.all('rooms')).map(({ id, group }) => [id, group])).toEqual([
      [`north/${room}`, (await stage.all('groups'))[0]?.id],
      [`south/${room}`, (await stage.all('groups'))[0]?.id],
    ])
  })

  test('takes the words of the one account for nobody’s line, also after a restart', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    const lines = (await stage.all('inbox')).length
    stage.world.say({ from: 'bot-south', room, text: broken })
    await stage.wait(30)
    stage.world.say({ from: 'bot-north', room, text: broken })
    await stage.wait(30)
    await stage.restart()
    stage.world.say({ from: 'bot-south', room, text: '5号楼着火了，快来人' })
    await stage.wait(30)
    expect(await stage.all('inbox')).toHaveLength(lines)
    expect(stage.said).toEqual([])
    expect(opened(stage)).toBe(0)
    expect((await stage.all('people')).map(({ name }) => name)).toEqual(['王阿姨'])
  })

  test('knows its own words by the words where each account sees the other under a new id', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    const [group] = await stage.all('groups')
    stage.world.addContact({ id: '@seen-by-north', name: '小邻二号' })
    stage.world.rooms.get(room)?.members.set('@seen-by-north', '')
    await stage.put('outbox', {
      ...{
        id: 'n',
        account: 'south',
        to: { group: group?.id ?? '' },
        kind: 'notice',
        text: '明早停水，请提前储水',
      },
      ...{ state: 'sending', urgent: false, queuedAt: stage.clock.now, dueAt: stage.clock.now },
      ...{ rank: 5e14 + stage.clock.now, attempts: 0, forgetAt: null },
    })
    const lines = (await stage.all('inbox')).length
    await stage.say('@seen-by-north', '明早停水，请提前储水')
    expect(await stage.all('inbox')).toHaveLength(lines)
    await stage.say('@seen-by-north', '我不是机器人，我家也停水了')
    expect(await stage.all('inbox')).toHaveLength(lines + 1)
  })

  test('hears a mention of the account that does not answer as a mention of the bot', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    const answers = await stage.say('wang', '@小邻二号\u2005在吗')
    expect(answers.map(({ account }) => account)).toEqual(['north'])
    expect((await stage.all('inbox')).at(-1)).toMatchObject({ mentioned: true })
  })
})

describe('while the owner of a group is away', () => {
  test('the other account hears and answers, and the owner has the group again when it is back', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    await stage.breakLink('north')
    await stage.wait(90)
    expect((await stage.say('wang', broken)).map(({ account }) => account)).toEqual(['south'])
    await stage.mendLink('north')
    await stage.wait(10)
    const back = await stage.say('wang', '6号楼下水道堵了，污水都冒出来了')
    expect(back.map(({ account }) => account)).toEqual(['north'])
    expect(opened(stage)).toBe(2)
  })

  test('a line is lost neither in its first minute nor in the moment of its return, and is taken once', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    await stage.breakLink('north')
    stage.world.say({ from: 'wang', room, text: broken })
    await stage.settled()
    await stage.mendLink('north')
    // the gateway had kept it: the owner is told after all
    stage.world.say({ from: 'wang', room, text: broken, id: 'late' })
    await stage.wait(60)
    expect(opened(stage)).toBe(1)
    expect((await stage.all('inbox')).filter(({ text }) => text === broken)).toHaveLength(1)
  })

  test('a line that was said while it was away is taken by the other one also when it is back by then', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    await stage.breakLink('north')
    const at = stage.clock.now + 1_000
    stage.clock.now += 2_000
    await stage.mendLink('north')
    const south = stage.house.chats[1] as Chat
    const message: InboundMessage = {
      ...{ account: 'south', id: 'slow', at, text: broken, mentioned: false, own: false },
      kind: 'text',
      ...{ sender: { id: 'wang', name: '王阿姨' }, room: { id: room, topic: '槐荫小区业主群' } },
    }
    await stage.engine.handle(south, { type: 'message', message })
    await stage.wait(30)
    expect(opened(stage)).toBe(1)
  })

  test('who took a line answers it, without waiting for the minute', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    await stage.breakLink('north')
    expect((await stage.say('wang', broken)).map(({ account }) => account)).toEqual(['south'])
  })

  test('what waited for it goes out through the other account after a minute', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    stage.world.say({ from: 'wang', room, text: broken })
    await stage.settled()
    await stage.breakLink('north')
    await stage.wait(30)
    expect(stage.said).toEqual([])
    await stage.passOn()
    expect(stage.said).toEqual([])
    await stage.wait(60)
    await stage.passOn()
    await stage.wait(5)
    expect(stage.said.map(({ account }) => account)).toEqual(['south'])
  })

  test('nobody else answers where nobody else is', async () => {
    const stage = await openTwoAccounts()
    stage.world.rooms.get(room)?.members.delete('bot-south')
    await stage.say('wang', '大家早上好')
    await stage.breakLink('north')
    await stage.wait(90)
    expect(await stage.say('wang', broken)).toEqual([])
  })

  test('an owner that was removed from the group is stood in for at once', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    stage.world.leave(room, ['bot-north'], 'wang')
    await stage.wait(5)
    expect((await stage.say('wang', broken)).map(({ account }) => account)).toEqual(['south'])
    expect(await stage.all('outbox')).toEqual([expect.objectContaining({ account: 'south' })])
  })
})

describe('a group is handed over', () => {
  test('by an admin, with what waits for the account that is gone', async () => {
    const stage = await openTwoAccounts()
    stage.world.say({ from: 'wang', room, text: broken })
    await stage.settled()
    await stage.breakLink('north')
    await stage.wait(30)
    const [group] = await stage.all('groups')
    const command = { type: 'group.owner', group: group?.name, account: 'south' }
    expect(await execute(stage.house, operator, '1', command)).toMatchObject({ before: 'north' })
    await stage.wait(5)
    expect(stage.said.map(({ account }) => account)).toEqual(['south'])
    await stage.mendLink('north')
    const answers = await stage.say('wang', '6号楼下水道堵了，污水都冒出来了')
    expect(answers.map(({ account }) => account)).toEqual(['south'])
  })

  test('only to an account of ours that is in it, and by an admin alone', async () => {
    const stage = await openTwoAccounts()
    await stage.say('wang', '大家早上好')
    const [group] = await stage.all('groups')
    const to = (account: string) => ({ type: 'group.owner', group: group?.id, account })
    await expect(execute(stage.house, operator, '1', to('west'))).rejects.toThrow(
      /no account west: there are north, south/,
    )
    await stage.put('rooms', { ...(await stage.all('rooms'))[1], left: true } as never)
    await expect(execute(stage.house, operator, '2', to('south'))).rejects.toThrow(
      /account south is not in .*let it in/,
    )
    const [person] = await stage.all('people')
    const resident = { kind: 'person', id: person?.id } as never
    await expect(execute(stage.house, resident, '3', to('south'))).rejects.toThrow(/needs the role admin/)
  })
})
