import { FileBox } from 'file-box'
import { describe, expect, it } from 'vitest'
import { NOON, startSim } from './sim.ts'

describe('hearing', () => {
  it('a text comes with its sender, room, time and account', async () => {
    const { world, chat, recorder } = await startSim()
    const id = world.say({ from: 'zhang', room: 'r1', text: '停水了' })
    await chat.settled()
    expect(recorder.heard()).toEqual([
      {
        account: 'main',
        id,
        room: { id: 'r1', topic: '幸福里1号楼' },
        sender: { id: 'zhang', name: '张三' },
        at: NOON,
        kind: 'text',
        text: '停水了',
        mentioned: false,
        own: false,
      },
    ])
  })

  it('a private message has no room and counts as a mention', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', to: 'bot', text: '在吗' })
    await chat.settled()
    expect(recorder.heard()[0]).toMatchObject({ text: '在吗', mentioned: true })
    expect(recorder.heard()[0]).not.toHaveProperty('room')
  })

  it('the bot is mentioned by id, by its usual name, and by its name in that room only', async () => {
    const { world, chat, recorder } = await startSim()
    world.addRoom({ id: 'r2', topic: '2号楼', memberIds: ['bot', 'zhang'] })
    world.setNameInRoom('r1', 'bot', '一号楼 管家')
    world.say({ from: 'zhang', room: 'r1', text: '看看', mentions: ['bot'] })
    world.say({ from: 'zhang', room: 'r1', text: '@小邻 看看' })
    world.say({ from: 'zhang', room: 'r1', text: '@一号楼 管家\u2005看看' })
    world.say({ from: 'zhang', room: 'r2', text: '@一号楼 管家\u2005看看' })
    await chat.settled()
    expect(recorder.heard().map(({ room, mentioned }) => [room?.id, mentioned])).toEqual(
      expect.arrayContaining([
        ['r1', true],
        ['r1', true],
        ['r1', true],
        ['r2', false],
      ]),
    )
  })

  it('a photo is fetched only when it is read', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', image: FileBox.fromBuffer(Buffer.from('jpeg bytes'), 'leak.jpg') })
    await chat.settled()
    const [message] = recorder.heard()
    expect(message).toMatchObject({ kind: 'image', text: '', photo: { name: 'leak.jpg' } })
    expect(Buffer.from((await message?.photo?.read()) ?? []).toString()).toBe('jpeg bytes')
  })

  it('a photo known by name only still reads as a picture', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', image: 'leak.png' })
    await chat.settled()
    const bytes = Buffer.from((await recorder.heard()[0]?.photo?.read()) ?? [])
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  })

  it('a photo that the messenger has forgotten cannot be read', async () => {
    const { world, chat, recorder } = await startSim({ maxMessages: 2 })
    world.say({ from: 'zhang', room: 'r1', image: 'leak.png' })
    await chat.settled()
    world.say({ from: 'zhang', room: 'r1', text: 'a' })
    world.say({ from: 'zhang', room: 'r1', text: 'b' })
    await expect(recorder.heard()[0]?.photo?.read()).rejects.toThrow()
  })

  it('voice and everything else come as such, without text', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', kind: 'voice' })
    world.say({ from: 'zhang', room: 'r1', kind: 'link', text: '<xml/>' })
    await chat.settled()
    expect(recorder.heard().map(({ kind, text }) => [kind, text])).toEqual([
      ['voice', ''],
      ['other', ''],
    ])
  })

  it.each([
    ['seconds', 1_714_968_000, 1_714_968_000_000],
    ['milliseconds', 1_714_968_000_123, 1_714_968_000_123],
    ['nothing at all', 0, NOON],
  ])('a time told as %s is kept in milliseconds', async (_, at, expected) => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', text: 'x', at })
    await chat.settled()
    expect(recorder.heard()[0]?.at).toBe(expected)
  })

  it('an id told twice is passed on twice: the inbox knows duplicates across restarts', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ id: 'same', from: 'zhang', room: 'r1', text: 'x' })
    world.say({ id: 'same', from: 'zhang', room: 'r1', text: 'x' })
    await chat.settled()
    expect(recorder.heard().map(({ id }) => id)).toEqual(['same', 'same'])
  })

  it('a message that cannot be read is told as lost', async () => {
    const { world, chat, recorder } = await startSim({ maxMessages: 0 })
    world.say({ from: 'zhang', room: 'r1', text: 'x' })
    await chat.settled()
    expect(recorder.heard()).toEqual([])
    expect(recorder.all('lost')).toEqual([{ type: 'lost', account: 'main', from: NOON, to: NOON }])
  })
})

