import { describe, expect, test } from 'vitest'
import { createLiveBot } from '../../bot/live.ts'
import type { OutboxEntry } from '../../bot/sending/outbox-documents.ts'
import { rankOf } from '../../bot/sending/outbox-order.ts'
import { openStage, type Stage } from './stage.ts'

const pace = {
  reply: 2_000,
  notice: 5_000,
  jitter: 500,
  group: 3_000,
  rest: 600_000,
  attempts: 3,
  backoff: 1_000,
}

async function openWith(change: Partial<typeof pace> = {}): Promise<Stage> {
  const stage = await openStage({ settings: { pace: { ...pace, ...change } } })
  for (const group of ['甲', '乙', '丙']) {
    const [id, room] = [`g-${group}`, `r-${group}`]
    await stage.put('groups', {
      ...{ id, name: group, places: [], tags: [] },
      ...{ setting: 'answer', owner: 'main' },
    })
    await stage.put('rooms', { id: `main/${room}`, account: 'main', room, topic: group, group: id })
  }
  return stage
}

let queued = 0

/** Puts a text into the outbox, as a commit would. */
async function queue(stage: Stage, text: string, group: string, change: Partial<OutboxEntry> = {}) {
  queued += 1
  const now = stage.clock.now
  const { kind = 'reply', urgent = false } = change
  const entry: OutboxEntry = {
    ...{ id: `o-${String(queued).padStart(4, '0')}`, account: 'main', to: { group: `g-${group}` } },
    ...{ kind, text, state: 'queued', urgent, queuedAt: now, dueAt: now, attempts: 0, forgetAt: null },
    ...{ rank: rankOf(kind, urgent, now), ...change },
  }
  await stage.put('outbox', entry)
  return entry.id
}

function texts(stage: Stage): string[] {
  return stage.sent.map(({ text }) => text)
}

/** ms from each send to the next. */
function gaps(stage: Stage): number[] {
  return stage.sent.slice(1).map(({ at }, index) => at - (stage.sent[index]?.at ?? 0))
}

describe('one account sends at a human pace', () => {
  test('the first reply goes at once, the next ones keep the gap with its jitter', async () => {
    const stage = await openWith()
    for (const group of ['甲', '乙', '丙', '甲', '乙', '丙']) await queue(stage, `to ${group}`, group)
    await stage.wait(60)
    expect(stage.sent).toHaveLength(6)
    expect(stage.sent[0]?.at).toBe(stage.chat.since)
    for (const gap of gaps(stage)) {
      expect(gap).toBeGreaterThanOrEqual(pace.reply)
      expect(gap).toBeLessThan(pace.reply + pace.jitter)
    }
    expect(new Set(gaps(stage)).size).toBeGreaterThan(1)
  })

  test('one group keeps a gap of its own, and does not hold up the others', async () => {
    const stage = await openWith()
    for (const [text, group] of [
      ['甲1', '甲'],
      ['甲2', '甲'],
      ['乙1', '乙'],
    ] as const)
      await queue(stage, text, group)
    await stage.wait(60)
    expect(texts(stage)).toEqual(['甲1', '乙1', '甲2'])
    const inFirst = stage.sent.filter(({ to }) => 'room' in to && to.room === 'r-甲')
    expect((inFirst[1]?.at ?? 0) - (inFirst[0]?.at ?? 0)).toBeGreaterThanOrEqual(pace.group)
  })

  test('replies go before notices that waited longer, and notices keep the longer gap', async () => {
    const stage = await openWith()
    await queue(stage, 'notice 1', '甲', { kind: 'notice' })
    await queue(stage, 'notice 2', '乙', { kind: 'notice' })
    stage.clock.now += 1
    await queue(stage, 'reply', '丙')
    await stage.wait(60)
    expect(texts(stage)).toEqual(['reply', 'notice 1', 'notice 2'])
    expect(gaps(stage)[1]).toBeGreaterThanOrEqual(pace.notice)
  })

  test('what is urgent waits for no gap, and goes before everything else', async () => {
    const stage = await openWith()
    await queue(stage, 'reply 1', '甲')
    await stage.wait(0)
    await queue(stage, 'reply 2', '甲')
    await queue(stage, 'fire', '甲', { urgent: true })
    await stage.wait(0)
    expect(texts(stage)).toEqual(['reply 1', 'fire'])
    expect(gaps(stage)).toEqual([0])
    await stage.wait(60)
    expect(texts(stage)).toEqual(['reply 1', 'fire', 'reply 2'])
  })
})

