import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import { pauseAccount, resumeAccount } from '../../../bot/notices/accounts/health.ts'
import { stopNotice } from '../../../bot/notices/copies/run.ts'
import { NoticeRefusedError } from '../../../bot/notices/refusal.ts'
import type { Change, Store } from '../../../bot/ports/store.ts'
import { schema } from '../../../bot/schema.ts'
import type { OutboxEntry } from '../../../bot/sending/outbox-documents.ts'
import type { Stage } from '../stage.ts'
import {
  accountStateOf,
  decide,
  link,
  noticeNow,
  openSending,
  pace,
  schedule,
  sentToGroups,
  states,
} from './sending-stage.ts'

const twelve = Array.from({ length: 12 }, (_, index) => `群${index + 1}`)

/** Twelve groups that a and b are in, and one more that a alone is in. */
function openTwo(): Promise<Stage> {
  const groups = Object.fromEntries(twelve.map((name) => [name, ['a', 'b']]))
  return openSending({ accounts: ['a', 'b'], groups: { ...groups, 独: ['a'] } })
}

function countBy(stage: Stage): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { by } of sentToGroups(stage)) counts[by] = (counts[by] ?? 0) + 1
  return counts
}

/** Each of the thirteen groups once. */
function expectOnceEach(stage: Stage): void {
  expect(
    sentToGroups(stage)
      .map(({ group }) => group)
      .sort(),
  ).toEqual([...twelve, '独'].sort())
}

describe('accounts share a notice', () => {
  test('evenly, and what only one can reach is its own', async () => {
    const stage = await openTwo()
    await schedule(stage)
    await stage.wait(120)
    expectOnceEach(stage)
    expect([countBy(stage)['a'], countBy(stage)['b']].sort()).toEqual([6, 7])
    expect(sentToGroups(stage).find(({ group }) => group === '独')?.by).toBe('a')
  })

  test('a second notice goes first of all to those who have less to do', async () => {
    const stage = await openTwo()
    await schedule(stage, { targets: { places: [], tags: [], groups: ['g-独'] } })
    await schedule(stage, { id: 'N2', text: '第二条通知' })
    await stage.wait(240)
    const second = sentToGroups(stage).filter(({ text }) => text === '第二条通知')
    expect(second.filter(({ by }) => by === 'a')).toHaveLength(6)
    expect(second.filter(({ by }) => by === 'b')).toHaveLength(7)
  })
})

