import { describe, expect, test } from 'vitest'
import { openMemoryStore } from '../../../adapters/storage/memory.ts'
import type { GroupSetting } from '../../../bot/documents.ts'
import { execute } from '../../../bot/doors/execute.ts'
import { schema } from '../../../bot/schema.ts'
import { defaultGroup, instant, openStage, type Stage } from '../stage.ts'
import { day, hours, openWithWorker, operator, pigeons, pigeonsAgain, rows, worker } from './asking.ts'

describe('those who asked', () => {
  const told = (stage: Stage, group = defaultGroup) =>
    stage.saidTo(group).filter((text) => text.includes('有答复了'))

  async function answered(stage: Stage, text = hours): Promise<void> {
    await execute(stage.house, operator, `cli/${stage.clock.now}`, {
      type: 'question.answer',
      question: 'Q1',
      text,
    })
    await stage.wait(60)
  }

  test('in private are told in private, and nothing of it in the group', async () => {
    const stage = await openWithWorker()
    await stage.hear('冯女士', pigeons, { group: '' })
    await stage.hear('小谢', '大家早')
    await answered(stage)
    expect(stage.toldTo('冯女士').at(-1)).toContain('有答复了')
    expect(told(stage)).toEqual([])
  })

  test('are told at seven in the morning when it is answered at night, and not if it was taken back by then', async () => {
    const stage = await openWithWorker({ start: '2026-11-18 20:00' })
    await stage.hear('小谢', pigeons)
    stage.clock.now = instant('2026-11-18 23:00')
    await answered(stage)
    expect(told(stage)).toEqual([])
    await stage.runUntil(instant('2026-11-19 07:01'))
    expect(told(stage)).toEqual([expect.stringMatching(/^昨天问的/u)])

    const other = await openWithWorker({ start: '2026-11-18 20:00' })
    await other.hear('小谢', pigeons)
    other.clock.now = instant('2026-11-18 23:00')
    await answered(other)
    await execute(other.house, operator, 'back', { type: 'question.withdraw', question: 'Q1' })
    await other.runUntil(instant('2026-11-19 12:00'))
    expect(told(other)).toEqual([])
    expect(await rows(other)).toMatchObject([{ id: 'Q1' }])
  })

  test('get the wording that holds when they are told', async () => {
    const stage = await openWithWorker({ start: '2026-11-18 20:00' })
    await stage.hear('小谢', pigeons)
    stage.clock.now = instant('2026-11-18 23:00')
    await answered(stage)
    await execute(stage.house, operator, 're', {
      type: 'question.revise',
      question: 'Q1',
      text: '不用办证。',
    })
    await stage.runUntil(instant('2026-11-19 08:00'))
    expect(told(stage)).toEqual([expect.stringContaining('不用办证。')])
  })

  test('more than 14 days ago are not told', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    await stage.wait(15 * day)
    await stage.hear('马叔', pigeons, { group: '北区业主群' })
    await answered(stage)
    expect(told(stage)).toEqual([])
    expect(told(stage, '北区业主群')).toHaveLength(1)
  })

  const settings: readonly [setting: GroupSetting, said: string, times: number][] = [
    ['answer', pigeons, 1],
    ['mentioned', pigeons, 0],
    ['mentioned', `@小邻 ${pigeons}`, 1],
    ['listen', `@小邻 ${pigeons}`, 0],
  ]

  test.each(settings)(
    'in a group set to %s that heard %j are told %i times',
    async (setting, said, times) => {
      const stage = await openWithWorker()
      await stage.hear('小谢', '大家早')
      await stage.change('groups', (await stage.groupNamed()).id, { setting })
      await stage.hear('小谢', said)
      await answered(stage)
      expect(told(stage)).toHaveLength(times)
    },
  )

  test('are told once, however often the command comes, the timer fires and the power fails', async () => {
    const store = openMemoryStore(schema)
    const stage = await openWithWorker({ store })
    await stage.hear('小谢', pigeons)
    const command = { type: 'question.answer', question: 'Q1', text: hours }
    const results = await Promise.all([1, 2, 3].map(() => execute(stage.house, operator, 'same', command)))
    expect(new Set(results.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(await stage.all('staffAnswers')).toHaveLength(1)

    // the words are in the outbox, and the process dies before they are out
    stage.chat.failNext(...Array.from({ length: 9 }, () => 'offline' as const))
    await stage.engine.runDue()
    expect(told(stage)).toEqual([])
    const next = await openStage({ store, start: '2026-11-18 10:00' })
    await next.wait(300)
    expect(told(next)).toHaveLength(1)
    await execute(next.house, operator, 'same', command)
    await next.wait(300)
    expect(told(next)).toHaveLength(1)
  })

  test('are told nothing of an answer that was taken back while the line was down', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    stage.chat.failNext(...Array.from({ length: 3 }, () => 'offline' as const))
    await execute(stage.house, operator, 'one', { type: 'question.answer', question: 'Q1', text: hours })
    await stage.engine.runDue()
    expect((await stage.all('outbox')).map(({ state }) => state)).toEqual(['queued'])
    await execute(stage.house, operator, 'back', { type: 'question.withdraw', question: 'Q1' })
    await stage.wait(600)
    expect(stage.sent).toEqual([])
    expect(await stage.all('outbox')).toEqual([])
  })

  test('are told nothing when the question is dismissed; who asks the same later is not listed again', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    const [done] = await stage.hear(worker, '忽略 Q1 不归社区管', { group: '' })
    expect(done?.text).toContain('不再提醒')
    await stage.wait(day)
    await stage.hear('马叔', pigeonsAgain)
    expect(await rows(stage)).toEqual([])
    expect(await rows(stage, { state: 'dismissed' })).toMatchObject([{ id: 'Q1', askers: 2 }])
    expect(told(stage)).toEqual([])
    // nobody will look at it: nothing of the kind is promised
    const [asked] = await stage.hear('何姐', `@小邻 ${pigeonsAgain}`)
    expect(asked?.text).toMatch(/请直接问社区/u)
    expect(asked?.text).not.toContain('记下来')
    const [twice] = await stage.hear(worker, '忽略 Q1', { group: '' })
    expect(twice?.text).toContain('忽略')
    await stage.hear(worker, `回答 Q1 ${hours}`, { group: '' })
    expect(told(stage)).toHaveLength(1)
  })
})
