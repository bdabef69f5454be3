import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openLowdbStore } from '../../../adapters/storage/lowdb/store.ts'
import { query } from '../../../bot/doors/query.ts'
import { schema } from '../../../bot/schema.ts'
import { defaultGroup, instant, openStage, realLore } from '../stage.ts'
import { hours, openWithWorker, operator, pigeons, pigeonsAgain, rows, worker } from './asking.ts'

describe('from a question that nobody could answer to one that everybody gets answered', () => {
  test('asked, listed with others of the same meaning, answered by staff, told once, known to the next, also after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-questions-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const store = await openLowdbStore({ folder, schema })
    const stage = await openWithWorker({ store })

    // three people ask in their own words, one of them twice, one of them in another group
    await stage.hear('小谢', pigeons)
    await stage.wait(3600)
    await stage.hear('小谢', pigeonsAgain)
    await stage.hear('马叔', `@小邻 ${pigeonsAgain}`)
    await stage.hear('冯女士', pigeons, { group: '北区业主群' })
    await stage.hear('石女士', '@小邻 请问社区陶艺班几点开课')

    // staff see two questions, the one that more people asked first
    const [list] = await stage.hear(worker, '未答问题', { group: '' })
    expect(list?.text).toMatch(/^2个问题还没答.*\nQ1 请问养鸽子要办什么证（3人问.*\nQ2 请问社区陶艺班/u)
    expect(list?.text).not.toMatch(/小谢|马叔|冯女士/u)

    // one answers in private; nobody else hears the command, both groups hear the answer once
    const said = await stage.hear(worker, `回答 Q1 ${hours}`, { group: '' })
    expect(stage.toldTo(worker).at(-1)).toMatch(/^Q1已答复（全区有效）/u)
    expect(said).toHaveLength(3)
    for (const group of [defaultGroup, '北区业主群'])
      expect(stage.saidTo(group).filter((text) => text.includes('有答复了'))).toEqual([
        expect.stringMatching(
          /^今天问的“.*养鸽子.*”有答复了：养鸽子要先向社区登记，.*0371-60000000。\n——社区工作人员答复，2026-11-18$/su,
        ),
      ])
    expect(stage.saidTo().join('')).not.toContain(worker)

    // the next who asks gets it at once, unasked for and with its source
    const next = await stage.hear('何姐', '想问下养鸽子要办啥证')
    expect(next.map(({ text }) => text)).toEqual([`${hours}\n——社区工作人员答复，2026-11-18`])
    expect(await rows(stage)).toMatchObject([{ id: 'Q2' }])

    // a new process over the same folder knows it, and tells nobody again
    await store.close()
    const reopened = await openLowdbStore({ folder, schema })
    onTestFinished(() => reopened.close())
    const later = await openStage({ store: reopened, start: '2026-12-05 09:00' })
    await later.wait(60)
    expect(later.sent).toEqual([])
    const [again] = await later.hear('赵叔', '@小邻 养鸽子要办证吗')
    expect(again?.text).toContain(hours)
    expect(later.happenings.filter(({ type }) => type === 'question')).toEqual([])
  })

  test('what goes into which bin is asked, answered and known in the same way', async () => {
    const { garbage } = await realLore()
    const unknown = { ...garbage.sort('', undefined), item: null, confidence: 0 }
    const stage = await openWithWorker({ lore: { garbage: { ...garbage, sort: () => unknown } } })
    await stage.hear('小谢', '@小邻 量子泡泡机是什么垃圾')
    const [topic] = await rows(stage)
    expect(topic?.text).toContain('量子泡泡机')
    await stage.hear(worker, '#回答 Q1 量子泡泡机是可回收物，电池先取出来。')
    const [next] = await stage.hear('何姐', '@小邻 量子泡泡机往哪扔')
    expect(next?.text).toMatch(/可回收物.*\n——社区工作人员答复/su)
  })

  test('chatter is never listed', async () => {
    const stage = await openWithWorker()
    for (const text of ['早上好', '今天真冷啊', '谁家的猫在叫', '@小邻 谢谢']) await stage.hear('小谢', text)
    expect(await rows(stage)).toEqual([])
  })
})

test('after years the questions are forgotten, and what staff answered is still known', async () => {
  const stage = await openWithWorker()
  await stage.hear('小谢', pigeons)
  await stage.hear('马叔', '请问社区陶艺班几点开课')
  await stage.hear(worker, `回答 Q1 ${hours}`, { group: '' })
  stage.clock.now = instant('2029-12-01 02:00')
  await stage.put('timers', { id: 'forget', kind: 'forget', dueAt: stage.clock.now })
  await stage.engine.runDue()
  expect(await stage.all('questions')).toEqual([])
  expect(await rows(stage)).toEqual([])
  expect(await stage.all('questionTerms')).toEqual([])
  const [known] = await stage.hear('冯女士', '@小邻 养鸽子要办什么证呀')
  expect(known?.text).toContain(hours)
})

test('status counts the open questions', async () => {
  const stage = await openWithWorker()
  await stage.hear('小谢', pigeons)
  expect(await query(stage.house, operator, { type: 'status' })).toMatchObject([{ questions: 1 }])
})
