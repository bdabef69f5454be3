import { expect, test } from 'vitest'
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