describe('an account that WeChat warns', () => {
  test('rests; others take its groups, what nobody else can reach waits for it, and its author hears once', async () => {
    const stage = await openTwo()
    await schedule(stage)
    await stage.wait(9)
    stage.chats[0]?.failNext('rate')
    await stage.wait(120)
    expect(await accountStateOf(stage, 'a')).toMatchObject({ paused: { reason: 'rate' } })
    const open = Object.values(await states(stage)).filter((state) => state === 'queued')
    expect(open.length).toBeLessThanOrEqual(1)
    await stage.wait(pace.rest / 1_000 + 60)
    expectOnceEach(stage)
    const told = stage.toldTo('小钱').filter((text) => text.includes('操作过于频繁'))
    expect(told).toEqual([expect.stringMatching(/^通知1正在发，.*个群改由别的账号发/u)])
    expect(await accountStateOf(stage, 'a')).not.toHaveProperty('paused')
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('warned again within an hour it rests longer', async () => {
    const stage = await openTwo()
    stage.chats[0]?.failNext('rate', 'rate')
    stage.chats[1]?.failNext('rate')
    await schedule(stage)
    await stage.wait(10)
    const first = (await accountStateOf(stage, 'a'))?.paused
    await stage.wait(pace.rest / 1_000 + 60)
    const second = (await accountStateOf(stage, 'a'))?.paused
    expect((first?.until ?? 0) - (first?.since ?? 0)).toBe(pace.rest)
    expect((second?.until ?? 0) - (second?.since ?? 0)).toBe(2 * pace.rest)
    await stage.wait((3 * pace.rest) / 1_000)
    expectOnceEach(stage)
  })

  test('a restart in the middle of the rest does not end it', async () => {
    const stage = await openTwo()
    for (const chat of stage.chats) chat.failNext('rate')
    await schedule(stage)
    await stage.wait(60)
    await stage.restart()
    await stage.wait(600)
    expect(sentToGroups(stage)).toEqual([])
    await stage.wait(pace.rest / 1_000)
    expectOnceEach(stage)
  })
})

describe('an account that is not there', () => {
  test('down for less than a minute changes nothing', async () => {
    const stage = await openTwo()
    await schedule(stage)
    await stage.wait(9)
    await link(stage, 'a', 'down')
    await stage.wait(50)
    await link(stage, 'a', 'up')
    await stage.wait(120)
    expectOnceEach(stage)
    expect(stage.toldTo('小钱').filter((text) => text.includes('掉线'))).toEqual([])
  })

  test('down for longer its groups go to others, and come back to it when it is back', async () => {
    const stage = await openTwo()
    await schedule(stage)
    await stage.wait(5)
    await link(stage, 'a', 'down')
    await stage.wait(64)
    expect(await accountStateOf(stage, 'a')).toMatchObject({ paused: { reason: 'down' } })
    await stage.wait(120)
    const left = Object.entries(await states(stage)).filter(([, state]) => state === 'queued')
    expect(left.every(([group]) => group === '独')).toBe(true)
    await link(stage, 'a', 'up')
    await stage.wait(120)
    expectOnceEach(stage)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('three copies in a row that nobody knows of are enough: it rests, and comes back on probation', async () => {
    const stage = await openTwo()
    stage.chats[0]?.failNext('failed', 'failed', 'failed')
    await schedule(stage)
    await stage.wait(200)
    const counts = Object.values(await states(stage))
    expect(counts.filter((state) => state === 'unconfirmed')).toHaveLength(3)
    expect(await accountStateOf(stage, 'a')).toMatchObject({ paused: { reason: 'failures' } })
    await stage.wait(pace.rest / 1_000 + 60)
    expect(await accountStateOf(stage, 'a')).not.toHaveProperty('paused')
    expect(stage.chats.flatMap(({ attempts }) => attempts).filter(({ to }) => 'room' in to)).toHaveLength(13)
  })
})

describe('staff pause an account', () => {
  test('until they say otherwise, whatever happens to its link', async () => {
    const stage = await openTwo()
    await decide(stage, (reading) => pauseAccount(stage.house, reading, 'a'))
    await schedule(stage)
    await stage.wait(120)
    await link(stage, 'a', 'down')
    await link(stage, 'a', 'up')
    await stage.wait(7_200)
    expect(countBy(stage)).toEqual({ b: 12 })
    await decide(stage, (reading) => resumeAccount(stage.house, reading, 'a'))
    await stage.wait(60)
    expectOnceEach(stage)
  })

  test('resumed while its link is down it has another minute, then others take its groups', async () => {
    const stage = await openTwo()
    await decide(stage, (reading) => pauseAccount(stage.house, reading, 'a'))
    await link(stage, 'a', 'down')
    await stage.wait(120)
    await decide(stage, (reading) => resumeAccount(stage.house, reading, 'a'))
    await schedule(stage)
    await stage.wait(240)
    expect(countBy(stage)).toEqual({ b: 12 })
    await link(stage, 'a', 'up')
    await stage.wait(60)
    expectOnceEach(stage)
  })

  test('a warning rests its answers as well, until staff say that it may', async () => {
    const stage = await openTwo()
    await decide(stage, (reading) => pauseAccount(stage.house, reading, 'a'))
    stage.chats[0]?.failNext('rate')
    await stage.hear('王阿姨', '@小邻 你好', { group: '独' })
    await stage.wait(600)
    expect(countBy(stage)).toEqual({})
    await decide(stage, (reading) => resumeAccount(stage.house, reading, 'a'))
    await stage.wait(10)
    expect(countBy(stage)).toEqual({ a: 1 })
  })

  test('answers still go out by it', async () => {
    const stage = await openTwo()
    await decide(stage, (reading) => pauseAccount(stage.house, reading, 'a'))
    await stage.hear('王阿姨', '@小邻 你好', { group: '独' })
    expect(countBy(stage)).toEqual({ a: 1 })
  })

  test('a name that is no account of ours is refused, with those there are', async () => {
    const stage = await openTwo()
    const asked = decide(stage, (reading) => pauseAccount(stage.house, reading, 'c'))
    await expect(asked).rejects.toThrow(NoticeRefusedError)
    await expect(asked).rejects.toThrow('there are a, b')
  })
})

describe('an account that is not configured any more', () => {
  test('leaves its copies to the others at the next start; what only it could reach is skipped', async () => {
    const stage = await openTwo()
    await schedule(stage)
    await stage.wait(1)
    Object.assign(stage.house, { chats: stage.chats.filter(({ account }) => account === 'b') })
    await stage.restart()
    await stage.wait(240)
    expect((await states(stage))['独']).toBe('skipped no-account')
    expect(
      sentToGroups(stage)
        .filter(({ at }) => at > stage.chat.since + 2_000)
        .every(({ by }) => by === 'b'),
    ).toBe(true)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })
})

/** A store in which something else happens right before the next copy is marked as being sent. */
function storeWith(between: () => Promise<void>): Store {
  const store = openMemoryStore(schema)
  let armed = true
  return {
    ...store,
    async commit(changes) {
      const begins = changes.some((change) => isBegun(change))
      if (begins && armed) {
        armed = false
        await between()
      }
      return store.commit(changes)
    },
  }
}

function isBegun(change: Change): boolean {
  const isCopy = change.collection === 'outbox' && 'put' in change
  return isCopy && (change.put as OutboxEntry).state === 'sending'
}

describe('two decisions about one copy at the same moment', () => {
  test('an account is paused as it begins: its groups are another one’s, and get it once', async () => {
    let stage: Stage | undefined
    const groups = { 甲: ['a', 'b'], 乙: ['a', 'b'] }
    const store = storeWith(async () => {
      if (stage) await decide(stage, (reading) => pauseAccount((stage as Stage).house, reading, 'a'))
    })
    stage = await openSending({ store, accounts: ['a', 'b'], groups })
    await schedule(stage)
    await stage.wait(240)
    expect(
      sentToGroups(stage)
        .map(({ group }) => group)
        .sort(),
    ).toEqual(['乙', '甲'])
    expect(await states(stage)).toEqual({ 甲: 'confirmed', 乙: 'confirmed' })
  })

  test('a notice is stopped as a copy begins: that copy does not go out any more', async () => {
    let stage: Stage | undefined
    const store = storeWith(async () => {
      const { house } = stage as Stage
      await decide(stage as Stage, async (reading) =>
        stopNotice(house, reading, await noticeNow(stage as Stage), 'operator'),
      )
    })
    stage = await openSending({ store })
    await schedule(stage)
    await stage.wait(240)
    expect(sentToGroups(stage)).toEqual([])
    expect(new Set(Object.values(await states(stage)))).toEqual(new Set(['skipped stopped']))
  })
})