describe('what was not delivered is tried again', () => {
  test('after 1, 2, 4 … seconds, and then it goes out', async () => {
    const stage = await openWith({ attempts: 6 })
    stage.chat.failNext('failed', 'failed', 'failed')
    const id = await queue(stage, 'stubborn', '甲')
    await stage.wait(60)
    const start = stage.chat.since
    expect(stage.chat.attempts.map(({ at }) => at - start)).toEqual([0, 1000, 3000, 7000])
    expect(texts(stage)).toEqual(['stubborn'])
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'confirmed', messageId: 'sent-1' })
  })

  test('one that fails too often is given up, and the operator is told', async () => {
    const stage = await openWith()
    stage.chat.failNext('failed', 'failed', 'failed')
    const id = await queue(stage, 'hopeless', '甲')
    await stage.wait(60)
    expect(stage.chat.attempts).toHaveLength(pace.attempts)
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'failed', error: 'failed' })
    expect(troubles(stage)).toEqual([expect.stringContaining('was not delivered (failed) after 3 attempts')])
  })

  test('a group that is gone is not tried twice', async () => {
    const stage = await openWith()
    stage.chat.failNext('gone')
    const id = await queue(stage, 'too late', '甲')
    await stage.wait(60)
    expect(stage.chat.attempts).toHaveLength(1)
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'failed' })
  })

  test('an account that is offline for ten minutes loses nothing, and catches up within 64 s', async () => {
    const stage = await openWith({ backoff: 2_000 })
    stage.chat.failNext(...Array.from({ length: 13 }, () => 'offline' as const))
    await queue(stage, 'patient', '甲')
    await stage.wait(900)
    expect(texts(stage)).toEqual(['patient'])
    const waits = stage.chat.attempts
      .slice(1)
      .map(({ at }, index) => at - (stage.chat.attempts[index]?.at ?? 0))
    expect(Math.max(...waits)).toBe(64_000)
  })

  test('操作过于频繁: the whole account rests, says so, and then goes on', async () => {
    const stage = await openWith()
    stage.chat.failNext('rate')
    await queue(stage, 'one', '甲')
    await queue(stage, 'two', '乙')
    await stage.wait(pace.rest / 1000 - 1)
    expect(texts(stage)).toEqual([])
    expect(stage.chat.attempts).toHaveLength(1)
    expect(troubles(stage)).toEqual([expect.stringContaining('操作过于频繁')])
    await stage.wait(60)
    expect(texts(stage)).toEqual(['one', 'two'])
  })

  test('an emergency does not rest with its account', async () => {
    const stage = await openWith()
    stage.chat.failNext('rate', 'rate')
    await queue(stage, 'fire', '甲', { urgent: true })
    await stage.wait(10)
    expect(texts(stage)).toEqual(['fire'])
  })
})

describe('what arrived is proved', () => {
  test('by the echo, where the messenger tells no id', async () => {
    const stage = await openWith()
    stage.chat.tellsIds = false
    const id = await queue(stage, 'hello', '甲')
    await stage.wait(1)
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'sent' })
    await stage.say('小邻', 'hello', { group: '乙', own: true, id: 'echo-elsewhere' })
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'sent' })
    await stage.say('小邻', 'hello', { group: '甲', own: true, id: 'echo-1' })
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'confirmed', messageId: 'echo-1' })
  })

  test('a notice whose sending broke off without a reason is not sent again, and is told about', async () => {
    const stage = await openWith()
    stage.chat.failNext('failed')
    const id = await queue(stage, 'water off', '甲', { kind: 'notice' })
    await stage.wait(600)
    expect(stage.chat.attempts).toHaveLength(1)
    expect(await stage.store.get('outbox', id)).toMatchObject({ state: 'unconfirmed' })
    expect(troubles(stage)).toHaveLength(1)
  })

  test('a notice that a crash left half sent becomes unconfirmed at the next start; replies go again', async () => {
    const stage = await openWith()
    const notice = await queue(stage, 'water off', '甲', { kind: 'notice', state: 'sending' })
    await queue(stage, 'answer', '乙')
    const failures: unknown[] = []
    const bot = createLiveBot(stage.house, { onFailure: (error) => failures.push(error) })
    await bot.start()
    await bot.stop()
    expect(failures).toEqual([])
    expect(await stage.store.get('outbox', notice)).toMatchObject({ state: 'unconfirmed' })
    expect(texts(stage)).toEqual(['answer'])
  })
})

function troubles(stage: Stage): string[] {
  return stage.happenings.flatMap((each) => (each.type === 'trouble' ? [each.text] : []))
}
