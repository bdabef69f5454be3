import { describe, expect, test } from 'vitest'
import { beginNotice } from '../../../bot/notices/copies/begin.ts'
import { SendError } from '../../../bot/ports/chat.ts'
import { hour } from '../../../tickets/shanghai-time.ts'
import {
  decide,
  noticeNow,
  openSending,
  pace,
  rows,
  schedule,
  sentToGroups,
  states,
  waterOff,
} from './sending-stage.ts'

const notAlone = ['甲', '乙', '丙']

describe('each group gets a notice once', () => {
  test('with the gaps of notices, and everybody sees that it arrived', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(120)
    const sent = sentToGroups(stage)
    expect(sent.map(({ group }) => group).sort()).toEqual([...notAlone].sort())
    expect(new Set(sent.map(({ text }) => text))).toEqual(new Set([waterOff]))
    for (const [index, { at }] of sent.entries()) {
      const before = sent[index - 1]
      if (before) expect(at - before.at).toBeGreaterThanOrEqual(pace.notice)
    }
    expect(await states(stage)).toEqual({ 甲: 'confirmed', 乙: 'confirmed', 丙: 'confirmed' })
  })

  test('when the last one has it the notice is finished, and its author hears of it once', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(8)
    expect(await noticeNow(stage)).toMatchObject({ state: 'sending', groups: 3 })
    await stage.wait(120)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
    expect((await noticeNow(stage)).history.map(({ event }) => event)).toEqual(['started', 'finished'])
    expect(stage.toldTo('小钱')).toEqual(['通知1发完了，3个群都收到了。'])
    expect(await stage.store.get('timers', 'noticeExpiry/N1')).toBeUndefined()
  })

  test('who got it is known long after the outbox has forgotten', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.restart()
    await stage.wait(30 * 24 * 3_600)
    expect((await stage.all('outbox')).filter(({ notice }) => notice)).toEqual([])
    expect(await states(stage)).toEqual({ 甲: 'confirmed', 乙: 'confirmed', 丙: 'confirmed' })
    expect((await rows(stage))['甲']).toMatchObject({ account: 'main', at: expect.any(Number) })
  })

  test('a group that none of our accounts is in is skipped, and shown', async () => {
    const stage = await openSending({ groups: { 甲: ['main'], 空: [], 旧: ['gone'] } })
    await schedule(stage)
    await stage.wait(120)
    const skipped = 'skipped no-account'
    expect(await states(stage)).toEqual({ 甲: 'confirmed', 空: skipped, 旧: skipped })
    expect(stage.toldTo('小钱')).toEqual([
      '通知1发完了，3个群里1个收到了；2个群里没有我们的账号。看是哪些群，请发“通知1 各群”。',
    ])
  })

  test('without any group to send to it is finished at once', async () => {
    const stage = await openSending({ groups: { 空: [] } })
    await schedule(stage)
    await stage.wait(1)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
    expect(await states(stage)).toEqual({ 空: 'skipped no-account' })
  })

  test('a timer that fires twice begins it once', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(0)
    const timer = { id: 'notice/N1', kind: 'notice', notice: 'N1', dueAt: stage.clock.now } as const
    await decide(stage, (reading) => beginNotice(stage.house, reading, timer))
    await stage.wait(120)
    expect(sentToGroups(stage)).toHaveLength(3)
  })

  test('a group that the account was removed from is skipped as gone', async () => {
    const stage = await openSending()
    stage.chat.failNext('gone')
    await schedule(stage)
    await stage.wait(120)
    expect(Object.values(await states(stage)).sort()).toEqual(['confirmed', 'confirmed', 'skipped gone'])
  })

  test('a room that one account does not know any more is reached by another one of ours', async () => {
    const stage = await openSending({ accounts: ['a', 'b'], groups: { 甲: ['a', 'b'] } })
    stage.chats[0]?.failNext('gone')
    await schedule(stage)
    await stage.wait(120)
    expect(sentToGroups(stage).map(({ by }) => by)).toEqual(['b'])
    expect(await states(stage)).toEqual({ 甲: 'confirmed' })
  })
})

