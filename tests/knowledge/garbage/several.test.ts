import { describe, expect, test } from 'vitest'
import { book } from './shipped-book.ts'

const each = (text: string, region = '郑州') =>
  book.sortEach(text, region).map(({ said, category }) => `${said} ${category}`)

describe('several things in one question are all found, in the asker’s words', () => {
  test.each([
    ['旧报纸和剩菜扔哪', ['旧报纸 recyclable', '剩菜 kitchen']],
    ['电池、灯管、药分别是什么垃圾', ['电池 residual', '灯管 hazardous', '药 hazardous']],
    ['过期药、剩菜、旧报纸分别扔哪', ['过期药 hazardous', '剩菜 kitchen', '旧报纸 recyclable']],
    ['电池 灯管 扔哪', ['电池 residual', '灯管 hazardous']],
    ['纸箱，泡沫箱，胶带怎么分', ['纸箱 recyclable', '泡沫箱 recyclable', '胶带 residual']],
    ['剩菜扔哪？旧报纸呢？', ['剩菜 kitchen', '旧报纸 recyclable']],
    ['烟灰还有烟头放哪', ['烟灰 residual', '烟头 residual']],
    ['瓜子和花生的壳扔哪', ['瓜子壳 kitchen', '花生的壳 kitchen']],
    ['请问 1.旧衣服 2.过期药 扔哪', ['旧衣服 recyclable', '过期药 hazardous']],
    ['红薯皮、土豆皮扔哪', ['红薯皮 kitchen', '土豆皮 kitchen']],
    ['高跟鞋跟旧报纸扔哪', ['高跟鞋 recyclable', '旧报纸 recyclable']],
    ['电池和灯管能放一起吗', ['电池 residual', '灯管 hazardous']],
    ['大骨头和鱼骨头一样吗', ['大骨头 residual', '鱼骨头 kitchen']],
    ['我家装修完了，油漆桶和碎瓷砖扔哪', ['油漆桶 hazardous', '碎瓷砖 residual']],
  ])('%s', (text, things) => {
    expect(each(text)).toEqual(things)
  })

  test('five at most', () => {
    expect(each('电池、灯管、药、剩菜、旧报纸、烟头、纸箱扔哪')).toHaveLength(5)
  })
})

describe('one thing remains one', () => {
  test.each([
    '旧报纸扔哪',
    '和面的盆扔哪',
    '外卖盒，我都洗干净了，扔哪',
    '泡沫箱 装海鲜的 扔哪',
    '雷达喷完了，那个罐子扔哪',
    '装过奶茶和咖啡的杯子扔哪',
    '铁皮和塑料做的玩具扔哪',
    '苹果 核扔哪',
    '剩菜扔哪？急',
    '西瓜吃完了 西瓜皮扔哪',
    '我老公和孩子扔哪',
    '电池是有害垃圾还是其他垃圾',
    '我的眼镜和钥匙扔哪了',
    '',
  ])('%j', (text) => {
    expect(each(text)).toEqual([])
  })

  test('no name of an item is cut', () => {
    const names = book.items.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(names.filter((name) => book.sortEach(`${name}是什么垃圾`).length > 0)).toEqual([])
  })
})

test('the one-thing form gives the first', () => {
  expect(book.sort('旧报纸和剩菜扔哪')).toMatchObject({ item: '报纸', category: 'recyclable' })
})

test('a hint is said only where it names another bin', () => {
  const [cell, tube] = book.sortEach('电池和灯管扔哪')
  expect(cell?.hint).toContain('有害垃圾')
  expect(tube?.hint).toBeUndefined()
})

test('a named city holds for all of them', () => {
  const things = book.sortEach('上海的旧毛巾和核桃壳扔哪', '郑州')
  expect(things.map(({ city, categoryName }) => `${city} ${categoryName}`)).toEqual([
    '上海 干垃圾',
    '上海 干垃圾',
  ])
})
