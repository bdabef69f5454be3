import { describe, expect, onTestFinished, test } from 'vitest'
import { openPostgresStore } from '../../adapters/storage/postgres/store.ts'
import { createEngine } from '../../bot/engine.ts'
import type { House } from '../../bot/house.ts'
import { fencedStore, unlessLost } from '../../bot/leases/fenced-store.ts'
import type { Hands } from '../../bot/leases/hands.ts'
import { leasedChat } from '../../bot/leases/leased-chat.ts'
import { takeUpNotices } from '../../bot/notices/copies/take-up.ts'
import { schema } from '../../bot/schema.ts'
import { createOutbox } from '../../bot/sending/outbox.ts'
import { link, noticeNow, openSending, schedule, sentToGroups, states } from '../bot/notices/sending-stage.ts'
import type { Stage } from '../bot/stage.ts'
import { emptyDatabase } from '../storage/postgres-server.ts'

const noGaps = { reply: 0, notice: 0, jitter: 0, group: 0 }
const pace = { ...noGaps, rest: 60_000, attempts: 6, backoff: 2_000 }

test('a process without the house lease fires no timer of a notice and does not wake up for one', async () => {
  const stage = await openSending({ accounts: ['a', 'b'], groups: { 甲: ['a'], 乙: ['b'] } })
  await schedule(stage, { expiresAt: stage.clock.now + 60_000 })
  const accountsOnly: Hands = { of: () => stage.house, house: () => undefined }
  const other = createEngine(stage.house, accountsOnly)
  await other.runDue()
  expect(await other.nextDue()).toBeUndefined()
  expect((await noticeNow(stage)).state).toBe('scheduled')
  // whoever has the house begins it; its copies are sent by whoever has the accounts
  const houseOnly: Hands = { of: () => undefined, house: () => stage.house }
  await createEngine(stage.house, houseOnly).runDue()
  expect((await noticeNow(stage)).state).toBe('sending')
  expect(sentToGroups(stage)).toEqual([])
  stage.clock.now += 61_000
  const neither = createEngine(stage.house, { of: () => undefined, house: () => undefined })
  await neither.runDue()
  expect(await neither.nextDue()).toBeUndefined()
  expect((await noticeNow(stage)).state).toBe('sending')
  await createEngine(stage.house, houseOnly).runDue()
  expect((await noticeNow(stage)).state).toBe('expired')
  expect(await states(stage)).toEqual({ 甲: 'skipped expired', 乙: 'skipped expired' })
})

test('two processes whose accounts end the last copies of a notice at the same moment finish it once, and its author is told once', async () => {
  const rounds = 12
  const url = await emptyDatabase()
  const store = await openDatabase(url)
  const stage = await openSending({
    ...{ accounts: ['a', 'b'], groups: { 甲: ['a'], 乙: ['b'] }, settings: { pace } },
    store,
  })
  const second = await openDatabase(url)
  for (let round = 1; round <= rounds; round++) {
    const id = `N${round}`
    await schedule(stage, { id, text: `第${round}条通知` })
    await createEngine(stage.house, { of: () => undefined, house: () => stage.house }).runDue()
    await Promise.all([pump(stage.house, stage, 'a'), pump({ ...stage.house, store: second }, stage, 'b')])
    const notice = await noticeNow(stage, id)
    expect(notice.state).toBe('finished')
    expect(notice.history.map(({ event }) => event)).toEqual(['started', 'finished'])
    const record = await store.get<{ id: string; copies: { state: string }[] }>('noticeRecords', id)
    expect(record?.copies.map(({ state }) => state)).toEqual(['confirmed', 'confirmed'])
    const told = (await stage.all('outbox')).filter((entry) => entry.id.startsWith(`notice/${id}/finished`))
    expect(told).toHaveLength(1)
  }
})

test('copies of an account that was taken over and whose gateway does not answer go to other members after a minute; where it is alone they wait for it', async () => {
  const stage = await openSending({ accounts: ['a', 'b'], groups: { 甲: ['a', 'b'], 乙: ['b'], 独: ['a'] } })
  const a = stage.chat
  a.isUp = false
  await schedule(stage)
  await createEngine(stage.house, { of: () => undefined, house: () => stage.house }).runDue()
  expect((await stage.all('outbox')).filter(({ account }) => account === 'a').length).toBeGreaterThan(0)
  await takeUpNotices(stage.house, 'a')
  await stage.wait(59)
  expect((await states(stage))['独']).toBe('queued')
  await stage.wait(30)
  expect(await states(stage)).toEqual({ 甲: 'confirmed', 乙: 'confirmed', 独: 'queued' })
  expect((await noticeNow(stage)).state).toBe('sending')
  await link(stage, 'a', 'up')
  await stage.wait(10)
  expect(
    sentToGroups(stage)
      .map(({ group, by }) => `${group} ${by}`)
      .sort(),
  ).toEqual(['乙 b', '独 a', '甲 b'])
  expect((await noticeNow(stage)).state).toBe('finished')
})

describe('the lease is lost between the mark that a copy is being sent and its sending', () => {
  test.each([
    ['which is noticed: it is not sent', true, 0],
    ['which nobody has noticed: it may go out', false, 1],
  ])(
    '%s, and whoever has the account shows it as unconfirmed and never sends it',
    async (_, noticed, arrived) => {
      const stage = await openSending({
        accounts: ['a', 'b'],
        groups: { 甲: ['a'], 乙: ['a'] },
        settings: { pace },
      })
      const { house, store } = stage
      await schedule(stage)
      await createEngine(house, { of: () => undefined, house: () => house }).runDue()
      await store.commit([{ collection: 'fences', id: 'account/a', put: { id: 'account/a' } }])
      let holds = true
      const lose = async () => {
        await store.commit([{ collection: 'fences', id: 'account/a', put: { id: 'account/a' } }])
        if (noticed) holds = false
      }
      const marking: House['store'] = {
        ...store,
        async commit(changes) {
          await store.commit(changes)
          if (changes.some((each) => 'put' in each && (each.put as { state?: string }).state === 'sending'))
            await lose()
        },
      }
      const own: House = {
        ...house,
        store: fencedStore(marking, { lease: 'account/a', number: 1, onLost: () => undefined }),
      }
      const chat = leasedChat('a', () => stage.chat, house.now)
      chat.permit(() => holds)
      await chat.start()
      await unlessLost(createOutbox(own, chat).pump())
      expect(sentToGroups(stage)).toHaveLength(arrived)
      expect(Object.values(await states(stage)).sort()).toEqual(['queued', 'sending'])

      // another process takes the account over
      const next: House = {
        ...house,
        store: fencedStore(store, { lease: 'account/a', number: 2, onLost: () => undefined }),
      }
      await takeUpNotices(next, 'a')
      await createOutbox(next, stage.chat).pump()
      expect(Object.values(await states(stage)).sort()).toEqual(['confirmed', 'unconfirmed'])
      expect(sentToGroups(stage)).toHaveLength(arrived + 1)
      expect((await noticeNow(stage)).state).toBe('finished')
    },
  )
})

function pump(house: House, stage: Stage, account: string): Promise<void> {
  const chat = stage.chats.find((each) => each.account === account)
  if (!chat) throw new Error(`no account ${account}`)
  return createOutbox(house, chat).pump()
}

async function openDatabase(url: string) {
  const store = await openPostgresStore({ url, schema })
  onTestFinished(() => store.close())
  return store
}
