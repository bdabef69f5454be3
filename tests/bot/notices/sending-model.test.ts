import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseAccount, resumeAccount } from '../../../bot/notices/accounts/health.ts'
import { pauseNotice, resumeNotice, stopNotice } from '../../../bot/notices/copies/run.ts'
import type { NoticeState } from '../../../bot/notices/notice.ts'
import type { Outcome } from '../../../bot/outcome.ts'
import type { Reading } from '../../../bot/reading.ts'
import type { FakeChat } from '../fake-chat.ts'
import type { Stage } from '../stage.ts'
import {
  decide,
  link,
  noticeNow,
  openSending,
  schedule,
  sentToGroups,
  states,
  waterOff,
} from './sending-stage.ts'

/** Whatever happens to a notice on its way, and in whatever order. */

const accounts = ['a', 'b', 'c']
const runs = Number(process.env['NOTICE_RUNS'] ?? 60)

const membership = fc.array(fc.subarray(accounts), { minLength: 1, maxLength: 14 })
const trouble = fc.record({
  after: fc.constantFrom(0, 1_000, 3_000, 9_000, 40_000, 70_000, 1_900_000),
  account: fc.constantFrom(...accounts),
  what: fc.constantFrom(
    ...(['pause', 'resume', 'stop', 'rate', 'failed', 'offline', 'gone', 'down', 'up'] as const),
    ...(['killedBefore', 'killedAfter', 'staffPause', 'staffResume', 'restart'] as const),
    // while a copy is being sent
    ...(['pauseMeanwhile', 'resumeMeanwhile', 'stopMeanwhile', 'staffPauseMeanwhile'] as const),
  ),
})
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never

test('no group ever gets a notice twice, and every notice comes to its end', {
  timeout: 300_000,
}, async () => {
  const life = fc.record({
    groups: membership,
    lasts: fc.constantFrom(20_000, 300_000, 7_200_000, 86_400_000),
    start: fc.constantFrom('2026-11-18 09:00', '2026-11-18 21:59:30'),
    emergency: fc.boolean(),
    hasFile: fc.boolean(),
    troubles: fc.array(trouble, { maxLength: 14 }),
  })
  await fc.assert(
    fc.asyncProperty(life, async ({ groups, lasts, start, emergency, hasFile, troubles }) => {
      const named = Object.fromEntries(groups.map((members, index) => [`群${index}`, members]))
      const stage = await openSending({ accounts, groups: named, start })
      Object.assign(stage.house, { attachments: { read: async () => new Uint8Array([1]) } })
      const expiresAt = stage.clock.now + lasts
      await schedule(stage, { expiresAt, emergency, ...(hasFile && { attachment }) })
      for (const each of troubles) {
        await live(stage, each.after)
        await befall(stage, each)
      }
      await settleDown(stage)
      await judge(stage, named)
    }),
    { numRuns: runs },
  )
})

const attachment = { name: '停水通知.pdf', file: 'a1.pdf', kind: 'file' } as const

/** Lets time pass; a bot that is killed is started again. */
async function live(stage: Stage, length: number): Promise<void> {
  const until = stage.clock.now + length
  for (;;) {
    try {
      return await stage.runUntil(until)
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'killed') throw error
      await stage.restart()
    }
  }
}

async function befall(stage: Stage, { what, account }: Trouble): Promise<void> {
  const chat = stage.chats.find((each) => each.account === account) as FakeChat
  switch (what) {
    case 'pause':
      return ifLawful(stage, ['scheduled', 'sending'], pauseNotice)
    case 'resume':
      return ifLawful(stage, ['paused'], resumeNotice)
    case 'stop':
      return ifLawful(stage, ['scheduled', 'sending', 'paused'], stopNotice)
    case 'rate':
    case 'failed':
    case 'offline':
    case 'gone':
      return chat.failNext(what)
    case 'down':
    case 'up':
      return link(stage, account, what).catch(() => stage.restart())
    case 'killedBefore':
      chat.onAttempt = killOnce(() => (chat.onAttempt = undefined))
      return
    case 'killedAfter':
      chat.onSent = killOnce(() => (chat.onSent = undefined))
      return
    case 'staffPause':
      return decide(stage, (reading) => pauseAccount(stage.house, reading, account))
    case 'staffResume':
      return decide(stage, (reading) => resumeAccount(stage.house, reading, account))
    case 'restart':
      return stage.restart()
    case 'pauseMeanwhile':
      return meanwhile(stage, chat, () => befall(stage, { after: 0, account, what: 'pause' }))
    case 'resumeMeanwhile':
      return meanwhile(stage, chat, () => befall(stage, { after: 0, account, what: 'resume' }))
    case 'stopMeanwhile':
      return meanwhile(stage, chat, () => befall(stage, { after: 0, account, what: 'stop' }))
    case 'staffPauseMeanwhile':
      return meanwhile(stage, chat, () => befall(stage, { after: 0, account, what: 'staffPause' }))
  }
}

