import { expect, onTestFinished, test } from 'vitest'
import { loadLore } from '../../adapters/files/lore.ts'
import { projectRoot } from '../../adapters/files/project-root.ts'
import { openMemoryStore } from '../../adapters/storage/memory.ts'
import { createWechatChat } from '../../adapters/wechat/link.ts'
import { SimPuppet } from '../../adapters/wechat/sim-puppet.ts'
import { SimWorld } from '../../adapters/wechat/sim-world.ts'
import { execute } from '../../bot/doors/execute.ts'
import { query } from '../../bot/doors/query.ts'
import { createEngine } from '../../bot/engine.ts'
import { defaultSettings, type House } from '../../bot/house.ts'
import { schema } from '../../bot/schema.ts'

const operator = { kind: 'operator' } as const

/** A bot whose rooms do not bind themselves, on virtual time. */
async function openBot() {
  const clock = { now: Date.parse('2026-11-20T10:00:00+08:00') }
  let ids = 0
  let seed = 0
  const world = new SimWorld({ now: () => clock.now, nextId: () => `m-${++ids}` })
  for (const [id, name] of [
    ['bot', '小邻'],
    ['zhao', '赵敏'],
    ['wang', '王阿姨'],
  ] as const)
    world.addContact({ id, name })
  world.addRoom({ id: 'r1', topic: '3号楼的群', memberIds: ['bot', 'zhao', 'wang'] })
  const puppet = new SimPuppet({ world, self: 'bot' })
  const chat = createWechatChat({ account: 'main', puppet: { kind: 'sim', puppet }, now: () => clock.now })
  const said: string[] = []
  const house: House = {
    ...(await loadLore(projectRoot())),
    ...{ store: openMemoryStore(schema), chats: [chat], settings: defaultSettings, now: () => clock.now },
    salt: () => '',
    random: () => (seed = (seed + 0.137) % 1),
    photos: { save: async (name) => ({ name, file: name }) },
    observe: (happening) => {
      if (happening.type === 'sent') said.push(happening.entry.text)
    },
  }
  const engine = createEngine(house)
  chat.on((event) => engine.handle(chat, event))
  await chat.start()
  await chat.settled()
  onTestFinished(() => chat.stop())
  return {
    house,
    said,
    /** Says it, and lets half a minute pass. */
    async say(from: string, text: string, room?: string) {
      world.say({ from, text, ...(room === undefined ? { to: 'bot' } : { room }) })
      await chat.settled()
      for (let step = 0; step < 6; step++) {
        clock.now += 5_000
        await engine.runDue()
        await chat.settled()
      }
    },
  }
}

async function rows(house: House, type: string): Promise<readonly Record<string, unknown>[]> {
  return (await query(house, operator, { type })) as readonly Record<string, unknown>[]
}

test('a code of the roster, said in private, makes that contact the person on the roster', async () => {
  const { house, say, said } = await openBot()
  const { code, person } = await execute(house, operator, '1', {
    type: 'roster.add',
    name: '赵敏',
    role: 'grid_worker',
  })
  await say('zhao', `我的口令 ${code}`)
  expect(said).toEqual([expect.stringMatching(/^赵敏您好，身份已登记：网格员/)])
  expect(await rows(house, 'roster')).toMatchObject([{ id: person, role: 'grid_worker', friend: true }])
  await say('wang', `${code}`)
  expect(said.at(-1)).toMatch(/不对或已过期/)
})

test('an unbound room hears nothing but codes, and only staff can bind it', async () => {
  const { house, say, said } = await openBot()
  const roster = await execute(house, operator, '1', {
    type: 'roster.add',
    name: '赵敏',
    role: 'grid_worker',
  })
  const bind = await execute(house, operator, '2', { type: 'group.bind', name: '3号楼业主群' })
  await say('wang', '3号楼电梯坏了', 'r1')
  await say('wang', String(bind['code']), 'r1')
  expect(said).toEqual([])
  await say('zhao', String(roster['code']))
  await say('zhao', String(bind['code']), 'r1')
  expect(said.at(-1)).toMatch(/^本群已绑定：3号楼业主群/)
  expect(await rows(house, 'groups')).toMatchObject([{ id: bind['group'], owner: 'main' }])
  await say('wang', '3号楼电梯坏了', 'r1')
  expect(said.at(-1)).toMatch(/电梯问题已登记/)
})

test('the same command id happens once, and gives the first result again', async () => {
  const { house } = await openBot()
  const command = { type: 'roster.add', name: '赵敏', role: 'grid_worker' }
  const first = await execute(house, operator, 'once', command)
  expect(await execute(house, operator, 'once', command)).toEqual(first)
  expect(await rows(house, 'roster')).toHaveLength(1)
})
