import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type LowdbStore, openLowdbStore } from '../../adapters/storage/lowdb/store.ts'
import { schema } from '../../bot/schema.ts'
import { temporaryFolder } from '../storage/temporary-folder.ts'
import { answers, questionsIn, roundIn } from './quiz-stage.ts'
import { openStage, type Stage } from './stage.ts'

/** The bot is killed in the middle of a game: what is on the disk at that instant is opened by another one. */

async function openStore(folder: string): Promise<LowdbStore> {
  const store = await openLowdbStore({ folder, schema })
  onTestFinished(() => store.close())
  return store
}

async function played(order: string): Promise<{ stage: Stage; folder: string }> {
  const folder = join(await temporaryFolder(), 'data')
  const stage = await openStage({ store: await openStore(folder) })
  await stage.hear('小谢', order)
  return { stage, folder }
}

/** As kill -9 leaves it: nothing is closed, nothing is finished; the new bot comes so many seconds later. */
async function killed({ stage, folder }: { stage: Stage; folder: string }, seconds: number): Promise<Stage> {
  const left = join(await temporaryFolder(), 'data')
  await cp(folder, left, { recursive: true })
  const after = await openStage({ store: await openStore(left) })
  after.clock.now = stage.clock.now + seconds * 1000
  return after
}

describe('a quiz that is interrupted by a crash', () => {
  test('goes on: answers from before count, further ones are taken, and it ends at its time', async () => {
    const before = await played('来一题')
    await answers(before.stage, '白阿姨')
    const { closesAt, question } = await roundIn(before.stage)
    const stage = await killed(before, 60)
    expect((await roundIn(stage)).question).toEqual(question)
    await answers(stage, '白阿姨', false)
    await answers(stage, '马叔')
    await stage.runUntil(closesAt - 1)
    expect(stage.saidTo()).toEqual([])
    await stage.wait(5)
    expect(stage.saidTo()).toHaveLength(1)
    expect(stage.saidTo()[0]).toContain('答对：白阿姨、马叔。')
  })

  test('past its time closes once', async () => {
    const before = await played('来一题')
    await answers(before.stage, '白阿姨')
    const stage = await killed(before, 400)
    await stage.wait(600)
    expect(stage.saidTo()).toHaveLength(1)
    expect(stage.saidTo()[0]).toContain('答对：白阿姨')
    const again = await openStage({ store: stage.store })
    again.clock.now = stage.clock.now
    await again.wait(600)
    expect(again.saidTo()).toEqual([])
    expect((await roundIn(again)).state).toBe('over')
  })

  test('in a question or in a pause of a series asks what is left, and ends with the points of both', async () => {
    for (const wait of [5, 92]) {
      const before = await played('来3题')
      await answers(before.stage, '白阿姨')
      await before.stage.wait(wait - 20)
      const stage = await killed(before, 30)
      await stage.wait(1)
      while ((await roundIn(stage)).state !== 'over') {
        if ((await roundIn(stage)).state === 'asking') await answers(stage, '马叔')
        await stage.wait(20)
      }
      await stage.wait(20)
      const asked = [...questionsIn(before.stage.saidTo()), ...questionsIn(stage.saidTo())]
      expect(new Set(asked).size).toBe(3)
      expect(stage.saidTo().at(-1)).toMatch(/答题结束，一共3题，得分：\n1\. 马叔 [23]分\n2\. 白阿姨 1分/u)
    }
  })

  test('of a series that was down for an hour ends with the table, and asks nothing that nobody waits for', async () => {
    const before = await played('来5题')
    await answers(before.stage, '白阿姨')
    const stage = await killed(before, 3_600)
    await stage.wait(600)
    expect(questionsIn(stage.saidTo())).toEqual([])
    expect(stage.saidTo().at(-1)).toBe('答题结束，一共1题，得分：\n1. 白阿姨 1分')
  })

  test('an answer that was heard but not yet thought about counts after it', async () => {
    const before = await played('来一题')
    const { question } = await roundIn(before.stage)
    const group = await before.stage.groupNamed()
    await before.stage.say('白阿姨', '我想想')
    const [burst] = (await before.stage.all('timers')).filter(({ kind }) => kind === 'burst')
    const line = (await before.stage.all('inbox')).find(({ text }) => text === '我想想')
    if (!line || !burst) throw new Error('nothing was heard')
    await before.stage.put('inbox', { ...line, text: '选ABCD'.charAt(0) + ('ABCD'[question.answer] ?? '') })
    const stage = await killed(before, 300)
    await stage.wait(30)
    expect((await stage.all('quizScores')).filter(({ scope }) => scope === group.id)).toMatchObject([
      { points: 1 },
    ])
  })
})