describe('changes', () => {
  it('a recalled message is told by the id of the message taken back', async () => {
    const { world, chat, recorder } = await startSim()
    const id = world.say({ from: 'zhang', room: 'r1', text: '打错了' })
    world.recall(id)
    await chat.settled()
    expect(recorder.all('recalled')).toMatchObject([{ messageId: id, room: { id: 'r1' }, at: NOON }])
  })

  it('a rename is told, and later messages carry the new topic', async () => {
    const { world, chat, recorder } = await startSim()
    world.say({ from: 'zhang', room: 'r1', text: 'before' })
    await chat.settled()
    world.rename('r1', '幸福里一号楼')
    world.say({ from: 'zhang', room: 'r1', text: 'after' })
    await chat.settled()
    expect(recorder.all('renamed')).toMatchObject([{ room: { id: 'r1', topic: '幸福里一号楼' } }])
    expect(recorder.heard().map(({ room }) => room?.topic)).toEqual(['幸福里1号楼', '幸福里一号楼'])
  })

  it('who joins and leaves is told by id and name, and whether it is the bot', async () => {
    const { world, chat, recorder } = await startSim()
    world.addContact({ id: 'wang', name: '王五' })
    world.join('r1', ['wang'], 'zhang')
    world.leave('r1', ['li'])
    await chat.settled()
    world.leave('r1', ['bot'], 'zhang')
    await chat.settled()
    world.join('r1', ['bot'], 'zhang')
    await chat.settled()
    expect(recorder.all('joined').map(({ members, self }) => [members, self])).toEqual([
      [[{ id: 'wang', name: '王五' }], false],
      [[{ id: 'bot', name: '小邻' }], true],
    ])
    expect(recorder.all('left').map(({ members, self }) => [members[0]?.name, self])).toEqual([
      ['李四', false],
      ['小邻', true],
    ])
    expect(recorder.all('left')[1]?.room.topic).toBe('幸福里1号楼')
  })

  it('a friend request carries its hello, and once accepted the person can be written to', async () => {
    const { world, chat, recorder } = await startSim()
    world.requestFriend({ id: 'wang', name: '王五' }, 'bot', '我是王五 A7K2')
    await chat.settled()
    await expect(chat.send({ contact: 'wang' }, '您好')).rejects.toMatchObject({ code: 'gone' })
    const [request] = recorder.all('friend')
    expect(request).toMatchObject({ contact: { id: 'wang', name: '王五' }, hello: '我是王五 A7K2' })
    await request?.accept()
    await expect(chat.send({ contact: 'wang' }, '您好')).resolves.toHaveProperty('messageId')
  })

  it('only rooms the bot is in are listed', async () => {
    const { world, chat } = await startSim()
    world.addRoom({ id: 'r2', topic: '别人的群', memberIds: ['zhang'] })
    expect(await chat.rooms()).toEqual([
      { id: 'r1', topic: '幸福里1号楼', memberIds: ['bot', 'zhang', 'li'] },
    ])
  })
})

describe('sending', () => {
  it('tells the id, and the echo comes back as our own', async () => {
    const { chat, recorder } = await startSim()
    const { messageId } = await chat.send({ room: 'r1' }, '收到')
    await chat.settled()
    expect(recorder.messages()).toMatchObject([
      { id: messageId, own: true, text: '收到', room: { id: 'r1' } },
    ])
  })

  it('without an id from the messenger, the echo is still our own', async () => {
    const { chat, recorder } = await startSim({ tellsIds: false })
    expect(await chat.send({ room: 'r1' }, '收到')).toEqual({})
    await chat.settled()
    expect(recorder.messages()).toMatchObject([{ own: true, text: '收到', mentioned: false }])
  })

  it.each([
    ['操作过于频繁，请稍后再试', 'rate'],
    ['14 UNAVAILABLE: Connection dropped', 'offline'],
    ['something else', 'failed'],
  ])('%s: the send error is %s', async (said, code) => {
    const { chat, puppet } = await startSim()
    puppet.gate = async () => {
      throw new Error(said)
    }
    await expect(chat.send({ room: 'r1' }, 'x')).rejects.toMatchObject({ name: 'SendError', code })
  })

  it('to a room that is gone says so', async () => {
    const { chat } = await startSim()
    await expect(chat.send({ room: 'r9' }, 'x')).rejects.toMatchObject({ code: 'gone' })
  })

  it('goes one at a time with the guard closed, in order', async () => {
    const { chat, puppet } = await startSim({ link: { timings: { minTimeMs: 5 } } })
    let running = 0
    const most: number[] = []
    const sent: string[] = []
    puppet.gate = async ({ text }) => {
      most.push(++running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      sent.push(text)
      running -= 1
    }
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => chat.send({ room: 'r1' }, text)))
    expect(sent).toEqual(['a', 'b', 'c', 'd'])
    expect(Math.max(...most)).toBe(1)
  })

  it('fails as offline after stop', async () => {
    const { chat } = await startSim()
    await chat.stop()
    expect(chat.state()).toMatchObject({ state: 'down', reason: 'stopped' })
    await expect(chat.send({ room: 'r1' }, 'x')).rejects.toMatchObject({ code: 'offline' })
  })
})

describe('logging in', () => {
  it('a code to scan is told, and then that the link is up', async () => {
    const { chat, puppet, recorder } = await startSim({ logsIn: false })
    puppet.showQrCode('https://login.example/abc')
    await chat.settled()
    expect(chat.state()).toMatchObject({ state: 'waiting-for-scan', qr: 'https://login.example/abc' })
    puppet.login('bot')
    await recorder.until('up')
    expect(recorder.events.map(({ type }) => type)).toEqual(['qr', 'up'])
  })
})

describe('replay', () => {
  it('the same lines give the same events, byte for byte', async () => {
    const run = async () => {
      const { world, chat, recorder } = await startSim()
      world.say({ from: 'zhang', room: 'r1', text: '@小邻 停水了' })
      await chat.send({ room: 'r1' }, '收到')
      await chat.settled()
      return JSON.stringify(recorder.events)
    }
    expect(await run()).toBe(await run())
  })
})
