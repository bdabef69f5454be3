import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { book } from './shipped-book.ts'

describe('each finds its item, and this is why', () => {
  test.each([
    ['豆浆', '豆浆', 'the bare name'],
    ['请问喝剩的豆浆扔哪', '豆浆', 'the question and the state come off'],
    ['昨天剩的大古头往哪个桶丢啊', '大骨头', '古 sounds like 骨'],
    ['纸斤扔哪', '纸巾', '斤 sounds like 巾'],
    [
      '装过油的瓶子是什么垃圾',
      '油桶',
      'the content is named before 的, the container after: 油瓶 is an alias',
    ],
    ['用过的纸巾能回收吗', '用过的纸巾', 'an item in its state is an item of its own'],
    ['过期牛奶连盒怎么扔', '过期牛奶', 'the state belongs to the name'],
    ['外卖盒我都洗干净了，能放蓝桶不', '洗干净的外卖盒', 'the state is told behind the thing'],
    ['碎了的灯管扔哪', '碎灯管', 'the state is told with 了的'],
    ['榴莲里头那个核是啥垃圾', '榴莲核', 'words between the parts weigh nothing'],
    ['杯子是玻璃的，摔了，扔哪', '玻璃杯', 'X 是 Y 的 is YX'],
    ['塑料袋里的剩饭扔哪', '剩饭', 'the head stands at the end'],
    ['装垃圾的塑料袋是什么垃圾', '塑料袋', 'the head stands at the end'],
    ['猫沙铲出来是干的还是湿的', '猫砂', '铲出来 is what was done, not 猫砂铲'],
    ['垃圾袋是什么垃圾', '垃圾袋', 'a question word inside a name is not cut out'],
    ['苹果外面那个白色的网网扔哪', '水果网套', 'said twice, meant once'],
  ])('%s → %s (%s)', (text, item) => {
    expect(book.sort(text)).toMatchObject({ item })
  })
})

describe('an unknown thing is judged by its end, its material and its state, and less surely', () => {
  test.each([
    ['一次性塑料饭盒', 'residual'],
    ['废旧电路板', 'recyclable'],
    ['不锈钢餐具', 'recyclable'],
    ['无纺布口罩', 'residual'],
    ['废弃食用油', 'kitchen'],
    ['缺口的陶瓷汤碗', 'residual'],
    ['裂了的钢化玻璃茶盘', 'recyclable'],
    ['阿莫西林胶囊', 'hazardous'],
  ])('%s is %s', (text, category) => {
    const sorting = book.sort(`${text}是什么垃圾`)
    expect(sorting).toMatchObject({ category })
    expect(sorting.confidence).toBeLessThan(0.98)
  })
})

describe('what became of a thing decides, or says what to do first', () => {
  test.each([
    ['沾满油的快递纸箱扔哪', 'residual', '沾脏了，没法回收'],
    ['被雨淋烂的纸箱还能回收吗', 'residual', '湿烂的纸没法回收'],
    ['装过药的玻璃小瓶扔哪', 'hazardous', '沾过药'],
    ['没沾油的披萨纸盒能回收吗', 'recyclable', undefined],
  ])('%s is %s', (text, category, because) => {
    const sorting = book.sort(text)
    expect(sorting.category).toBe(category)
    expect(sorting.because).toBe(because)
  })

  test.each([
    ['碎了的玻璃花瓶扔哪', '碎片用厚纸包好再投'],
    ['吃不完的半包苏打饼干扔哪', '里面的倒进去，包装另投'],
  ])('%s: %s', (text, first) => {
    expect(book.sort(text).hint).toBe(first)
  })
})

describe('an unknown thing is explained', () => {
  test.each([
    ['不锈钢折叠晾帽器扔哪', '看着是不锈钢的'],
    ['陈年柏子仁糊糊糕扔哪', '和蛋糕归一类'],
  ])('%s: %s', (text, because) => {
    expect(book.sort(text)).toMatchObject({ because })
  })

  test('in the words of the asker', () => {
    expect(book.sort('藤编的篮子扔哪')).toMatchObject({ item: '藤编的篮子' })
  })
})

describe('a likeness in sound is no identity', () => {
  test.each([
    ['牙齿扔哪', '牙齿', 'not 鸭翅'],
    ['鸡粉是什么垃圾', '鸡精', 'not 鸡粪, in another tone'],
    ['化妆品瓶扔哪', '化妆品瓶', 'not 化妆品: 品 only nearly sounds like 瓶'],
  ])('%s is %s, %s', (text, item) => {
    expect(book.sort(text)).toMatchObject({ item })
  })
})

