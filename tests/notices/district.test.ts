import { afterEach, describe, expect, test } from 'vitest'
import { copiesOf } from '../../bot/notices/copies/copies.ts'
import type { Notice } from '../../bot/notices/notice.ts'
import { startReading } from '../../bot/reading.ts'
import { day } from '../../tickets/shanghai-time.ts'
import { author, type DistrictStage, openDistrict, pace, put, residentOf, roomId } from './district-stage.ts'

/** 642 groups through the real Wechaty, on a virtual clock; asserted from what the simulated WeChat saw. */

const groups = 642
const text = '各位邻居：明天8点到12点停水，请提前存水。'

let open: DistrictStage | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

async function district(accounts: readonly string[], members: (group: number) => readonly string[]) {
  open = await openDistrict(groups, accounts, members)
  return open
}

async function schedule({ store, clock }: DistrictStage, change: Partial<Notice> = {}): Promise<void> {
  const now = clock.now
  const notice: Notice = {
    ...{ id: 'N1', state: 'scheduled', text, targetWords: '全部群', emergency: false, receipt: false },
    ...{ targets: { everywhere: true, places: [], tags: [], groups: [] }, expiresAt: now + day },
    ...{ author, writtenAt: now, approval: [], groups, history: [], ...change },
  }
  await put(store, 'notices', notice)
  await put(store, 'timers', { id: `notice/${notice.id}`, kind: 'notice', notice: notice.id, dueAt: now })
}

async function noticeState({ store }: DistrictStage): Promise<string | undefined> {
  return (await store.get<Notice & { version: number }>('notices', 'N1'))?.state
}

function finished(stage: DistrictStage) {
  return async () => (await noticeState(stage)) === 'finished'
}

/** Every room once, and the record says so. */
async function expectEverybodyOnce(stage: DistrictStage): Promise<void> {
  const rooms = copies(stage).map(({ room }) => room)
  expect(rooms).toHaveLength(groups)
  expect(new Set(rooms)).toEqual(new Set(Array.from({ length: groups }, (_, index) => roomId(index))))
  const rows = await copiesOf(startReading(stage.store), { id: 'N1' })
  expect(rows).toHaveLength(groups)
  expect(rows.every(({ state }) => state === 'confirmed')).toBe(true)
}

function copies({ sent }: DistrictStage): readonly { room: string; at: number; by: string }[] {
  return sent.flatMap(({ to, at, by, text: said }) =>
    'room' in to && said === text ? [{ room: to.room, at, by }] : [],
  )
}

/** From the record of what was sent: no account faster than its gaps, no group spoken to twice within its own. */
function expectGaps({ sent }: DistrictStage): void {
  const lastOf = new Map<string, { at: number }>()
  for (const one of sent) {
    const place = 'room' in one.to ? one.to.room : one.to.contact
    const before = { account: lastOf.get(one.by), place: lastOf.get(place) }
    const gap = one.text === text ? pace.notice : pace.reply
    if (before.account) expect(one.at - before.account.at).toBeGreaterThanOrEqual(gap)
    if (before.place) expect(one.at - before.place.at).toBeGreaterThanOrEqual(pace.group)
    lastOf.set(one.by, one)
    lastOf.set(place, one)
  }
}

function duration(stage: DistrictStage): number {
  const times = copies(stage).map(({ at }) => at)
  return Math.max(...times) - Math.min(...times)
}

/** How long from the end of the burst until a resident of this group is answered, ms. */
async function answerTime(stage: DistrictStage, group: number, at: number): Promise<number> {
  await stage.runUntil(at)
  stage.world.say({ from: residentOf(group), room: roomId(group), text: '@小邻 你好' })
  await stage.runUntil(at + 60_000)
  const answer = stage.sent.find(
    (one) => 'room' in one.to && one.to.room === roomId(group) && one.text !== text && one.at >= at,
  )
  if (!answer) throw new Error(`nobody answered in group ${group}`)
  return answer.at - (at + 2_000)
}

