import { expect, test } from 'vitest'
import { createWechatChat, type WechatChat } from '../../adapters/wechat/link.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { createEngine, type Engine } from '../../bot/engine.ts'
import type { Match } from '../../bot/grid/match.ts'
import { membersOf } from '../../bot/grid/members-of.ts'
import { startReading } from '../../bot/reading.ts'
import { openStage, type Stage } from './stage.ts'

/** The real WeChat adapter over the simulated puppet: one login, then another in which every id is another. */

const operator = { kind: 'operator' } as const
const topics = ['幸福里业主群', '槐荫商户群', '柳林志愿者群']

/** `login` stands in every id. */
function openWorld(stage: Stage, login: string): SimWorld {
  let ids = 0
  const world = new SimWorld({ now: () => stage.clock.now, nextId: () => `${login}-m${++ids}` })
  world.addContact({ id: `${login}-bot`, name: '小邻' })
  for (const topic of topics) {
    const names = Array.from({ length: 30 }, (_, at) => `${topic.slice(0, 2)}${at}`)
    for (const name of names) world.addContact({ id: `${login}-${name}`, name })
    const memberIds = [`${login}-bot`, ...names.map((name) => `${login}-${name}`)]
    world.addRoom({ id: `${login}-room-${topic}`, topic, memberIds })
  }
  return world
}

interface Linked {
  readonly chat: WechatChat
  readonly engine: Engine
  readonly world: SimWorld
  readonly puppet: SimPuppet
}

async function link(stage: Stage, login: string): Promise<Linked> {
  const world = openWorld(stage, login)
  const puppet = new SimPuppet({ world, self: `${login}-bot` })
  const chat = createWechatChat({
    account: 'main',
    puppet: { kind: 'sim', puppet },
    now: () => stage.clock.now,
  })
  const engine = createEngine({ ...stage.house, chats: [chat] })
  chat.on((event) => engine.handle(chat, event))
  await chat.start()
  await chat.settled()
  return { chat, engine, world, puppet }
}

async function wait(stage: Stage, { engine, chat }: Linked, seconds: number): Promise<void> {
  const until = stage.clock.now + seconds * 1000
  for (;;) {
    await chat.settled()
    const next = await engine.nextDue()
    if (next === undefined || next > until) break
    stage.clock.now = Math.max(stage.clock.now, next)
    await engine.runDue()
  }
  stage.clock.now = until
}

test('the groups of a world whose ids all changed are found again, and the bot speaks in them once they are confirmed', async () => {
  const stage = await openStage({ settings: { bindRoomsThemselves: false } })
  for (const topic of topics) {
    const [id, room] = [`g-${topic}`, `one-room-${topic}`]
    await stage.put('groups', { id, name: topic, places: [], tags: [], setting: 'answer', owner: 'main' })
    await stage.put('rooms', { id: `main/${room}`, account: 'main', room, topic, group: id })
  }
  const first = await link(stage, 'one')
  await wait(stage, first, 600)
  expect((await membersOf(startReading(stage.store), 'g-槐荫商户群')).count).toBe(30)
  await first.chat.stop()

  const second = await link(stage, 'two')
  await wait(stage, second, 600)
  const matches = (await query(stage.house, operator, { type: 'matches' })) as readonly Match[]
  expect(matches).toHaveLength(3)
  for (const match of matches) {
    expect(match).toMatchObject({
      kind: 'group',
      name: 'topic' in match ? match.topic : '',
      sure: true,
      shared: 30,
      of: 30,
    })
    await execute(stage.house, operator, `confirm/${match.number}`, {
      type: 'match.confirm',
      match: match.number,
    })
  }
  second.world.say({ from: 'two-槐荫3', room: 'two-room-槐荫商户群', text: '@小邻 易拉罐是什么垃圾' })
  await wait(stage, second, 60)
  const said = [...second.world.messages.values()].filter(({ talkerId }) => talkerId === 'two-bot')
  expect(said).toMatchObject([{ roomId: 'two-room-槐荫商户群', text: expect.stringContaining('可回收物') }])
  await second.chat.stop()
})
