import { expect, test } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import { copyEnded } from '../../../bot/notices/copies/finish.ts'
import { pauseNotice } from '../../../bot/notices/copies/run.ts'
import type { Store } from '../../../bot/ports/store.ts'
import { schema } from '../../../bot/schema.ts'
import type { Stage } from '../stage.ts'
import { decide, noticeNow, openSending, schedule, sentToGroups } from './sending-stage.ts'

/** What one sending reads does not grow with what was sent, nor with what waits. */

interface CountingStore extends Store {
  /** Documents read so far. */
  reads(): number
}

function countingStore(): CountingStore {
  const store = openMemoryStore(schema)
  let reads = 0
  return {
    ...{ commit: (changes) => store.commit(changes), count: (...query) => store.count(...query) },
    ...{ watch: (listener) => store.watch(listener), close: () => store.close(), reads: () => reads },
    async get(collection, id) {
      reads += 1
      return store.get(collection, id)
    },
    async find(collection, query) {
      const page = await store.find<never>(collection, query)
      reads += page.documents.length
      return page
    },
  }
}

const groups = 642

async function openDistrict(): Promise<{ stage: Stage; store: CountingStore }> {
  const store = countingStore()
  const names = Array.from({ length: groups }, (_, index) => [`群${index}`, ['main']] as const)
  const stage = await openSending({ store, groups: Object.fromEntries(names) })
  await schedule(stage)
  return { stage, store }
}

async function readsOf(store: CountingStore, work: () => Promise<unknown>): Promise<number> {
  const before = store.reads()
  await work()
  return store.reads() - before
}

async function sendTen(stage: Stage): Promise<void> {
  const until = sentToGroups(stage).length + 10
  while (sentToGroups(stage).length < until) await stage.wait(1)
}

test('the six hundredth group costs no more than the tenth', async () => {
  const { stage, store } = await openDistrict()
  await sendTen(stage)
  const early = await readsOf(store, () => sendTen(stage))
  await stage.wait(2_300)
  expect(sentToGroups(stage).length).toBeGreaterThan(500)
  const late = await readsOf(store, () => sendTen(stage))
  expect(late).toBeLessThan(early * 1.2)
})

test('six hundred paused copies are not looked at when somebody is answered', async () => {
  const { stage, store } = await openDistrict()
  await stage.wait(1)
  await decide(stage, async (reading) =>
    pauseNotice(stage.house, reading, await noticeNow(stage), 'operator'),
  )
  const paused = await readsOf(store, async () => stage.engine.nextDue())
  expect(paused).toBeLessThan(10)
})

test('a hundred follow-ups that wait for the morning are not in the way of an answer at night', async () => {
  const stage = await openSending({ start: '2026-11-18 23:00' })
  const { now } = stage.clock
  for (let count = 0; count < 120; count++)
    await stage.put('outbox', {
      ...{ id: `waits-${count}`, account: 'main', to: { group: 'g-甲' }, kind: 'reply', text: '回访' },
      ...{ state: 'queued', urgent: false, queuedAt: now, dueAt: now + 8 * 3_600_000, attempts: 0 },
      ...{ rank: 1e14 + now + count, forgetAt: null },
    })
  await stage.hear('王阿姨', '@小邻 你好', { group: '乙' })
  expect(sentToGroups(stage).map(({ group }) => group)).toEqual(['乙'])
})

test('two processes whose last copies end at the same moment finish the notice once', async () => {
  const stage = await openSending({ groups: { 甲: ['main'], 乙: ['main'] } })
  await schedule(stage)
  await stage.wait(1)
  for (const { id, notice } of await stage.all('outbox'))
    if (notice) await stage.change('outbox', id, { state: 'confirmed', endedAt: stage.clock.now })
  await Promise.all([
    copyEnded(stage.house, 'N1'),
    copyEnded(stage.house, 'N1'),
    copyEnded(stage.house, 'N1'),
  ])
  expect((await noticeNow(stage)).history.map(({ event }) => event)).toEqual(['started', 'finished'])
  await stage.wait(60)
  expect(stage.toldTo('小钱')).toHaveLength(1)
})