describe('a notice comes after answers, and at its time', () => {
  test('an answer in the middle waits for one gap of the account at most', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(4.2)
    await stage.hear('王阿姨', '@小邻 你好', { group: '丁' })
    const asked = sentToGroups(stage).find(({ group }) => group === '丁')
    const [first] = sentToGroups(stage)
    expect(asked && first && asked.at - first.at).toBeLessThan(4_200 + 2_000 + pace.reply + pace.jitter)
    await stage.wait(120)
    expect(new Set(Object.values(await states(stage)))).toEqual(new Set(['confirmed']))
  })

  test('one about an emergency goes before the others', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(1)
    await schedule(stage, { id: 'N2', text: '暴雨红色预警，请不要出门。', emergency: true })
    await stage.wait(120)
    const texts = sentToGroups(stage).map(({ text }) => text)
    expect(texts.slice(0, 3).every((text) => text.startsWith('暴雨'))).toBe(true)
    expect(texts).toHaveLength(6)
  })

  test('at 22:00 it stops in the middle, and goes on at 07:00', async () => {
    const stage = await openSending({ start: '2026-11-18 21:59:50' })
    await schedule(stage)
    await stage.wait(12 * 3_600)
    const times = sentToGroups(stage).map(({ at }) => new Date(at + 8 * hour).toISOString().slice(11, 16))
    expect(times.slice(0, 2)).toEqual(['21:59', '21:59'])
    expect(times[2]).toBe('07:00')
  })

  test('one about an emergency does not wait for the morning', async () => {
    const stage = await openSending({ start: '2026-11-18 23:00' })
    await schedule(stage, { emergency: true })
    await stage.wait(60)
    expect(sentToGroups(stage)).toHaveLength(3)
  })

  test('what has not gone out when its time is over is skipped, also during the night', async () => {
    const stage = await openSending({ start: '2026-11-18 21:59:50' })
    await schedule(stage, { expiresAt: stage.clock.now + 2 * hour })
    await stage.wait(12 * 3_600)
    expect(sentToGroups(stage)).toHaveLength(2)
    expect(Object.values(await states(stage)).sort()).toEqual(['confirmed', 'confirmed', 'skipped expired'])
    expect(await noticeNow(stage)).toMatchObject({ state: 'expired' })
    expect(stage.toldTo('小钱')).toEqual([expect.stringContaining('1个过了时间没有再发')])
  })

  test('a notice about this morning is not begun this afternoon, when the bot was not there in between', async () => {
    const stage = await openSending()
    const now = stage.clock.now
    await schedule(stage, { sendAt: now + hour, expiresAt: now + 3 * hour })
    stage.clock.now = now + 6 * hour
    await stage.restart()
    await stage.wait(600)
    expect(sentToGroups(stage)).toEqual([])
    expect(await noticeNow(stage)).toMatchObject({ state: 'expired' })
  })
})

describe('what is not known is not done twice', () => {
  test('the bot ends while a copy is on its way: it is unconfirmed, all others get theirs', async () => {
    const stage = await openSending()
    await schedule(stage)
    stage.chat.onSent = () => {
      stage.chat.onSent = undefined
      throw new Error('killed')
    }
    await expect(stage.wait(60)).rejects.toThrow('killed')
    await stage.restart()
    await stage.wait(120)
    expect(sentToGroups(stage)).toHaveLength(3)
    expect(Object.values(await states(stage)).sort()).toEqual(['confirmed', 'confirmed', 'unconfirmed'])
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
    expect(stage.toldTo('小钱')).toEqual([expect.stringContaining('1个说不准有没有发出去')])
  })

  test('the bot ends after the last copy and before the end of the notice: the next start ends it', async () => {
    const stage = await openSending({ groups: { 甲: ['main'] } })
    await schedule(stage)
    await stage.wait(1)
    const [copy] = (await stage.all('outbox')).filter(({ notice }) => notice)
    await stage.change('outbox', copy?.id ?? '', { state: 'confirmed', endedAt: stage.clock.now })
    await stage.restart()
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('a link that breaks in the middle of a sending leaves it unconfirmed', async () => {
    const stage = await openSending()
    await schedule(stage)
    stage.chat.onAttempt = () => {
      stage.chat.onAttempt = undefined
      throw new SendError('offline', '14 UNAVAILABLE', { inDoubt: true })
    }
    await stage.wait(120)
    expect(stage.chat.attempts.filter(({ to }) => 'room' in to)).toHaveLength(3)
    expect(Object.values(await states(stage)).sort()).toEqual(['confirmed', 'confirmed', 'unconfirmed'])
  })

  test('a link that is not there is waited for', async () => {
    const stage = await openSending()
    stage.chat.failNext('offline', 'offline')
    await schedule(stage)
    await stage.wait(120)
    expect(new Set(Object.values(await states(stage)))).toEqual(new Set(['confirmed']))
  })
})
