import { describe, expect, test } from 'vitest'
import { garbageText } from '../../bot/handlers/garbage.ts'
import type { Situation } from '../../bot/situation.ts'
import { book } from '../knowledge/garbage/shipped-book.ts'
import { openWithWorker, worker } from './questions/asking.ts'
import { openStage, realLore } from './stage.ts'

const { texts } = await realLore()

const answer = (text: string, region?: string) =>
  garbageText({ house: { texts } } as unknown as Situation, book.sort(text, region))

test('a known thing gets its bin and what to do before', () => {
  expect(answer('纽扣电池扔哪', '郑州')).toBe('纽扣电池是有害垃圾。电极贴胶带，单独投放。')
})

test('an old battery of no kind is a dry cell, and the dangerous kinds are named in the same line', () => {
  expect(answer('旧电池扔哪', '郑州')).toBe('电池是其他垃圾。说的是干电池；充电电池、纽扣电池是有害垃圾。')
})

test('a thing that no list has is explained', () => {
  expect(answer('沾满油的快递纸箱扔哪', '郑州')).toBe('沾满油的快递纸箱是其他垃圾。沾脏了，没法回收。')
})

test('without a region it is said in one clause that cities differ', () => {
  expect(answer('核桃壳是什么垃圾')).toBe(
    '核桃壳是厨余垃圾。剥下的壳晾干再投。各城市不一样，上海算干垃圾，广州算其他垃圾。',
  )
  expect(answer('核桃壳是什么垃圾', '郑州')).toBe('核桃壳是厨余垃圾。剥下的壳晾干再投。')
})

test('a named city is answered by its own rules and in its own words', () => {
  expect(answer('核桃壳在上海呢', '郑州')).toBe('核桃壳在上海是干垃圾。硬壳和长纤维会卡住湿垃圾的机器。')
})

describe('several things in one question get one line, each with its bin', () => {
  const hear = async (text: string, region?: string) => {
    const stage = await openStage({ settings: { ...(region !== undefined && { region }) } })
    return (await stage.hear('何姐', `@小邻 ${text}`)).map((sent) => sent.text)
  }

  test.each([
    ['旧报纸和剩菜扔哪', '旧报纸是可回收物，剩菜是厨余垃圾。'],
    ['过期药、剩菜、土豆皮分别扔哪', '过期药是有害垃圾，剩菜、土豆皮都是厨余垃圾。'],
    [
      '电池、灯管、药分别是什么垃圾',
      '电池是其他垃圾（说的是干电池；充电电池、纽扣电池是有害垃圾），灯管、药都是有害垃圾。',
    ],
    ['上海的旧毛巾和剩菜扔哪', '在上海，旧毛巾是干垃圾，剩菜是湿垃圾。'],
  ])('%s', async (text, answer) => {
    expect(await hear(text, '郑州')).toEqual([answer])
  })

  test('without a region it is said that cities differ, where they do', async () => {
    expect(await hear('核桃壳和旧报纸扔哪')).toEqual([
      '核桃壳是厨余垃圾，旧报纸是可回收物。有的城市不这样分，您说上城市名，我再查。',
    ])
  })
})

describe('a question that staff know', () => {
  const question = '量子泡泡机是什么垃圾'
  const unknownThere = async () => {
    const { garbage } = await realLore()
    const unknown = { item: null, category: null, confidence: 0 }
    return openWithWorker({ lore: { garbage: { ...garbage, sort: () => unknown, sortEach: () => [] } } })
  }

  test('and answered is answered unasked, without other evidence', async () => {
    const stage = await unknownThere()
    await stage.hear('小谢', `@小邻 ${question}`)
    await stage.hear(worker, '#回答 Q1 量子泡泡机是可回收物，电池先取出来。')
    await stage.wait(3600)
    const { understander } = stage.house
    const bare = { ...(await understander.understand(question)), intent: 'garbage', evidence: false } as const
    Object.assign(stage.house, { understander: { ...understander, understand: async () => bare } })
    const said = await stage.hear('何姐', question)
    expect(said.map(({ text }) => text)).toEqual([expect.stringContaining('电池先取出来')])
  })

  test('and dismissed is not promised to be noted again', async () => {
    const stage = await unknownThere()
    const [first] = await stage.hear('小谢', `@小邻 ${question}`)
    expect(first?.text).toContain('记下来')
    await stage.hear(worker, '忽略 Q1 没这东西', { group: '' })
    const [second] = await stage.hear('何姐', `@小邻 ${question}`)
    expect(second?.text).toBe('这样东西我拿不准，请问问分类点的工作人员。')
  })
})