describe('one account', () => {
  test('every group gets it once, in hardly more time than the gaps dictate, and an answer waits for one gap at most', async () => {
    const stage = await district(['a'], () => ['a'])
    await schedule(stage)
    const start = stage.clock.now
    // in a group that has it already, and in one that has not
    const waits = [
      await answerTime(stage, 3, start + 900_000),
      await answerTime(stage, 600, start + 1_500_000),
    ]
    await stage.runUntilTrue(finished(stage))
    await expectEverybodyOnce(stage)
    expectGaps(stage)
    expect(duration(stage)).toBeLessThanOrEqual(1.05 * (groups - 1) * pace.notice)
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(pace.reply + pace.jitter)
    await stage.runUntil(stage.clock.now + 60_000)
    const said = stage.sent.filter(({ to }) => 'contact' in to && to.contact === 'c-author')
    expect(said.map((one) => one.text)).toEqual(['通知1发完了，642个群都收到了。'])
  })
})

/** a is in the first 430, b in the middle, c in the last: most groups have two, some have one of them, some all. */
function overlapping(group: number): readonly string[] {
  return [
    ...(group < 430 ? ['a'] : []),
    ...(group >= 100 && group < 560 ? ['b'] : []),
    ...(group >= 240 ? ['c'] : []),
  ]
}

describe('three accounts that are in each other’s groups', () => {
  test('share the district, and need a third of the time', async () => {
    const stage = await district(['a', 'b', 'c'], overlapping)
    await schedule(stage)
    await stage.runUntilTrue(finished(stage))
    await expectEverybodyOnce(stage)
    expectGaps(stage)
    expect(duration(stage)).toBeLessThanOrEqual(1.05 * (groups / 3) * pace.notice)
    for (const { room, by } of copies(stage)) expect(overlapping(Number(room.slice(2)))).toContain(by)
  })

  test('WeChat warns one of them half-way: the others take its groups, and nobody gets it twice', async () => {
    const stage = await district(['a', 'b', 'c'], overlapping)
    await schedule(stage)
    await stage.runUntilTrue(() => copies(stage).length >= groups / 2)
    stage.puppet('b').gate = async () => {
      throw new Error('操作过于频繁，请稍后再试')
    }
    const half = { at: stage.clock.now, count: copies(stage).length }
    await stage.runUntilTrue(finished(stage))
    await expectEverybodyOnce(stage)
    expectGaps(stage)
    expect(copies(stage).filter(({ by, at }) => by === 'b' && at > half.at + pace.notice)).toEqual([])
    const left = (groups - half.count) / 2
    expect(duration(stage) - half.at + (copies(stage)[0]?.at ?? 0)).toBeLessThanOrEqual(
      1.05 * (left + 1) * pace.notice,
    )
    expect(await stage.store.get('accountStates', 'b')).toMatchObject({ paused: { reason: 'rate' } })
  })

  test('one is logged out half-way: its groups are taken by the others after a minute', async () => {
    const stage = await district(['a', 'b', 'c'], overlapping)
    await schedule(stage)
    await stage.runUntilTrue(() => copies(stage).length >= groups / 2)
    const half = { at: stage.clock.now, count: copies(stage).length }
    stage.puppet('b').logout('kicked off by the phone')
    await stage.runUntilTrue(finished(stage))
    await expectEverybodyOnce(stage)
    expectGaps(stage)
    const left = (groups - half.count) / 2
    const needed = Math.max(...copies(stage).map(({ at }) => at)) - half.at
    expect(needed).toBeLessThanOrEqual(1.05 * (left + 1) * pace.notice)
    expect(await stage.store.get('accountStates', 'b')).toMatchObject({ paused: { reason: 'down' } })
    const told = stage.sent.filter(({ to }) => 'contact' in to && to.contact === 'c-author')
    expect(told.filter((one) => one.text.includes('掉线'))).toHaveLength(1)
  })

  test('what only the one that failed can reach waits for it, and is sent when it is back', async () => {
    const alone = (group: number) => (group < 20 ? ['b'] : group % 2 === 0 ? ['a', 'b'] : ['b', 'c'])
    const stage = await district(['a', 'b', 'c'], alone)
    await schedule(stage)
    await stage.runUntilTrue(() => copies(stage).length >= 30)
    stage.puppet('b').logout('kicked off by the phone')
    await stage.runUntil(stage.clock.now + 3_600_000)
    expect(await noticeState(stage)).toBe('sending')
    const waiting = (await copiesOf(startReading(stage.store), { id: 'N1' })).filter(
      ({ state }) => state === 'queued',
    )
    expect(waiting.length).toBeGreaterThan(0)
    for (const { group } of waiting) expect(Number(group.slice(2))).toBeLessThan(20)
    await stage.login('b')
    await stage.runUntilTrue(finished(stage))
    await expectEverybodyOnce(stage)
  })
})