describe('what is said of a container or a material belongs to the thing', () => {
  test.each([
    ['装着药的瓶子扔哪', '药瓶', 'hazardous'],
    ['装过农药的玻璃瓶扔哪', '装过农药的玻璃瓶', 'hazardous'],
    ['装过农药的玻璃瓶', '装过农药的玻璃瓶', 'hazardous'],
    ['硅胶做的铲子扔哪', '硅胶', 'residual'],
    ['竹子做的篮子扔哪', '竹篮', 'residual'],
    ['一次性塑料打包盒洗干净扔哪', '洗干净的外卖盒', 'recyclable'],
    ['塑料打包盒都洗干净了扔哪', '洗干净的外卖盒', 'recyclable'],
    ['一次性塑料打包盒扔哪', '一次性餐盒', 'residual'],
  ])('%s: %s', (text, item, category) => {
    expect(book.sort(text)).toMatchObject({ item, category })
  })
})

describe('who looks for something lost, or scolds, gets no answer unasked', () => {
  test.each([
    '我的眼镜扔哪了',
    '孩子把遥控器扔哪儿了',
    '我娃的水杯不知道扔哪了',
    '钥匙放哪儿去了呀',
    '这股票是什么垃圾',
    '昨天那场球是什么垃圾',
    '那场演唱会是什么垃圾',
  ])('%s', (text) => {
    expect(book.sort(text).confidence).toBeLessThan(0.6)
  })

  test.each([
    ['旧眼镜该扔哪了', '眼镜'],
    ['旧眼镜不知道扔哪', '眼镜'],
    ['眼镜片碎了扔哪', '镜片'],
    ['这种台历架子是什么垃圾', '金属收纳架'],
  ])('a question remains one: %s', (text) => {
    expect(book.sort(text).confidence).toBeGreaterThanOrEqual(0.6)
  })
})

describe('people, films and feelings are nobody’s garbage', () => {
  test.each([
    '我老公是什么垃圾',
    '你是什么垃圾',
    '这部电影真垃圾',
    '他算什么东西，垃圾',
    '老板是可回收垃圾吗',
    '渣男该扔哪个桶',
    '物业电话是什么',
    '婆婆的唠叨怎么处理',
    '骨灰盒扔哪',
    '骨灰盒',
    '这基金是什么垃圾',
  ])('%j gets no answer', (text) => {
    expect(book.sort(text)).toMatchObject({ item: null, category: null })
  })
})

describe('what is no thing to throw away has no item and no category', () => {
  test.each(['电梯坏了 3号楼', '那部电影真垃圾', '路灯坏了没人修', '物业真垃圾'])('%j', (text) => {
    expect(book.sort(text)).toMatchObject({ item: null, category: null })
  })
})

describe('talk about things is not a question', () => {
  test.each([
    '新买的沙发真软',
    '谁有充电宝借我用一下',
    '冰箱里的西瓜真甜，大家快来吃',
    '请问医保卡怎么办理',
    '好的',
    '',
  ])('%j gets no sure answer', (text) => {
    expect(book.sort(text).confidence).toBeLessThan(0.6)
  })

  test('what fits nothing has neither item nor category', () => {
    expect(book.sort('？？？')).toEqual({ item: null, category: null, confidence: 0 })
  })

  test('a name of one character is found only by itself', () => {
    expect(book.sort('鞋扔哪').item).toBe(book.sort('鞋').item)
    expect(book.sort('协').confidence).toBeLessThan(0.6)
  })
})

describe('for every item', () => {
  const names = book.items.flatMap((item) =>
    [item.name, ...item.aliases].map((name) => [name, item.name] as const),
  )

  test('each name and alias finds its own item, bare and in a question', () => {
    const strays = names.filter(
      ([name, item]) => book.sort(name).item !== item || book.sort(`请问${name}是什么垃圾`).item !== item,
    )
    expect(strays).toEqual([])
  })
})

describe('whatever is said', () => {
  const word = fc.constantFrom(
    '的',
    '扔哪',
    '是什么垃圾',
    '塑料袋',
    '过期',
    '👍',
    '\u0000',
    '@小邻',
    'LED',
    '从里',
    '（',
  )
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.array(word).map((words) => words.join('')),
  )

  test('sorting never throws, and confidence stays between 0 and 1', () => {
    fc.assert(
      fc.property(text, (said) => {
        const { confidence, item, category } = book.sort(said)
        return confidence >= 0 && confidence <= 1 && (item === null) === (category === null)
      }),
    )
  })

  test('a very long text costs little', () => {
    const started = performance.now()
    book.sort('塑料袋里的剩饭能不能扔哪个桶'.repeat(2000))
    expect(performance.now() - started).toBeLessThan(500)
  })
})
