import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAside, unreadOrder } from '../../intents/staff-words/asides.ts'
import { readHurried } from '../../intents/staff-words/hurried.ts'

describe('readHurried', () => {
  it.each([
    ['02办好了，已清运', { word: '办结', pointers: [{ ending: '002' }], rest: '已清运' }],
    ['接单 002 003', { word: '接单', pointers: [{ ending: '002' }, { ending: '003' }], rest: '' }],
    ['接单002，003', { word: '接单', pointers: [{ ending: '002' }, { ending: '003' }] }],
    ['接 1', { word: '接单', pointers: [{ item: 1 }] }],
    ['第二个', { word: '', pointers: [{ item: 2 }] }],
    ['2', { word: '', pointers: [{ item: 2 }] }],
    ['1123001办结换了灯', { word: '办结', pointers: [{ number: '1123-001' }], rest: '换了灯' }],
    ['20261123001 接单', { word: '接单', pointers: [{ number: '20261123-001' }] }],
    ['电梯那个我接', { word: '接单', pointers: [], about: '电梯那个' }],
    ['灯的办好了 换了灯管', { word: '办结', pointers: [], about: '灯的', rest: '换了灯管' }],
    ['延期两天 等配件', { word: '延期', pointers: [], rest: '两天 等配件' }],
    ['延期 002 2天 等配件', { word: '延期', pointers: [{ ending: '002' }], rest: '2天 等配件' }],
    ['转张三', { word: '转', pointers: [], rest: '张三' }],
  ])('reads %j', (text, expected) => {
    expect(readHurried(text)).toMatchObject(expected)
  })

  it.each([
    '转发一下',
    '解决了就好',
    '修好了吗',
    '电梯还没修好',
    '什么时候能修好',
    '接电话',
    '接到通知了',
    '物业电话1123001',
    '3号楼停水了',
  ])('takes %j for talk', (text) => {
    expect(readHurried(text)).toBeUndefined()
  })

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        readHurried(text)
        readAside(text)
        unreadOrder(text)
      }),
    )
  })
})

describe('readAside and unreadOrder', () => {
  it.each([
    ['怎么延期', { aside: 'how', of: 'extend' }],
    ['办结怎么写？', { aside: 'how', of: 'complete' }],
    ['销号 1123-001', { aside: 'close' }],
    ['我是城管的', { aside: 'workplace' }],
  ])('reads %j', (text, expected) => {
    expect(readAside(text)).toEqual(expected)
  })

  it.each(['我是3号楼的', '怎么办老年证', '延期交房怎么投诉', '关闭大门的时间'])(
    'leaves %j to others',
    (text) => {
      expect(readAside(text)).toBeUndefined()
    },
  )

  it.each([
    ['延期等配件吧先', 'extend'],
    ['配件没到先挂起', 'hold'],
    ['不受理这个', 'decline'],
  ])('%j was meant for an order', (text, order) => {
    expect(unreadOrder(text)).toBe(order)
  })

  it.each(['报到需要什么材料', '延期可以吗', '今天天气不错'])('%j was not', (text) => {
    expect(unreadOrder(text)).toBeUndefined()
  })
})
