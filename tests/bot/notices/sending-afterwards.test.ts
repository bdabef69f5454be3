import { describe, expect, test } from 'vitest'
import { pauseNotice } from '../../../bot/notices/copies/run.ts'
import { settleCopies } from '../../../bot/notices/copies/settle.ts'
import { day } from '../../../tickets/shanghai-time.ts'
import type { Stage } from '../stage.ts'
import {
  addGroup,
  decide,
  noticeNow,
  openSending,
  rows,
  schedule,
  sentToGroups,
  states,
  waterOff,
} from './sending-stage.ts'

/** The first copy broke off, the others arrived. */
async function withOneUnconfirmed(): Promise<Stage> {
  const stage = await openSending()
  stage.chat.failNext('failed')
  await schedule(stage)
  await stage.wait(120)
  return stage
}

function settle(stage: Stage, as: 'arrived' | 'again' | 'left', group?: string): Promise<void> {
  const settling = { as, ...(group !== undefined && { group: `g-${group}` }) }
  return decide(stage, async (reading) =>
    settleCopies(stage.house, reading, await noticeNow(stage), settling, 'p-小钱'),
  )
}

async function countOf(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const state of Object.values(await states(stage))) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

describe('staff settle what nobody knows', () => {
  test('it is there: confirmed', async () => {
    const stage = await withOneUnconfirmed()
    await settle(stage, 'arrived')
    expect(await countOf(stage)).toEqual({ confirmed: 3 })
    expect((await noticeNow(stage)).history.at(-1)).toMatchObject({ event: 'settled', note: 'arrived 1' })
  })

  test('it is not there: it is sent once more, and the notice ends again', async () => {
    const stage = await withOneUnconfirmed()
    await settle(stage, 'again')
    expect(await noticeNow(stage)).toMatchObject({ state: 'sending' })
    await stage.wait(60)
    expect(await countOf(stage)).toEqual({ confirmed: 3 })
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
    expect(sentToGroups(stage)).toHaveLength(3)
    expect(stage.toldTo('小钱').at(-1)).toBe('通知1发完了，3个群都收到了。')
  })

  test('let it be: skipped, because somebody said so', async () => {
    const stage = await withOneUnconfirmed()
    await settle(stage, 'left')
    expect(await countOf(stage)).toEqual({ confirmed: 2, 'skipped left': 1 })
  })

  test('one group by its name; another one has nothing to settle', async () => {
    const stage = await withOneUnconfirmed()
    const [unsure] = Object.entries(await states(stage)).find(([, state]) => state === 'unconfirmed') ?? []
    const [sure] = Object.entries(await states(stage)).find(([, state]) => state === 'confirmed') ?? []
    await expect(settle(stage, 'arrived', sure)).rejects.toThrow('nothing here that is unconfirmed')
    await settle(stage, 'arrived', unsure)
    expect(await countOf(stage)).toEqual({ confirmed: 3 })
  })

  test('its time is over: it is not sent again, and nothing changes', async () => {
    const stage = await withOneUnconfirmed()
    await stage.wait((2 * day) / 1_000)
    await expect(settle(stage, 'again')).rejects.toThrow('the time of notice N1 is over')
    expect(await countOf(stage)).toEqual({ confirmed: 2, unconfirmed: 1 })
  })

  test('the outbox has forgotten: the record is settled', async () => {
    const stage = await withOneUnconfirmed()
    await stage.restart()
    await stage.wait((20 * day) / 1_000)
    expect((await stage.all('outbox')).filter(({ notice }) => notice)).toEqual([])
    await settle(stage, 'arrived')
    expect(await countOf(stage)).toEqual({ confirmed: 3 })
  })

  test('sent again while the notice is paused it waits like all others', async () => {
    const stage = await openSending()
    stage.chat.failNext('failed')
    await schedule(stage)
    await stage.wait(5)
    await decide(stage, async (reading) =>
      pauseNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await settle(stage, 'again')
    await stage.wait(60)
    expect(sentToGroups(stage)).toEqual([])
    expect(await countOf(stage)).toEqual({ queued: 3 })
  })
})

const attachment = { name: '停水通知.pdf', file: 'a1.pdf', kind: 'file' } as const

/** Every file of the folder of attachments is the same four bytes. */
async function withAttachments(): Promise<Stage> {
  const stage = await openSending()
  const attachments = {
    save: async () => attachment,
    read: async (file: string) => (file === attachment.file ? new Uint8Array([1, 2, 3, 4]) : undefined),
  }
  Object.assign(stage.house, { attachments })
  return stage
}

describe('an attachment comes right after the words', () => {
  test('in each group, and the notice is finished when the last one is there', async () => {
    const stage = await withAttachments()
    await schedule(stage, { attachment })
    await stage.wait(120)
    const sent = sentToGroups(stage)
    expect(sent).toHaveLength(6)
    for (let index = 0; index < 6; index += 2) {
      expect(sent[index]?.text).toBe(waterOff)
      expect(sent[index + 1]).toMatchObject({ group: sent[index]?.group, text: '[图片] 停水通知.pdf' })
    }
    expect(Object.values(await rows(stage)).map((row) => row.attachment)).toEqual([
      ...['confirmed', 'confirmed', 'confirmed'],
    ])
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('never where nobody knows whether the words arrived; found there, the file follows', async () => {
    const stage = await withAttachments()
    stage.chat.failNext('failed')
    await schedule(stage, { attachment })
    await stage.wait(120)
    expect(sentToGroups(stage)).toHaveLength(4)
    const unsure = Object.values(await rows(stage)).find(({ state }) => state === 'unconfirmed')
    expect(unsure).toMatchObject({ attachment: 'skipped' })
    await settle(stage, 'arrived')
    await stage.wait(60)
    expect(sentToGroups(stage)).toHaveLength(5)
    expect(sentToGroups(stage).at(-1)).toMatchObject({ text: '[图片] 停水通知.pdf' })
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('words that are sent again have their file behind them', async () => {
    const stage = await withAttachments()
    stage.chat.failNext('failed')
    await schedule(stage, { attachment })
    await stage.wait(120)
    await settle(stage, 'again')
    await stage.wait(60)
    expect(
      sentToGroups(stage)
        .map(({ text }) => text)
        .slice(-2),
    ).toEqual([waterOff, '[图片] 停水通知.pdf'])
    expect(Object.values(await rows(stage)).every((row) => row.attachment === 'confirmed')).toBe(true)
  })

  test('paused between the two, the file comes when it goes on', async () => {
    const stage = await withAttachments()
    await schedule(stage, { attachment })
    await stage.wait(5)
    expect(sentToGroups(stage)).toHaveLength(1)
    await decide(stage, async (reading) =>
      pauseNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(60)
    expect(sentToGroups(stage)).toHaveLength(1)
    const { resumeNotice } = await import('../../../bot/notices/copies/run.ts')
    await decide(stage, async (reading) =>
      resumeNotice(stage.house, reading, await noticeNow(stage), 'p-小钱'),
    )
    await stage.wait(120)
    expect(sentToGroups(stage)).toHaveLength(6)
    expect(sentToGroups(stage)[1]).toMatchObject({ group: sentToGroups(stage)[0]?.group })
  })
})

describe('an attachment that somebody has deleted', () => {
  test('is left out, and the words arrive all the same', async () => {
    const stage = await withAttachments()
    await schedule(stage, { attachment: { ...attachment, file: 'deleted.pdf' } })
    await stage.wait(120)
    expect(sentToGroups(stage).map(({ text }) => text)).toEqual([waterOff, waterOff, waterOff])
    expect(Object.values(await rows(stage))).toEqual(
      [1, 2, 3].map(() => expect.objectContaining({ state: 'confirmed', attachment: 'skipped' })),
    )
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })
})

describe('a correction goes exactly to those who got the first one', () => {
  test('also where nobody knows; not to groups that joined since, nor where it was never sent', async () => {
    const stage = await openSending({ groups: { 甲: ['main'], 乙: ['main'], 空: [] } })
    stage.chat.failNext('failed')
    await schedule(stage)
    await stage.wait(120)
    await addGroup(stage, '新', ['main'])
    const follows = { notice: 'N1', as: 'correction' } as const
    await schedule(stage, { id: 'N2', text: '更正：停水改到后天。', follows })
    await stage.wait(120)
    expect(Object.keys(await states(stage, 'N2')).sort()).toEqual(['乙', '甲'])
  })

  test('what is still to be sent of the first one is stopped: nobody else reads what is wrong', async () => {
    const stage = await openSending()
    await schedule(stage)
    await stage.wait(5)
    const follows = { notice: 'N1', as: 'retraction' } as const
    await schedule(stage, { id: 'N2', text: '刚才的通知作废。', follows })
    await stage.wait(120)
    expect(await noticeNow(stage)).toMatchObject({ state: 'stopped' })
    expect(sentToGroups(stage).map(({ text }) => text)).toEqual([waterOff, '刚才的通知作废。'])
    expect(sentToGroups(stage)[1]?.group).toBe(sentToGroups(stage)[0]?.group)
  })
})

describe('a repeated notice', () => {
  const repeat = { cron: '30 8 * * *', words: '每天 08:30', workingDaysOnly: true }

  test('makes a notice of its own each time, on working days, and stays as it is', async () => {
    const stage = await openSending({ start: '2026-11-19 08:00', groups: { 甲: ['main'] } })
    const now = stage.clock.now
    const lives = { sendAt: now + 1_800_000, expiresAt: now + 6 * 3_600_000 }
    await schedule(stage, { repeat, ...lives })
    await stage.wait(5 * 24 * 3_600)
    const days = sentToGroups(stage).map(({ at }) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16))
    expect(days).toEqual(['2026-11-19T08:30', '2026-11-20T08:30', '2026-11-23T08:30'])
    expect(await noticeNow(stage)).toMatchObject({ state: 'scheduled' })
    const children = (await stage.all('notices')).filter(({ series }) => series === 'N1')
    expect(children.map(({ state }) => state)).toEqual(['finished', 'finished', 'finished'])
    expect(children.map(({ expiresAt, startedAt = 0 }) => expiresAt - startedAt)).toEqual(
      children.map(() => 5.5 * 3_600_000),
    )
  })

  test('is over after its last day', async () => {
    const stage = await openSending({ start: '2026-11-19 08:00', groups: { 甲: ['main'] } })
    const now = stage.clock.now
    const until = now + 2 * 3_600_000
    await schedule(stage, { repeat: { ...repeat, until }, sendAt: now + 1_800_000 })
    await stage.wait(3 * 24 * 3_600)
    expect(sentToGroups(stage)).toHaveLength(1)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
  })

  test('one that the bot slept through is left out', async () => {
    const stage = await openSending({ start: '2026-11-19 08:00', groups: { 甲: ['main'] } })
    const now = stage.clock.now
    await schedule(stage, { repeat, sendAt: now + 1_800_000, expiresAt: now + 6 * 3_600_000 })
    stage.clock.now += 10 * 3_600_000
    await stage.restart()
    await stage.wait(24 * 3_600)
    expect(sentToGroups(stage).map(({ at }) => new Date(at + 8 * 3_600_000).getUTCDate())).toEqual([20])
  })
})

describe('what arrived is proved by its echo, where the messenger tells no id', () => {
  test('words and files, each in its group', async () => {
    const stage = await withAttachments()
    stage.chat.tellsIds = false
    await schedule(stage, { attachment })
    await stage.wait(120)
    expect(await noticeNow(stage)).toMatchObject({ state: 'finished' })
    expect(await countOf(stage)).toEqual({ sent: 3 })
    for (const group of ['甲', '乙', '丙'])
      for (const text of [waterOff, '']) await stage.say('小邻', text, { group, own: true })
    expect(await countOf(stage)).toEqual({ confirmed: 3 })
    expect(Object.values(await rows(stage)).every((row) => row.attachment === 'confirmed')).toBe(true)
  })

  test('an echo that is faster than the sending counts', async () => {
    const stage = await openSending({ groups: { 甲: ['main'] } })
    stage.chat.tellsIds = false
    let echoed: Promise<unknown> | undefined
    stage.chat.onSent = () => {
      const message = {
        ...{ account: 'main', id: 'echo-1', sender: { id: 'bot', name: '小邻' }, at: stage.clock.now },
        ...{ room: { id: 'r-甲', topic: '甲' }, kind: 'text' as const, text: waterOff, mentioned: false },
        own: true,
      } as const
      echoed ??= stage.engine.handle(stage.chat, { type: 'message', message })
    }
    await schedule(stage)
    await stage.wait(60)
    await echoed
    expect(await countOf(stage)).toEqual({ confirmed: 1 })
  })
})
