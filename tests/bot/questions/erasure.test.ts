import { describe, expect, test } from 'vitest'
import { execute } from '../../../bot/doors/execute.ts'
import { openWithWorker, operator, pigeons, pigeonsAgain, rows, worker } from './asking.ts'

describe('a person who asked is erased', () => {
  test('and with them their words, in the list, in its index and in what was answered', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', '请问在楼顶养鸽子要办什么证')
    await stage.hear('马叔', '请问社区陶艺班几点开课')
    await stage.hear('何姐', '@小邻 请问陶艺班几点开课')
    await stage.hear(worker, '回答 Q2 周六下午两点。', { group: '' })
    for (const name of ['小谢', '马叔']) {
      const { id } = await stage.personNamed(name)
      await execute(stage.house, operator, `erase/${name}`, { type: 'person.erase', person: id })
    }
    const collections = ['questions', 'questionTopics', 'questionTerms', 'staffAnswers'] as const
    const left = JSON.stringify(await Promise.all(collections.map((each) => stage.all(each))))
    expect(left).not.toMatch(/鸽子|楼顶|社区陶艺/u)
    expect(await rows(stage)).toEqual([])
    expect(await rows(stage, { state: 'answered' })).toMatchObject([
      { text: '请问陶艺班几点开课', askers: 1 },
    ])
    const [known] = await stage.hear('冯女士', '@小邻 陶艺班几点开课呀')
    expect(known?.text).toContain('周六下午两点。')
  })

  test('what they asked in words that another used as well stays that other’s', async () => {
    const stage = await openWithWorker()
    await stage.hear('小谢', pigeons)
    await stage.hear('马叔', pigeons)
    const { id } = await stage.personNamed('小谢')
    await execute(stage.house, operator, 'erase', { type: 'person.erase', person: id })
    expect(await rows(stage)).toMatchObject([{ id: 'Q1', askers: 1, text: pigeons }])
    await stage.hear('何姐', pigeonsAgain)
    expect(await rows(stage)).toMatchObject([{ id: 'Q1', askers: 2 }])
  })
})

describe('a question that its writer takes back', () => {
  test('leaves the list, unless somebody else asked it too or staff have answered it', async () => {
    const stage = await openWithWorker()
    const first = await stage.say('小谢', pigeons)
    await stage.wait(20)
    await stage.recall(first)
    expect(await rows(stage)).toEqual([])
    expect(await stage.all('questionTerms')).toEqual([])

    const second = await stage.say('小谢', pigeons)
    await stage.wait(20)
    await stage.hear('马叔', pigeonsAgain)
    await stage.recall(second)
    expect(await rows(stage)).toMatchObject([{ askers: 1, text: pigeonsAgain }])
    await stage.hear(worker, '回答 Q2 先登记。', { group: '' })
    const [answered] = await stage.all('questions')
    await stage.recall(`${answered?.id}`.replace('said/main/', ''))
    expect(await rows(stage, { state: 'answered' })).toMatchObject([{ askers: 1 }])
  })
})
