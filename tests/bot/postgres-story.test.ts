import { expect, onTestFinished, test } from 'vitest'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import { schema } from '../../bot/schema.ts'
import { asOwner, emptyDatabase } from '../storage/postgres-server.ts'
import { defaultGroup, openStage } from './stage.ts'

/** tests/one-message.test.ts tells the story of one message; here its house stands on PostgreSQL. */
test('a lift breaks, a ticket opens, and is worked off to the end, with every connection cut in between', async () => {
  const url = await emptyDatabase()
  const begin = async (start: string) => {
    const store = await openPostgresStore({ url, schema, onWarning: () => undefined })
    onTestFinished(() => store.close())
    return { store, stage: await openStage({ store, start }) }
  }
  const first = await begin('2026-11-18 18:30')
  await first.stage.say('石女士', '电梯又停了')
  await first.stage.wait(4)
  await first.stage.say('石女士', '11号楼1单元的 上周刚修过')
  await first.stage.say('石女士', '', { photo: 'lift.jpg' })
  await asOwner(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'linli'`,
  )
  await first.stage.wait(8)
  expect(first.stage.saidTo()).toEqual([
    '收到，11号楼1单元电梯问题已登记，单号1118-001，交物业，11月23日18:00前办好。',
  ])
  await first.stage.hire('网格员小赵', 'grid_worker')
  await first.store.close()

  // another process goes on over the weekend
  const { stage } = await begin('2026-11-23 09:00')
  await stage.wait(10)
  expect(stage.toldTo('网格员小赵')).toEqual([expect.stringContaining('【黄】')])
  await stage.hear('网格员小赵', '#办结 换了钢丝绳')
  await stage.hear('石女士', '满意')
  const events = await stage.all('ticketEvents')
  expect(events.map(({ type }) => type)).toEqual(['opened', 'dispatched', 'done', 'rated', 'closed'])
  expect(stage.saidTo(defaultGroup)).toContainEqual(expect.stringContaining('已销号'))
})
