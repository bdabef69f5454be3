import { expect, test } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import type { Query, Store } from '../../../bot/ports/store.ts'
import { schema } from '../../../bot/schema.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import { first, openAfterStage } from './after-stage.ts'

const water = '明天上午8点到12点停水，1-6号楼，请提前接水。收到请回复'

/** Counts what is read of notices, and of the copies in the outbox. */
function counting(): { readonly store: Store; readonly reads: () => number } {
  const inner = openMemoryStore(schema)
  let reads = 0
  const count = (collection: string) => {
    if (/otice|outbox/u.test(collection)) reads++
  }
  const store: Store = {
    ...inner,
    get: (collection: string, id: string) => {
      count(collection)
      return inner.get(collection, id)
    },
    find: (collection: string, query?: Query) => {
      count(collection)
      return inner.find(collection, query)
    },
    count: (collection, query) => inner.count(collection, query),
    commit: (changes) => inner.commit(changes),
    watch: (listener) => inner.watch(listener),
    close: () => inner.close(),
  } as Store
  return { store, reads: () => reads }
}

test('what a line costs does not grow with the notices that are over', async () => {
  const costs: number[] = []
  for (const old of [0, 25]) {
    const { store, reads } = counting()
    const { stage, publish, hear } = await openAfterStage({ store })
    for (let at = 0; at < old; at++) await publish(`第${at}件事：楼道大扫除，${at}号单元先来。`)
    stage.clock.now += 10 * day
    await stage.wait(60)
    await publish(water)
    for (const text of ['收到', '几点来水？', '今天天气不错', '@小邻 你好']) {
      const before = reads()
      await hear('周婶', text)
      costs.push(reads() - before)
    }
  }
  expect(costs.slice(4)).toEqual(costs.slice(0, 4))
})

test('receipts are forgotten with the tickets of their time', async () => {
  const { stage, publish, hear } = await openAfterStage()
  await publish(water)
  await hear('周婶', '收到')
  expect(await stage.all('noticeReceipts')).toHaveLength(1)
  await stage.restart()
  await stage.wait(86_400)
  expect(await stage.all('noticeReceipts')).toHaveLength(1)
  stage.clock.now += 4 * 365 * day
  await stage.wait(2 * 86_400)
  expect(await stage.all('noticeReceipts')).toEqual([])
  expect(stage.saidTo(first)).toContain(water)
})
