import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLowdbStore } from '../adapters/storage/lowdb/store.ts'
import type { Store } from '../bot/ports/store.ts'
import { schema } from '../bot/schema.ts'
import { defaultGroup, openStage, type Stage } from './bot/stage.ts'

/**
 * The story of one message, from the first word to the answer, with the power cut in the middle. What stands on
 * the disk is all that survives: each `restart` is a new bot over the same folder.
 */

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linli-story-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

interface Running {
  readonly store: Store
  readonly stage: Stage
}

async function startBot(folder: string, start: string): Promise<Running> {
  const store = await openLowdbStore({ folder, schema })
  return { store, stage: await openStage({ store, start }) }
}

/** The old one says nothing more; the new one knows what was written down. */
async function restart(folder: string, before: Running, start: string): Promise<Running> {
  await before.store.close()
  return startBot(folder, start)
}

const evening = '2026-11-18 18:30'

test('石女士 reports a lift in two lines and a photo, and gets one ticket and one answer', async () => {
  const folder = await dataFolder()
  const { stage, store } = await startBot(folder, evening)
  onTestFinished(() => store.close())

  // she writes as people write: in pieces
  await stage.say('石女士', '电梯又停了')
  await stage.wait(4)
  await stage.say('石女士', '11号楼1单元的 上周刚修过')
  await stage.wait(5)
  await stage.say('石女士', '', { photo: 'lift.jpg' })

  // the bot waits until she has finished
  expect(stage.events).toEqual([])
  await stage.wait(8)
  expect(stage.events[0]).toMatchObject({
    ...{ type: 'opened', category: 'facilities', text: '电梯又停了\n11号楼1单元的 上周刚修过' },
    ...{ place: { building: '11', unit: '1' }, photos: [{ name: 'lift.jpg' }] },
  })

  // one short word with number and deadline, to the group in which she spoke
  expect(stage.saidTo()).toEqual([
    '收到，11号楼1单元电梯问题已登记，单号1118-001，交物业，11月23日18:00前办好。',
  ])

  // thanks are for nobody to answer
  expect(await stage.hear('石女士', '谢谢小邻')).toEqual([])

  // every line of hers has its place in the ticket, and is kept as long as it is
  const lines = await stage.all('inbox')
  expect(lines.filter(({ forgetAt }) => forgetAt === null)).toHaveLength(3)
  expect((await stage.all('tickets'))[0]?.messages).toHaveLength(3)
})

test('the power fails at every step, and nothing is lost and nothing happens twice', async () => {
  const folder = await dataFolder()
  let running = await startBot(folder, evening)
  onTestFinished(() => running.store.close())

  // cut after the first line: it was written down before anything was thought about it
  await running.stage.say('石女士', '电梯又停了', { id: 'one' })
  running = await restart(folder, running, '2026-11-18 18:30')

  // WeChat tells the old line again, as it does after a login, and she goes on writing
  await running.stage.say('石女士', '电梯又停了', { id: 'one' })
  await running.stage.wait(3)
  await running.stage.say('石女士', '11号楼1单元的', { id: 'two' })

  // cut while the bot waits for her next line; it comes back when that time is long over
  running = await restart(folder, running, '2026-11-18 18:32')
  await running.stage.wait(0)
  expect(running.stage.events[0]).toMatchObject({ type: 'opened', text: '电梯又停了\n11号楼1单元的' })

  // cut after the ticket was opened: the answer stands in the outbox if it was not sent
  expect(running.stage.sent).toHaveLength(1)
  running = await restart(folder, running, '2026-11-18 18:33')
  await running.stage.wait(60)
  expect(running.stage.events).toEqual([])
  expect(running.stage.sent).toEqual([])
  expect(await running.stage.all('tickets')).toHaveLength(1)

  // cut during sending: the reply goes out again rather than not at all
  await running.stage.say('马叔', '@小邻 电梯的事怎么样了')
  running.stage.chat.failNext(...Array.from({ length: 5 }, () => 'offline' as const))
  await running.stage.wait(5)
  expect(running.stage.sent).toEqual([])
  running = await restart(folder, running, '2026-11-18 18:40')
  await running.stage.wait(120)
  expect(running.stage.saidTo()).toEqual([expect.stringContaining('1118-001')])

  // cut over the weekend: the light that should have turned meanwhile turns at the start
  await running.stage.hire('网格员小赵', 'grid_worker')
  running = await restart(folder, running, '2026-11-23 09:00')
  await running.stage.wait(10)
  expect(running.stage.toldTo('网格员小赵')).toEqual([expect.stringContaining('【黄】')])

  // and the ticket goes its way to the end
  await running.stage.hear('网格员小赵', '#办结 换了钢丝绳')
  running = await restart(folder, running, '2026-11-23 10:00')
  await running.stage.hear('石女士', '满意')
  const [ticket] = await running.stage.all('tickets')
  expect(ticket).toMatchObject({ id: '20261118-001', state: 'closed', group: expect.any(String) })
  const events = await running.stage.all('ticketEvents')
  expect(events.map(({ type }) => type)).toEqual(['opened', 'dispatched', 'done', 'rated', 'closed'])
  expect(running.stage.saidTo(defaultGroup)).toEqual([expect.stringContaining('已销号')])
})
