import { expect, test } from 'vitest'
import { garbageText } from '../../bot/handlers/garbage.ts'
import type { Situation } from '../../bot/situation.ts'
import { book } from '../knowledge/garbage/shipped-book.ts'
import { realLore } from './stage.ts'

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
