import { describe, expect, test } from 'vitest'
import { UnknownRegionError } from '../../../knowledge/garbage/sorting.ts'
import { book } from './shipped-book.ts'

test('a city sorts some items in its own way', () => {
  expect(book.sort('核桃壳', '上海').category).toBe('residual')
  expect(book.sort('核桃壳').category).toBe('kitchen')
  expect(book.sort('充电宝', '上海').category).toBe('recyclable')
})

test('categories are called what the city calls them', () => {
  expect(book.sort('剩饭', '上海').categoryName).toBe('湿垃圾')
  expect(book.sort('剩饭').categoryName).toBe('厨余垃圾')
  expect(book.categoryName('residual', '上海')).toBe('干垃圾')
})

test('上海市 is 上海', () => {
  expect(book.sort('剩饭', '上海市')).toEqual(book.sort('剩饭', '上海'))
})

test('a thing judged by its kind follows the city as well', () => {
  expect(book.sort('榉木砧板', '上海').category).toBe('recyclable')
})

test.each(['火星', '', 'constructor', '__proto__'])(
  'an unknown region is named with the known ones: %j',
  (region) => {
    expect(() => book.sort('剩饭', region)).toThrow(UnknownRegionError)
    expect(() => book.sort('剩饭', region)).toThrow('上海, 北京, 广州, 深圳, 郑州')
  },
)

test('the national rules are no city', () => {
  expect(book.regions).toEqual(['上海', '北京', '广州', '深圳', '郑州'])
})

describe('a city that the asker names comes before the configured one', () => {
  test.each(['核桃壳在上海呢', '按上海的标准核桃壳算什么垃圾', '上海的话，核桃壳扔哪', '核桃壳，上海呢'])(
    '%s',
    (text) => {
      expect(book.sort(text, '郑州')).toMatchObject({ item: '核桃壳', category: 'residual', city: '上海' })
    },
  )

  test.each([
    ['上海的旧毛巾扔哪个桶', '毛巾'],
    ['上海旧毛巾扔哪', '毛巾'],
    ['请问上海市的旧毛巾扔哪', '毛巾'],
    ['上海核桃壳扔哪', '核桃壳'],
  ])('also right before the thing: %s', (text, item) => {
    expect(book.sort(text, '郑州')).toMatchObject({ item, city: '上海' })
  })

  test.each([
    ['上海青是什么垃圾', '青菜'],
    ['北京烤鸭扔哪', '烤鸭'],
    ['上海奶糖扔哪', '奶糖'],
    ['上海的朋友送的毛巾扔哪', '毛巾'],
  ])('a city inside a name is none: %s', (text, item) => {
    expect(book.sort(text, '郑州')).toMatchObject({ item })
    expect(book.sort(text, '郑州').city).toBeUndefined()
  })
})

describe('where cities differ', () => {
  test('somebody who has set no region is told which sort it in another way', () => {
    expect(book.sort('核桃壳').elsewhere).toEqual([
      { city: '上海', categoryName: '干垃圾' },
      { city: '广州', categoryName: '其他垃圾' },
    ])
  })

  test('nobody is burdened with other cities once the region is known, or where all agree', () => {
    expect(book.sort('核桃壳', '郑州').elsewhere).toBeUndefined()
    expect(book.sort('核桃壳在上海呢').elsewhere).toBeUndefined()
    expect(book.sort('苹果核').elsewhere).toBeUndefined()
  })

  test('the hint of another bin is not said, but why the city sorts it so', () => {
    const { hint, because } = book.sort('核桃壳', '上海')
    expect(hint).toBeUndefined()
    expect(because).toContain('硬壳')
  })
})