/** With the next attempt of this account, and before it has ended. */
function meanwhile(stage: Stage, chat: FakeChat, act: () => Promise<void>): void {
  chat.onAttempt = () => {
    chat.onAttempt = undefined
    asked.set(stage, [...(asked.get(stage) ?? []), act()])
  }
}

const asked = new WeakMap<Stage, readonly Promise<void>[]>()

function killOnce(disarm: () => void): () => void {
  return () => {
    disarm()
    throw new Error('killed')
  }
}

type Decision = (
  house: Stage['house'],
  reading: Reading,
  notice: Awaited<ReturnType<typeof noticeNow>>,
  by: string,
) => Promise<Outcome>

async function ifLawful(stage: Stage, lawful: readonly NoticeState[], decision: Decision): Promise<void> {
  await decide(stage, async (reading) => {
    const notice = await noticeNow(stage)
    return lawful.includes(notice.state) ? decision(stage.house, reading, notice, 'p-小钱') : {}
  })
}

/** Everything that was broken is mended, and a day and a half passes. */
async function settleDown(stage: Stage): Promise<void> {
  for (const chat of stage.chats) {
    chat.onAttempt = undefined
    chat.onSent = undefined
    if (!chat.isUp) await link(stage, chat.account, 'up')
  }
  await Promise.all(asked.get(stage) ?? [])
  await ifLawful(stage, ['paused'], resumeNotice)
  for (const chat of stage.chats)
    await decide(stage, (reading) => resumeAccount(stage.house, reading, chat.account))
  await live(stage, 36 * 3_600_000)
}

async function judge(stage: Stage, groups: Readonly<Record<string, readonly string[]>>): Promise<void> {
  const { state } = await noticeNow(stage)
  expect(['finished', 'stopped', 'expired']).toContain(state)
  const times = new Map<string, number>()
  const files = new Map<string, number>()
  for (const { group, text } of sentToGroups(stage)) {
    const counts = text === waterOff ? times : files
    counts.set(group, (counts.get(group) ?? 0) + 1)
    // never before the words
    expect(times.get(group)).toBe(1)
  }
  expect([...times.values(), ...files.values()].filter((count) => count > 1)).toEqual([])
  await judgeTimes(stage)
  const ends = await states(stage)
  // stopped or over before it began: it went to nobody
  if ((await noticeNow(stage)).startedAt === undefined) return expect(times.size).toBe(0)
  expect(Object.keys(ends).sort()).toEqual(Object.keys(groups).sort())
  for (const [group, end] of Object.entries(ends)) {
    const count = times.get(group) ?? 0
    const fits =
      end === 'confirmed' ? count === 1 : end === 'unconfirmed' || (/^skipped /u.test(end) && count === 0)
    expect(fits ? '' : `${group} is ${end}, and was sent ${count} times`).toBe('')
    const members = groups[group] ?? []
    expect(end === 'skipped no-account').toBe(members.length === 0)
  }
}

/** Nothing goes out while it is paused, nor after its end; what was on its way in that very moment may. */
async function judgeTimes(stage: Stage): Promise<void> {
  const { history, endedAt } = await noticeNow(stage)
  for (const { at } of sentToGroups(stage)) {
    expect(at).toBeLessThanOrEqual(endedAt ?? 0)
    const last = history.findLast(
      (step) => (step.event === 'paused' && step.at < at) || (step.event === 'resumed' && step.at <= at),
    )
    expect(last?.event).not.toBe('paused')
  }
}
