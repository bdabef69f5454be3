import { describe, expect, test } from 'vitest'
import { pauseNotice, resumeNotice, stopNotice } from '../../../bot/notices/copies/run.ts'
import { hour } from '../../../tickets/shanghai-time.ts'
import type { Stage } from '../stage.ts'
import { decide, noticeNow, openSending, schedule, sentToGroups, states } from './sending-stage.ts'

describe('staff hold it back, and let it go on', () => {
  test('paused, nothing more is sent, and nothing is in the way of an answer', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(5)
    const before = sentToGroups(stage).length
    await decide(stage, async (reading) =>
      pauseNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(600)
    expect(sentToGroups(stage)).toHaveLength(before)
    expect(Object.values(await states(stage))).toContain('queued')
    expect(await stage.engine.nextDue()).toBe((await noticeNow(stage)).expiresAt)
    await decide(stage, async (reading) =>
      resumeNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(600)
    expect(sentToGroups(stage)).toHaveLength(3)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('paused before its time it does not begin, and resumed it begins at its time', async () => {
    const stage = await openSending()
    const now = stage.clock.now
    await schedule(stage, { sendAt: now + hour })
    await decide(stage, async (reading) =>
      pauseNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(1_800)
    await decide(stage, async (reading) =>
      resumeNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    expect(await stage.store.get('timers', 'notice/N1')).toMatchObject({ dueAt: now + hour })
    await stage.wait(3_600)
    expect(sentToGroups(stage)).toHaveLength(3)
  })

  test('stopped, what has not gone out is skipped for good', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(5)
    await decide(stage, async (reading) => stopNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'))
    const before = sentToGroups(stage).length
    await stage.wait(600)
    expect(sentToGroups(stage)).toHaveLength(before)
    expect(Object.values(await states(stage))).toContain('skipped stopped')
    expect(await noticeNow(stage)).toMatchObject({ state: 'stopped' })
  })

  test('stopped while a copy is on its way: that one arrives, and the record knows it', async () => {
    const stage = await openSending()
    await schedule(stage)
    let asked: Promise<void> | undefined
    stage.chat.onAttempt = () => {
      asked ??= decide(stage, async (reading) =>
        stopNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
      )
    }
    await stage.wait(600)
    await asked
    expect(sentToGroups(stage)).toHaveLength(1)
    expect(Object.values(await states(stage)).sort()).toEqual([
      ...['confirmed', 'skipped stopped', 'skipped stopped'],
    ])
  })
})

describe('a copy that WeChat refuses while staff decide', () => {
  async function refusedWhile(decision: typeof stopNotice): Promise<Stage> {
    const stage = await openSending()
    await schedule(stage)
    let asked: Promise<void> | undefined
    stage.chat.onAttempt = () => {
      asked ??= decide(stage, async (reading) =>
        decision(stage.house, reading, await noticeNow(stage), 'p-小钱'),
      )
    }
    stage.chat.failNext('rate')
    await stage.wait(7_200)
    await asked
    return stage
  }

  test('that the notice is stopped: it is not sent later', async () => {
    const stage = await refusedWhile(stopNotice)
    expect(sentToGroups(stage)).toEqual([])
    expect(new Set(Object.values(await states(stage)))).toEqual(new Set(['skipped stopped']))
  })

  test('that the notice is paused: it waits with the others, and goes on with them', async () => {
    const stage = await refusedWhile(pauseNotice)
    expect(sentToGroups(stage)).toEqual([])
    stage.chat.onAttempt = undefined
    await decide(stage, async (reading) =>
      resumeNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(120)
    expect(sentToGroups(stage)).toHaveLength(3)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })
})
